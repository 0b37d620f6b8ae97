import type { Acknowledgement, Delivery, Envelope } from '../delivery/delivery.ts';
import type { EventSender } from '../delivery/events.ts';
import type { JsonRecord } from '../json.ts';
import type { ManifestCommand } from '../manifest.ts';
import type { ElementValue } from '../page-protocol.ts';
import type { ResponseUrls } from '../response-url.ts';
import { interactiveElements, type PlacedElement } from '../state/block-ids.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { Person } from '../state/roster.ts';
import type { Workspace } from '../state/workspace.ts';
import { composeText, escapeText } from './compose.ts';
import { initialValue, isStateful, stateOf } from './element-state.ts';
import { isMembershipCommand, runMembershipCommand } from './membership.ts';
import { actionOf, commandPayload, messageActionPayload, type Surface, viewActionPayload } from './payloads.ts';

/** What a person saw happen. `failure` is Slack's own message when the app did not answer. */
export interface Outcome {
  failure?: string;
}

export interface InteractionParts {
  workspace: Workspace;
  delivery: Delivery;
  events: EventSender;
  responses: ResponseUrls;
  /** The slash commands of the app's manifest. */
  commands: readonly ManifestCommand[];
}

const TROUBLE = 'We had some trouble connecting. Try again?';

const unknownCommand = (command: string): string =>
  `${command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands.`;

/** Running commands and using elements, whether from the page or from a test. */
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
    const { workspace, responses, commands } = this.#parts;
    const channel = workspace.channel(channelId);
    const [command = '', ...words] = line.trim().split(/ (.*)/s);
    if (isMembershipCommand(command)) {
      const refused = runMembershipCommand(workspace, { person, channel, command, text: words.join('') });
      return refused === undefined ? {} : this.#tell(person, channel.id, refused);
    }
    const known = commands.find((one) => one.command === command);
    if (known === undefined) return this.#tell(person, channel.id, unknownCommand(command));
    const text = words.join('').trim();
    const answer = await this.send(
      'slash_commands',
      commandPayload({
        person,
        channel,
        command,
        text: known.isEscaped ? composeText(text, workspace) : escapeText(text),
        triggerId: workspace.triggers.issue(person.id),
        responseUrl: responses.issue(channel.id, person.id),
      }),
    );
    if (!answer.acknowledged) {
      return this.#tell(person, channel.id, `${command} failed with the error "${answer.reason}"`);
    }
    if (Object.keys(answer.body).length === 0) return {};
    const refused = responses.respond(channel.id, person.id, answer.body);
    return refused === undefined
      ? {}
      : this.#tell(person, channel.id, `${command} failed with the error "dispatch_failed"`);
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

  /** Slack runs no command in a thread, and says so. */
  refuseInThread(person: Person, line: string): Outcome {
    const [command = ''] = line.trim().split(' ');
    return this.#notice(person, `${command} is not supported in threads. Sorry!`);
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

  #stateAfter(surface: Surface, person: Person, placed: PlacedElement, value: ElementValue): JsonRecord {
    const { element } = placed;
    if (element.type === 'feedback_buttons') return { value };
    if (!isStateful(element) && element.type !== 'overflow') return {};
    if ('message' in surface) this.#picked.set(keyOf(surface.message, person, element), value);
    return stateOf(placed, value, this.#parts.workspace);
  }

  #messageValues(message: StoredMessage, person: Person): JsonRecord {
    const values: Record<string, JsonRecord> = {};
    for (const placed of interactiveElements(message.blocks ?? [])) {
      const { block, element } = placed;
      if (!isStateful(element)) continue;
      const key = keyOf(message, person, element);
      const value = this.#picked.has(key) ? this.#picked.get(key) : initialValue(element);
      const blockId = String(block.block_id);
      values[blockId] = {
        ...values[blockId],
        [String(element.action_id)]: stateOf(placed, value, this.#parts.workspace),
      };
    }
    return values;
  }
}

const keyOf = (message: StoredMessage, person: Person, element: JsonRecord): string =>
  [message.channel, message.ts, person.id, element.action_id].join(' ');
