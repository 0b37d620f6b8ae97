import { hash } from 'node:crypto';
import type { Config } from './config.ts';
import type { EventLimits } from './core/event.ts';
import { createPreparer, type Preparer } from './core/prepare-event.ts';
import type { EventSource, PayloadSource } from './core/sources.ts';
import type { Accepted, IngestDependencies } from './pipeline/ingest.ts';
import type { Clock } from './pipeline/ports.ts';
import type { DatabaseTarget } from './postgres/target.ts';
import { createPseudonymiser } from './pseudonym-key.ts';

/** Reads and prepares one record after another, for `ingest`. */
export type Acceptance = (source: EventSource, options?: { fromCsv?: boolean }) => IngestDependencies['accept'];

/** What this workspace makes of events: its limits, and how they are prepared. */
export interface Preparation {
  prepare: Preparer;
  limits(): EventLimits;
}

/**
 * By this workspace's currency, its pseudonym key, its clock.
 * @param target where the events go; an embedded folder keeps a key that was made for it beside its data.
 */
export function createPreparation(config: Config, target: DatabaseTarget, clock: Clock): Preparation {
  const { keyId, pseudonym } = createPseudonymiser(config, target);
  const { currency } = config;
  const sha256 = (text: string): string => hash('sha256', text, 'hex');
  return {
    prepare: createPreparer({ currency, sha256, pseudonym, keyId }),
    limits: () => ({ now: clock(), currency }),
  };
}

/** How this workspace accepts events. */
export function createAcceptance({ prepare, limits }: Preparation): Acceptance {
  return (source, { fromCsv = false } = {}) =>
    (value) => {
      const parsed = source.parse(value, limits(), fromCsv);
      return parsed.event === undefined ? { reason: parsed.reason } : { event: prepare(parsed.event) };
    };
}

/** How this workspace accepts what a tool sends or exports: a record may hold many events, or none. */
export function createPayloadAcceptance({ prepare, limits }: Preparation) {
  return (source: PayloadSource) =>
    (value: unknown): readonly Accepted[] => {
      const { events, ignored, needs } = source.parse(value, limits());
      const other = [...ignored, ...needs.map(({ kind }) => kind)].map((kind): Accepted => ({ ignored: kind }));
      const accepted = events.map(
        ({ event, reason }): Accepted => (event === undefined ? { reason } : { event: prepare(event) }),
      );
      return [...accepted, ...other];
    };
}
