import type { JsonRecord } from '../json.ts';
import { isRecord, recordOf } from '../json.ts';
import type { FormValues } from '../page-protocol.ts';
import { SlackRefusal } from '../refusal.ts';
import { interactiveElements } from '../state/block-ids.ts';
import type { Person } from '../state/roster.ts';
import type { StoredView } from '../state/view-store.ts';
import type { Workspace } from '../state/workspace.ts';
import { checkView } from '../web-api/views.ts';
import { initialValue, inputFault, isStateful, stateOf } from './element-state.ts';
import type { Interactions } from './interactions.ts';
import { closedPayload, submissionPayload } from './payloads.ts';

/** What came of pressing Submit. */
export interface SubmitOutcome {
  /** The view is gone from the stack. */
  isClosed: boolean;
  /** By block_id: what is wrong, said by the form or by the app. */
  errors?: Readonly<Record<string, string>>;
  /** The app did not answer, or answered with something Slack refuses. */
  failure?: string;
}

const TROUBLE = 'We had some trouble connecting. Try again?';

const wasGiven = (values: FormValues, block: JsonRecord, element: JsonRecord): string | undefined =>
  [block.block_id, element.action_id, recordOf(block.label).text].map(String).find((key) => Object.hasOwn(values, key));

/** `state.values` of a view: what was given, else what each element starts with. */
export function viewValues(view: StoredView, given: FormValues, workspace: Workspace): Record<string, JsonRecord> {
  const values: Record<string, JsonRecord> = {};
  for (const placed of interactiveElements(view.blocks)) {
    const { block, element } = placed;
    if (!isStateful(element)) continue;
    const key = wasGiven(given, block, element);
    const value = key === undefined ? initialValue(element) : given[key];
    const blockId = String(block.block_id);
    values[blockId] = { ...values[blockId], [String(element.action_id)]: stateOf(placed, value, workspace) };
  }
  return values;
}

/** Submitting and closing modals, and doing what the app answers. */
export class Modals {
  readonly #workspace: Workspace;
  readonly #interactions: Interactions;

  constructor(workspace: Workspace, interactions: Interactions) {
    this.#workspace = workspace;
    this.#interactions = interactions;
  }

  async submit(person: Person, view: StoredView, given: FormValues): Promise<SubmitOutcome> {
    const values = viewValues(view, given, this.#workspace);
    const errors: Record<string, string> = {};
    for (const { block, element } of interactiveElements(view.blocks)) {
      if (block.type !== 'input') continue;
      const blockId = String(block.block_id);
      const fault = inputFault(block, element, recordOf(values[blockId]?.[String(element.action_id)]));
      if (fault !== undefined) errors[blockId] = fault;
    }
    if (Object.keys(errors).length > 0) return { isClosed: false, errors };
    const trigger = this.#workspace.triggers.issue(person.id);
    const answer = await this.#interactions.send('interactive', submissionPayload(person, view, values, trigger));
    if (!answer.acknowledged) return { isClosed: false, failure: TROUBLE };
    try {
      return this.#follow(person, view, answer.body);
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      return { isClosed: false, failure: `${TROUBLE} (${error.code})` };
    }
  }

  /** Closes one view, or with `all` the whole stack; the app hears of those that asked for it. */
  async close(person: Person, view: StoredView, all = false): Promise<void> {
    const stack = this.#workspace.views.stack(person.id);
    const isCleared = all || view.clear_on_close;
    const from = isCleared ? (stack[0] ?? view) : view;
    const closed = this.#workspace.views.close(person.id, from.id);
    this.#workspace.announce({ kind: 'views', userId: person.id });
    for (const one of closed.filter((candidate) => candidate.notify_on_close)) {
      await this.#interactions.send('interactive', closedPayload(person, one, isCleared));
    }
  }

  #follow(person: Person, view: StoredView, answer: JsonRecord): SubmitOutcome {
    const { views } = this.#workspace;
    const done = (isClosed: boolean): SubmitOutcome => {
      this.#workspace.announce({ kind: 'views', userId: person.id });
      return { isClosed };
    };
    switch (answer.response_action) {
      case undefined:
        views.close(person.id, view.id);
        return done(true);
      case 'clear':
        views.close(person.id, views.stack(person.id)[0]?.id ?? view.id);
        return done(true);
      case 'update':
        views.replace(view.id, checkView(answer.view, 'modal'));
        return done(false);
      case 'push':
        views.push(person.id, checkView(answer.view, 'modal'));
        return done(false);
      case 'errors': {
        const errors = isRecord(answer.errors) ? answer.errors : {};
        const known = Object.entries(errors).filter(([blockId]) =>
          view.blocks.some((block) => block.block_id === blockId && block.type === 'input'),
        );
        if (known.length === 0) throw new SlackRefusal('invalid_errors');
        return { isClosed: false, errors: Object.fromEntries(known.map(([key, text]) => [key, String(text)])) };
      }
      default:
        throw new SlackRefusal('invalid_response_action');
    }
  }
}
