import { hash } from 'node:crypto';
import type { Config } from './config.ts';
import { CATALOGUE } from './core/catalogue/index.ts';
import { requireSound } from './core/catalogue/validate.ts';
import { nextDue } from './core/delivery/schedule.ts';
import { createEmbedder, createMeaningSearch } from './embedding-use.ts';
import type { ModelUse } from './model-use.ts';
import type { OpenStores } from './open-stores.ts';
import { type Ask, createAsk } from './pipeline/ask/ask.ts';
import type { AskDeps } from './pipeline/ask/ask-deps.ts';
import { localReader } from './pipeline/ask/local-reader.ts';
import type { Embedder } from './pipeline/embedder.ts';
import type { Clock, Log, NewId } from './pipeline/ports.ts';
import { createPseudonymiser, type Pseudonymiser } from './pseudonym-key.ts';

type Opened = Pick<OpenStores, 'stores' | 'target'>;

interface Surroundings {
  clock: Clock;
  newId: NewId;
  log: Log;
}

/** What answers questions need, from what a process has. @param model reads and words; null leaves both to us. */
export function askDeps(
  config: Config,
  { stores, target }: Opened,
  { clock, newId, log }: Surroundings,
  model: Pick<ModelUse, 'reader' | 'narrator'> | null = null,
  embedder: Embedder | null = createEmbedder(config),
): AskDeps {
  requireSound(CATALOGUE);
  // Made when somebody with an id asks first: the command line never needs one.
  let pseudonymiser: Pseudonymiser | undefined;
  return {
    stores,
    reader: model?.reader ?? localReader,
    narrator: model?.narrator ?? null,
    clock,
    newId,
    timezone: config.timezone,
    currency: config.currency,
    policy: { admins: config.admins, approvers: config.approvers },
    nextDigest: async (after) => {
      const all = await stores.subscriptions.list();
      const digests = all.flatMap(({ kind, schedule, paused }) =>
        kind === 'digest' && !paused ? (schedule ?? []) : [],
      );
      // Before its first start nobody has subscribed yet.
      const schedules = all.length === 0 && config.digest.channel !== undefined ? [config.digest.schedule] : digests;
      return schedules.length === 0 ? null : Math.min(...schedules.map((schedule) => nextDue(schedule, after)));
    },
    sha256: (text) => hash('sha256', text, 'hex'),
    pseudonym: (user) => {
      pseudonymiser ??= createPseudonymiser(config, target);
      return pseudonymiser.pseudonym(user);
    },
    findByMeaning: createMeaningSearch(embedder, { stores, clock, log }),
    log,
  };
}

/** Answers questions, with a model's help where there is a key; without one its SDK is never loaded. */
export async function createAsking(config: Config, opened: Opened, surroundings: Surroundings): Promise<Ask> {
  if (config.model.apiKey === undefined) return createAsk(askDeps(config, opened, surroundings));
  const { createModelUse } = await import('./model-use.ts');
  const model = await createModelUse(config, { stores: opened.stores, ...surroundings });
  return createAsk(askDeps(config, opened, surroundings, model));
}
