import { LIMITS } from '../../block-kit/limits.ts';
import { checkOffer } from '../../block-kit/options.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { JsonRecord } from '../json.ts';
import type { PageResult } from '../page-protocol.ts';
import type { PlacedElement } from '../state/block-ids.ts';
import type { Person } from '../state/roster.ts';
import type { Workspace } from '../state/workspace.ts';
import { type Surface, suggestionPayload } from './payloads.ts';

/** What a menu offers for a query. `minQueryLength` is set where the query is shorter than the menu wants. */
export type Suggestion = Pick<PageResult, 'failure' | 'options' | 'optionGroups' | 'minQueryLength'>;

/** Asks the app for the options of an external menu, as Slack does while somebody types into it. */
export class Suggestions {
  readonly #workspace: Workspace;
  readonly #delivery: Delivery;

  constructor(workspace: Workspace, delivery: Delivery) {
    this.#workspace = workspace;
    this.#delivery = delivery;
  }

  async suggest(
    person: Person,
    surface: Surface,
    placed: PlacedElement,
    query: string,
    held: JsonRecord,
  ): Promise<Suggestion> {
    const least = Number(placed.element.min_query_length ?? LIMITS.minQueryLength);
    if (query.length < least) return { minQueryLength: least };
    const payload = suggestionPayload(this.#workspace, surface, { person, placed, query, values: held });
    const answer = await this.#delivery.deliver({ type: 'interactive', payload });
    if (!answer.acknowledged) return { failure: 'The options could not be loaded: the app did not answer.' };
    const checked = checkOffer(answer.body);
    if ('faults' in checked) {
      const [fault] = checked.faults;
      return { failure: `The options could not be loaded: ${fault?.pointer || '/'} ${fault?.message}` };
    }
    const { options, option_groups: optionGroups } = checked.offer;
    this.#workspace.offered.keep(placed, options ?? optionGroups?.flatMap((group) => group.options) ?? []);
    return { ...(options === undefined ? {} : { options }), ...(optionGroups === undefined ? {} : { optionGroups }) };
  }
}
