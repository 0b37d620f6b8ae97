import { hash } from 'node:crypto';
import type { Config } from './config.ts';
import type { EventLimits } from './core/event.ts';
import { createPreparer, type Preparer } from './core/prepare-event.ts';
import type { EventSource, PayloadSource } from './core/sources.ts';
import type { OpenStores } from './open-stores.ts';
import type { Accepted, IngestDependencies } from './pipeline/ingest.ts';
import { createIngestRules, type IngestRules } from './pipeline/ingest-rules.ts';
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
 * @param rules what the workspace declares; left out, pages and people stay as they are sent.
 */
export function createPreparation(
  config: Config,
  target: DatabaseTarget,
  clock: Clock,
  rules?: Pick<IngestRules, 'place' | 'identify'>,
): Preparation {
  const { keyId, pseudonym } = createPseudonymiser(config, target);
  const { currency } = config;
  const sha256 = (text: string): string => hash('sha256', text, 'hex');
  return {
    prepare: createPreparer({ currency, sha256, pseudonym, keyId, ...rules }),
    limits: () => ({ now: clock(), currency }),
  };
}

/** The same for a command that is over soon: by what the workspace declares now. */
export async function readPreparation(
  config: Config,
  { stores, target }: Pick<OpenStores, 'stores' | 'target'>,
  clock: Clock,
): Promise<Preparation> {
  const rules = createIngestRules(stores);
  await rules.refresh();
  return createPreparation(config, target, clock, rules);
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
