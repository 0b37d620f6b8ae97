import type { Acknowledgement, Delivery, Envelope } from '../delivery/delivery.ts';
import type { EventSender } from '../delivery/events.ts';
import type { JsonRecord } from '../json.ts';
import type { ElementValue } from '../page-protocol.ts';
import { SlackRefusal } from '../refusal.ts';
import type { ResponseUrls } from '../response-url.ts';
import { interactiveElements, type PlacedElement } from '../state/block-ids.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { Person } from '../state/roster.ts';
import type { StoredView } from '../state/view-store.ts';
import type { Workspace } from '../state/workspace.ts';
import { composeText, escapeText, richTextOf } from './compose.ts';
import { initialValue, isStateful, stateOf } from './element-state.ts';
import { actionOf, commandPayload, messageActionPayload, viewActionPayload } from './payloads.ts';

/** What a person saw happen. `failure` is Slack's own message when the app did not answer. */
export interface Outcome {
  failure?: string;
}

export interface InteractionParts {
  workspace: Workspace;
  delivery: Delivery;
  events: EventSender;
  responses: ResponseUrls;
}

const TROUBLE = 'We had some trouble connecting. Try again?';

/** A message or view whose element somebody used. */
export type Surface = { message: StoredMessage } | { view: StoredView };

/** Everything a person can do, whether from the page or from a test. */
export class Interactions {
  readonly #parts: InteractionParts;
  /** What menus and inputs in messages hold, by message, person and element. */
  readonly #picked = new Map<string, ElementValue>();

  constructor(parts: InteractionParts) {
    this.#parts = parts;
  }

  send(type: Envelope['type'], payload: JsonRecord): Promise<Acknowledgement> {
    return this.#parts.delivery.deliver({ type, payload });
  }

  /** Runs `/command text` in a channel. What the app puts into its acknowledgement is shown to the person. */
  async command(person: Person, channelId: string, line: string): Promise<Outcome> {
    const { workspace, responses } = this.#parts;
    const channel = workspace.channel(channelId);
    const [command = '', ...words] = line.trim().split(/ (.*)/s);
    const answer = await this.send(
      'slash_commands',
      commandPayload({
        person,
        channel,
        command,
        text: escapeText(words.join('').trim()),
        triggerId: workspace.triggers.issue(person.id),
        responseUrl: responses.issue(channel.id, person.id),
      }),
    );
    if (!answer.acknowledged) {
      const error = answer.reason === 'http_error' ? 'dispatch_failed' : answer.reason;
      return this.#tell(person, channel.id, `${command} failed with the error "${error}"`);
    }
    if (Object.keys(answer.body).length === 0) return {};
    const refused = responses.respond(channel.id, person.id, answer.body);
    return refused === undefined
      ? {}
      : this.#tell(person, channel.id, `${command} failed with the error "dispatch_failed"`);
  }

  /** Writes into a channel, direct message or thread. */
  say(person: Person, channelId: string, typed: string, threadTs?: string): StoredMessage {
    const { workspace } = this.#parts;
    const channel = workspace.channel(channelId);
    if (channel.isArchived) throw new SlackRefusal('is_archived');
    if (!channel.members.has(person.id)) throw new SlackRefusal('not_in_channel');
    const text = composeText(typed, workspace);
    if (text.trim() === '') throw new SlackRefusal('no_text');
    return workspace.post({
      channel: channel.id,
      user: person.id,
      text,
      blocks: [richTextOf(text)],
      client_msg_id: workspace.ids.next('m').toLowerCase(),
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
    });
  }

  /** Uses an element: presses a button, picks from a menu. */
  async act(
    person: Person,
    surface: Surface,
    placed: PlacedElement,
    value: ElementValue,
    held: JsonRecord,
  ): Promise<Outcome> {
    const { workspace, responses } = this.#parts;
    const { block, element } = placed;
    const state = this.#stateAfter(surface, person, placed, value);
    const action = actionOf(block, element, state, workspace.ids.timestamp());
    const triggerId = workspace.triggers.issue(person.id);
    const payload =
      'view' in surface
        ? viewActionPayload(surface.view, { person, triggerId, action, values: held })
        : messageActionPayload(
            workspace,
            surface.message,
            responses.issue(surface.message.channel, person.id, surface.message),
            { person, triggerId, action, values: this.#messageValues(surface.message, person) },
          );
    const answer = await this.send('interactive', payload);
    return answer.acknowledged ? {} : this.#notice(person, TROUBLE);
  }

  openHome(person: Person, tab: 'home' | 'messages'): void {
    this.#parts.events.sendHomeOpened(person.id, tab);
  }

  /** Shows a failure on the person's page, and says it to the caller. */
  #notice(person: Person, failure: string): Outcome {
    this.#parts.workspace.announce({ kind: 'notice', userId: person.id, text: failure });
    return { failure };
  }

  /** Slackbot's own ephemeral words in the channel. */
  #tell(person: Person, channel: string, failure: string): Outcome {
    this.#parts.workspace.post({ channel, user: 'USLACKBOT', text: failure, visible_to: person.id });
    return { failure };
  }

  #stateAfter(surface: Surface, person: Person, { element }: PlacedElement, value: ElementValue): JsonRecord {
    if (element.type === 'feedback_buttons') return { value };
    if (!isStateful(element) && element.type !== 'overflow') return {};
    if ('message' in surface) this.#picked.set(keyOf(surface.message, person, element), value);
    return stateOf(element, value, this.#parts.workspace);
  }

  #messageValues(message: StoredMessage, person: Person): JsonRecord {
    const values: Record<string, JsonRecord> = {};
    for (const { block, element } of interactiveElements(message.blocks ?? [])) {
      if (!isStateful(element)) continue;
      const key = keyOf(message, person, element);
      const value = this.#picked.has(key) ? this.#picked.get(key) : initialValue(element);
      const blockId = String(block.block_id);
      values[blockId] = {
        ...values[blockId],
        [String(element.action_id)]: stateOf(element, value, this.#parts.workspace),
      };
    }
    return values;
  }
}

const keyOf = (message: StoredMessage, person: Person, element: JsonRecord): string =>
  [message.channel, message.ts, person.id, element.action_id].join(' ');
