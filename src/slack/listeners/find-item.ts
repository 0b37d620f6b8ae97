import type { DigestItem } from '../../core/delivery/digest-model.ts';
import { formatDay } from '../../core/facts/render.ts';
import { SeepassError } from '../../errors.ts';
import { buildItems } from '../../pipeline/digest.ts';
import type { ListenerDeps } from '../deps.ts';
import { dateOfPriority, findByValue } from '../ids.ts';

/**
 * The priority a button's value names, with its words and its proposal.
 * @throws SeepassError `not_found` when the day was judged anew and no longer holds it.
 */
export async function findItem(deps: ListenerDeps, value: string): Promise<DigestItem> {
  const date = dateOfPriority(value);
  if (date === undefined) throw new SeepassError('bad_arguments', 'That button is not one of mine any more.');
  const [day, priorities] = await Promise.all([
    deps.stores.priorities.findDay(date),
    deps.stores.priorities.listPriorities(date),
  ]);
  const priority = findByValue(priorities, value);
  const [item] = day && priority ? await buildItems(deps, [priority], day.as_of) : [];
  if (item) return item;
  throw new SeepassError(
    'not_found',
    `${formatDay(date)} was judged again and this is no longer among its priorities.`,
    {
      fix: `See what is with \`/seepass top ${date}\`.`,
    },
  );
}
