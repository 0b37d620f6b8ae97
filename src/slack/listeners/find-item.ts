import type { DigestItem } from '../../core/delivery/digest-model.ts';
import { formatDay } from '../../core/facts/render.ts';
import type { Priority } from '../../core/records.ts';
import { SeepassError } from '../../errors.ts';
import { buildItems } from '../../pipeline/digest.ts';
import type { ListenerDeps } from '../deps.ts';
import { dateOfPriority, findByValue } from '../ids.ts';

/**
 * The priority a button's value names, with its words and its proposal.
 * @throws SeepassError `not_found` when the day was judged anew and no longer holds it.
 */
export async function findItem(deps: ListenerDeps, value: string): Promise<DigestItem> {
  const { priority, asOf } = await findPriority(deps, value);
  const [item] = await buildItems(deps, [priority], asOf);
  if (item) return item;
  throw gone(priority.date);
}

/**
 * The priority a button's value names, and when its day was judged.
 * @throws SeepassError `not_found` as above.
 */
export async function findPriority(
  { stores }: ListenerDeps,
  value: string,
): Promise<{ priority: Priority; asOf: number }> {
  const date = dateOfPriority(value);
  if (date === undefined) throw new SeepassError('bad_arguments', 'That button is not one of mine any more.');
  const [day, priorities] = await Promise.all([
    stores.priorities.findDay(date),
    stores.priorities.listPriorities(date),
  ]);
  const priority = findByValue(priorities, value);
  if (day && priority) return { priority, asOf: day.as_of };
  throw gone(date);
}

function gone(date: string): SeepassError {
  return new SeepassError(
    'not_found',
    `${formatDay(date)} was judged again and this is no longer among its priorities.`,
    {
      fix: `See what is with \`/seepass top ${date}\`.`,
    },
  );
}
