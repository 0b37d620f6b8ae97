import { hash } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Config } from './config.ts';
import { createPreparer } from './core/prepare-event.ts';
import type { EventSource } from './core/sources.ts';
import type { IngestDependencies } from './pipeline/ingest.ts';
import type { Clock } from './pipeline/ports.ts';
import type { DatabaseTarget } from './postgres/target.ts';
import { createPseudonymiser } from './pseudonym-key.ts';

/** Reads and prepares one record after another, for `ingest`. */
export type Acceptance = (source: EventSource, options?: { fromCsv?: boolean }) => IngestDependencies['accept'];

/**
 * How this workspace accepts events: its currency, its pseudonym key, its clock.
 * @param target where the events go; an embedded folder keeps a key that was made for it beside its data.
 */
export function createAcceptance(config: Config, target: DatabaseTarget, clock: Clock): Acceptance {
  const { keyId, pseudonym } = createPseudonymiser(config, keyFileOf(target));
  const sha256 = (text: string): string => hash('sha256', text, 'hex');
  const prepare = createPreparer({ currency: config.currency, sha256, pseudonym, keyId });
  return (source, { fromCsv = false } = {}) =>
    (value) => {
      const parsed = source.parse(value, { now: clock(), currency: config.currency }, fromCsv);
      return parsed.event === undefined ? { reason: parsed.reason } : { event: prepare(parsed.event) };
    };
}

/** Where a key that was made for a database is kept; null where it lives as long as the process. */
export function keyFileOf(target: DatabaseTarget): string | null {
  if (target.kind === 'folder') return join(dirname(target.folder), 'pseudonym-key');
  return target.kind === 'server' ? join('.seepass', 'pseudonym-key') : null;
}
