import { explainWithTemplate } from '../core/explain/template.ts';
import { buildFacts } from '../core/facts/ledger.ts';
import type { Explanation, Priority } from '../core/records.ts';
import { SeepassError } from '../errors.ts';
import type { Explainer, Log, Stores } from './ports.ts';

/** Words from the facts alone; what everything falls back to. */
export const templateExplainer: Explainer = {
  explain: async (priority, facts) => explainWithTemplate(priority, facts),
};

export interface ExplainDayOptions {
  stores: Pick<Stores, 'priorities'>;
  explainer: Explainer;
  /** YYYY-MM-DD. */
  date: string;
  /** Explains this many of the day's priorities, best first. */
  limit: number;
  /** ISO 4217. */
  currency: string;
  /** IANA zone. */
  timezone: string;
  log: Log;
}

/** A model is asked about this many priorities at a time. */
const CONCURRENCY = 2;

/**
 * Explains the day's top priorities and stores what was said; an explanation that is stored already is kept.
 * A priority that cannot be explained never stops the others.
 */
export async function explainDay(
  options: ExplainDayOptions,
): Promise<{ written: number; kept: number; by_model: number }> {
  const { stores, date, limit } = options;
  const priorities = (await stores.priorities.listPriorities(date)).slice(0, limit);
  const waiting = priorities.values();
  const counts = { written: 0, kept: 0, by_model: 0 };
  const worker = async () => {
    for (const priority of waiting) {
      if (await stores.priorities.findExplanation(date, priority)) {
        counts.kept += 1;
        continue;
      }
      const explanation = await explain(options, priority);
      if (!(await save(options, priority, explanation))) continue;
      counts.written += 1;
      if (explanation.written_by === 'model') counts.by_model += 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return counts;
}

/** False when the day was judged again meanwhile and this priority is gone: its words are of no use then. */
async function save(
  { stores, date, log }: ExplainDayOptions,
  priority: Priority,
  explanation: Explanation,
): Promise<boolean> {
  try {
    await stores.priorities.saveExplanation(date, priority, explanation);
    return true;
  } catch (error) {
    if (!(error instanceof SeepassError) || error.code !== 'not_found') throw error;
    log.info({ date, entity_key: priority.entity_key }, 'The day was judged again while it was explained');
    return false;
  }
}

async function explain(options: ExplainDayOptions, priority: Priority): Promise<Explanation> {
  const { explainer, currency, timezone, log } = options;
  const facts = buildFacts(priority, { currency, timezone });
  try {
    return await explainer.explain(priority, facts);
  } catch (error) {
    const { entity_type, entity_key } = priority;
    const reason = error instanceof Error ? error.name : 'unknown';
    log.warn({ entity_type, entity_key, reason }, 'The explainer failed; the template wrote this explanation');
    return explainWithTemplate(priority, facts);
  }
}
