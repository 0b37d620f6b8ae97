import { resolve } from 'node:path';
import { SeepassError } from '../errors.ts';
import type { SocketAddress } from './embedded/address.ts';

/** Which database to open. Serialisable; a `server` URL may hold a password, so never log one. */
export type DatabaseTarget =
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'memory'; readonly template?: string }
  /** An embedded database that another thread or process of this machine already serves. */
  | { readonly kind: 'served'; readonly address: SocketAddress; readonly description: string };

/**
 * `postgres://…`, `memory`, or a folder (relative to the working directory).
 * @throws SeepassError `bad_arguments`; never repeats the text, which may hold a password.
 */
export function parseDatabaseTarget(text: string): DatabaseTarget {
  const trimmed = text.trim();
  if (trimmed === '') {
    throw new SeepassError('bad_arguments', 'The database is empty.', {
      fix: 'Use a folder, "memory", or postgres://user:password@host:5432/database.',
    });
  }
  if (trimmed === 'memory') return { kind: 'memory' };
  if (/^postgres(ql)?:\/\//.test(trimmed)) {
    if (!URL.canParse(trimmed)) {
      throw new SeepassError('bad_arguments', 'The database URL cannot be read.', {
        fix: 'It must look like postgres://user:password@host:5432/database, with special characters percent-encoded.',
      });
    }
    return { kind: 'server', url: trimmed };
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)) {
    throw new SeepassError('bad_arguments', 'Only PostgreSQL databases are supported.', {
      fix: 'Use a folder, "memory", or postgres://user:password@host:5432/database.',
    });
  }
  return { kind: 'folder', folder: resolve(trimmed) };
}

/** What may be shown of a server's URL: host, port and database, never user or password. */
export function describeServer(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `postgres://${hostname || 'localhost'}${port ? `:${port}` : ''}${pathname === '/' ? '' : pathname}`;
}
