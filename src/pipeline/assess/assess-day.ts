import { situationOfPriority } from '../../core/assess/situation-of-priority.ts';
import type { Priority } from '../../core/records.ts';
import { type Assessed, assessSituation } from './assess-situation.ts';
import type { AssessContext } from './context.ts';

/**
 * Assesses the day's top priorities, best first; what is stored is kept where nothing changed. One that cannot be
 * assessed never stops the others.
 */
export async function assessDay(
  context: AssessContext,
  { date, limit }: { date: string; limit: number },
): Promise<{ written: number; kept: number }> {
  const counts = { written: 0, kept: 0 };
  for (const priority of await context.stores.priorities.listPriorities(date, limit)) {
    const { entity_key } = priority;
    try {
      const { isNew } = await assessPriority(context, priority);
      counts[isNew ? 'written' : 'kept'] += 1;
    } catch (err) {
      context.log.warn({ err, date, entity_key }, 'a priority goes without an assessment');
    }
  }
  return counts;
}

/** One priority, with the texts that people and programs wrote about it. */
export function assessPriority(context: AssessContext, priority: Priority): Promise<Assessed> {
  const { timezone, currency } = context;
  const { top_error_signatures: errors, top_ticket_topics: topics } = priority.pattern_record;
  const texts = [...errors.map(({ example }) => example), ...topics.flatMap(({ snippets }) => snippets)];
  return assessSituation(context, situationOfPriority(priority, { timezone, currency }), texts);
}
