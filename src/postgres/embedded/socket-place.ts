import { mkdtemp, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SocketAddress } from './address.ts';

/** macOS allows 104 bytes with the closing NUL, Linux 108. */
const MAX_SOCKET_PATH_BYTES = 100;
const PRIVATE_PREFIX = join(tmpdir(), 'seepass-');

/**
 * Where a new owner listens: in its folder when the path is short enough for a socket, else in a fresh private
 * directory (mkdtemp makes it 0700). Windows has no Unix-domain sockets in Node: loopback, any free port.
 */
export async function newSocketPlace(folder: string | null, name: string): Promise<SocketAddress> {
  if (process.platform === 'win32') return { host: '127.0.0.1', port: 0 };
  const inFolder = folder === null ? null : join(folder, `${name}.sock`);
  if (inFolder !== null && Buffer.byteLength(inFolder) <= MAX_SOCKET_PATH_BYTES) return { path: inFolder };
  return { path: join(await mkdtemp(PRIVATE_PREFIX), 'db.sock') };
}

/** Removes the socket of an owner that is gone, and the private directory made for it once that is empty. */
export async function clearSocketPlace(address: SocketAddress | null): Promise<void> {
  if (address === null || !('path' in address)) return;
  await rm(address.path, { force: true });
  const directory = dirname(address.path);
  if (directory.startsWith(PRIVATE_PREFIX)) await rmdir(directory).catch(() => undefined);
}
