import type { Interactions, Outcome } from './interactions/interactions.ts';
import type { Modals, SubmitOutcome } from './interactions/modals.ts';
import { viewValues } from './interactions/modals.ts';
import type { Surface } from './interactions/payloads.ts';
import type { Suggestion, Suggestions } from './interactions/suggestions.ts';
import type { SharedFile, Writing } from './interactions/writing.ts';
import { isRecord, recordOf } from './json.ts';
import type { ElementValue, FormValues } from './page-protocol.ts';
import { SlackRefusal } from './refusal.ts';
import { interactiveElements, type PlacedElement } from './state/block-ids.ts';
import type { StoredMessage } from './state/message-store.ts';
import type { Person } from './state/roster.ts';
import type { StoredView } from './state/view-store.ts';
import type { Workspace } from './state/workspace.ts';

interface ElementIds {
  blockId: string;
  actionId: string;
}

const isView = (target: StoredMessage | StoredView): target is StoredView => 'callback_id' in target;
const surfaceOf = (target: StoredMessage | StoredView): Surface =>
  isView(target) ? { view: target } : { message: target };
const blocksOf = (target: StoredMessage | StoredView) => target.blocks ?? [];

export interface PersonParts {
  workspace: Workspace;
  interactions: Interactions;
  modals: Modals;
  writing: Writing;
  suggestions: Suggestions;
}

/** Somebody in the workspace, doing what a person does there. Tests and the page use the same hands. */
export class ActingPerson {
  readonly person: Person;
  readonly #parts: PersonParts;

  constructor(person: Person, parts: PersonParts) {
    this.person = person;
    this.#parts = parts;
  }

  get id(): string {
    return this.person.id;
  }

  /** Runs a slash command, e.g. `slash('#product-health', '/seepass top')`. Resolves once it is acknowledged or has failed. */
  slash(channel: string, line: string): Promise<Outcome> {
    return this.#parts.interactions.command(this.person, this.#channelId(channel), line);
  }

  /** Types a slash command where Slack takes none. */
  slashInThread(line: string): Outcome {
    return this.#parts.interactions.refuseInThread(this.person, line);
  }

  /** Writes into a channel; `@Seepass` and `@maya` become mentions. */
  say(channel: string, text: string): StoredMessage {
    return this.#parts.writing.say(this.person, this.#channelId(channel), text);
  }

  mention(channel: string, text: string): StoredMessage {
    return this.say(channel, `@Seepass ${text}`);
  }

  /** Writes to the app in private. */
  tell(text: string): StoredMessage {
    return this.#parts.writing.say(this.person, this.#parts.workspace.openDirectMessage(this.id).id, text);
  }

  /** Answers in a message's thread; with `isBroadcast` in the channel too. */
  reply(message: StoredMessage, text: string, isBroadcast = false): StoredMessage {
    return this.#parts.writing.say(this.person, message.channel, text, message.thread_ts ?? message.ts, isBroadcast);
  }

  /** Shares files in a channel, or in a message's thread. */
  share(place: string | StoredMessage, files: readonly SharedFile[], text = ''): StoredMessage {
    const { writing } = this.#parts;
    if (typeof place === 'string') return writing.share(this.person, this.#channelId(place), files, text);
    return writing.share(this.person, place.channel, files, text, place.thread_ts ?? place.ts);
  }

  /** Puts a file into a form's file input; its value is the id. */
  keepFile(file: SharedFile): { id: string; name: string } {
    const { id, name } = this.#parts.writing.keep(this.person, file);
    return { id, name };
  }

  edit(message: StoredMessage, text: string): void {
    this.#parts.writing.edit(this.person, message, text);
  }

  delete(message: StoredMessage): void {
    this.#parts.writing.remove(this.person, message);
  }

  /** Puts a reaction on, or takes one's own away. */
  react(message: StoredMessage, name: string): void {
    this.#parts.writing.react(this.person, message, name);
  }

  /** Has seen a channel up to a message. */
  read(message: StoredMessage): void {
    const { workspace } = this.#parts;
    workspace.reads.mark(this.id, message.channel, message.ts);
    workspace.announce({ kind: 'read', userId: this.id, channel: message.channel });
  }

  /** Types into an external menu. */
  suggest(target: StoredMessage | StoredView, name: string, query: string): Promise<Suggestion> {
    return this.#suggest(target, this.#find(target, name), query, {});
  }

  /** Types into the external menu with exactly these ids, as the page does. */
  suggestFor(target: StoredMessage | StoredView, ids: ElementIds, query: string, held: FormValues) {
    return this.#suggest(target, this.#placed(target, ids), query, held);
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
  use(target: StoredMessage | StoredView, ids: ElementIds, value: ElementValue, held: FormValues): Promise<Outcome> {
    return this.#use(target, this.#placed(target, ids), value, held);
  }

  /** Fills a modal's inputs (by label, block_id or action_id) and submits it. */
  submit(view: StoredView, values: FormValues = {}): Promise<SubmitOutcome> {
    return this.#parts.modals.submit(this.person, view, values);
  }

  close(view: StoredView, options: { all?: boolean } = {}): Promise<void> {
    return this.#parts.modals.close(this.person, view, options.all);
  }

  openHome(): void {
    this.#parts.interactions.openHome(this.person, 'home');
  }

  openMessagesTab(): void {
    this.#parts.interactions.openHome(this.person, 'messages');
  }

  #use(target: StoredMessage | StoredView, placed: PlacedElement, value: ElementValue, held: FormValues) {
    const given = isView(target) ? viewValues(target, withPicked(held, placed, value), this.#parts.workspace) : {};
    return this.#parts.interactions.act(this.person, surfaceOf(target), placed, feedbackValue(placed, value), given);
  }

  #suggest(target: StoredMessage | StoredView, placed: PlacedElement, query: string, held: FormValues) {
    const values = isView(target) ? viewValues(target, held, this.#parts.workspace) : {};
    return this.#parts.suggestions.suggest(this.person, surfaceOf(target), placed, query, values);
  }

  #placed(target: StoredMessage | StoredView, { blockId, actionId }: ElementIds): PlacedElement {
    const placed = [...interactiveElements(blocksOf(target))].find(
      ({ block, element }) => block.block_id === blockId && element.action_id === actionId,
    );
    if (placed === undefined) throw new SlackRefusal('element_not_found', { detail: `${blockId} ${actionId}` });
    return placed;
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
    const channel = this.#parts.workspace.findChannel(name);
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
