import type { Interactions, Outcome, Surface } from './interactions/interactions.ts';
import type { Modals, SubmitOutcome } from './interactions/modals.ts';
import { viewValues } from './interactions/modals.ts';
import { isRecord, recordOf } from './json.ts';
import type { ElementValue, FormValues } from './page-protocol.ts';
import { interactiveElements, type PlacedElement } from './state/block-ids.ts';
import type { StoredMessage } from './state/message-store.ts';
import type { Person } from './state/roster.ts';
import type { StoredView } from './state/view-store.ts';
import type { Workspace } from './state/workspace.ts';

const isView = (target: StoredMessage | StoredView): target is StoredView => 'callback_id' in target;
const surfaceOf = (target: StoredMessage | StoredView): Surface =>
  isView(target) ? { view: target } : { message: target };
const blocksOf = (target: StoredMessage | StoredView) => target.blocks ?? [];

/** Somebody in the workspace, doing what a person does there. Tests and the page use the same hands. */
export class ActingPerson {
  readonly person: Person;
  readonly #workspace: Workspace;
  readonly #interactions: Interactions;
  readonly #modals: Modals;

  constructor(person: Person, parts: { workspace: Workspace; interactions: Interactions; modals: Modals }) {
    this.person = person;
    this.#workspace = parts.workspace;
    this.#interactions = parts.interactions;
    this.#modals = parts.modals;
  }

  get id(): string {
    return this.person.id;
  }

  /** Runs a slash command, e.g. `slash('#product-health', '/seepass top')`. Resolves once it is acknowledged or has failed. */
  slash(channel: string, line: string): Promise<Outcome> {
    return this.#interactions.command(this.person, this.#channelId(channel), line);
  }

  /** Writes into a channel; `@Seepass` and `@maya` become mentions. */
  say(channel: string, text: string): StoredMessage {
    return this.#interactions.say(this.person, this.#channelId(channel), text);
  }

  mention(channel: string, text: string): StoredMessage {
    return this.say(channel, `@Seepass ${text}`);
  }

  /** Writes to the app in private. */
  tell(text: string): StoredMessage {
    return this.#interactions.say(this.person, this.#workspace.openDirectMessage(this.id).id, text);
  }

  /** Answers in a message's thread. */
  reply(message: StoredMessage, text: string): StoredMessage {
    return this.#interactions.say(this.person, message.channel, text, message.thread_ts ?? message.ts);
  }

  /** Presses a button, named by action_id, text or `action_id=value`. */
  click(target: StoredMessage | StoredView, name: string): Promise<Outcome> {
    return this.#use(target, this.#find(target, name), undefined, {});
  }

  /** Picks from a menu by option value or label; for feedback buttons `positive` or `negative`. */
  select(
    target: StoredMessage | StoredView,
    name: string,
    value: ElementValue,
    held: FormValues = {},
  ): Promise<Outcome> {
    return this.#use(target, this.#find(target, name), value, held);
  }

  /** Uses the element with exactly these ids, as the page does. */
  use(
    target: StoredMessage | StoredView,
    ids: { blockId: string; actionId: string },
    value: ElementValue,
    held: FormValues,
  ): Promise<Outcome> {
    const placed = [...interactiveElements(blocksOf(target))].find(
      ({ block, element }) => block.block_id === ids.blockId && element.action_id === ids.actionId,
    );
    if (placed === undefined) throw new Error(`There is no element ${ids.actionId} in block ${ids.blockId}.`);
    return this.#use(target, placed, value, held);
  }

  /** Fills a modal's inputs (by label, block_id or action_id) and submits it. */
  submit(view: StoredView, values: FormValues = {}): Promise<SubmitOutcome> {
    return this.#modals.submit(this.person, view, values);
  }

  close(view: StoredView, options: { all?: boolean } = {}): Promise<void> {
    return this.#modals.close(this.person, view, options.all);
  }

  openHome(): void {
    this.#interactions.openHome(this.person, 'home');
  }

  openMessagesTab(): void {
    this.#interactions.openHome(this.person, 'messages');
  }

  #use(target: StoredMessage | StoredView, placed: PlacedElement, value: ElementValue, held: FormValues) {
    const given = isView(target) ? viewValues(target, withPicked(held, placed, value), this.#workspace) : {};
    return this.#interactions.act(this.person, surfaceOf(target), placed, feedbackValue(placed, value), given);
  }

  #find(target: StoredMessage | StoredView, name: string): PlacedElement {
    const all = [...interactiveElements(blocksOf(target))];
    const named = all.find(
      ({ element }) =>
        [element.action_id, `${element.action_id}=${element.value}`].includes(name) ||
        recordOf(element.text).text === name,
    );
    if (named !== undefined) return named;
    const known = all.map(
      ({ element }) => `${element.action_id} (${String(recordOf(element.text).text ?? element.type)})`,
    );
    throw new Error(`There is nothing called "${name}" to use here. There is: ${known.join(', ') || 'nothing'}.`);
  }

  #channelId(name: string): string {
    const channel = this.#workspace.findChannel(name);
    if (channel === undefined) throw new Error(`There is no channel "${name}".`);
    return channel.id;
  }
}

/** A pick in a view counts as held before the app hears of it; a plain button leaves the form as it is. */
const withPicked = (held: FormValues, { element }: PlacedElement, value: ElementValue): FormValues =>
  value === undefined ? held : { ...held, [String(element.action_id)]: value };

function feedbackValue({ element }: PlacedElement, value: ElementValue): ElementValue {
  if (element.type !== 'feedback_buttons') return value;
  const button = element[value === 'negative' ? 'negative_button' : 'positive_button'];
  return isRecord(button) ? String(button.value) : value;
}
