import type { Log } from '../../pipeline/ports.ts';
import type { FaultPlan } from '../control.ts';
import { VERIFICATION_TOKEN } from '../interactions/payloads.ts';
import type { JsonRecord } from '../json.ts';
import type { StoredMessage } from '../state/message-store.ts';
import { APP, type Workspace, type WorkspaceChange } from '../state/workspace.ts';
import type { Delivery, DeliveryFault } from './delivery.ts';
import {
  changedEvent,
  channelEvent,
  deletedEvent,
  fileSharedEvents,
  joinedEvent,
  messageEvent,
  reactionEvent,
} from './event-payloads.ts';

/** Slack tries an event three more times: at once, then after a minute, then after five. */
const RETRY_DELAYS_MS = [0, 60_000, 300_000];
const RETRY_REASON: Readonly<Record<DeliveryFault, string>> = {
  operation_timeout: 'http_timeout',
  dispatch_failed: 'connection_failed',
  http_client_error: 'http_error',
  http_service_error: 'http_error',
};
const EVENT_NAME = { channel: 'message.channels', group: 'message.groups', im: 'message.im' } as const;

export interface EventSenderOptions {
  workspace: Workspace;
  delivery: Delivery;
  faults: FaultPlan;
  subscriptions: ReadonlySet<string>;
  log: Log | undefined;
}

/** Sends events_api envelopes: what happened to channels and in those the app is in, and retries what was not taken. */
export class EventSender {
  readonly #options: EventSenderOptions;
  readonly #timers = new Set<NodeJS.Timeout>();
  #isStopped = false;

  constructor(options: EventSenderOptions) {
    this.#options = options;
  }

  /** Tells the app of a change it may hear of: in a channel it is in, and not for one person's eyes. */
  hear(change: WorkspaceChange): void {
    const { workspace } = this.#options;
    if (change.kind === 'app_membership' && change.isMember) {
      const channel = workspace.channel(change.channel);
      const event = joinedEvent(channel, APP.userId, change.inviter, workspace.ids.timestamp());
      this.#send('member_joined_channel', event);
    }
    if (change.kind === 'channel') {
      const event = channelEvent(workspace.channel(change.channel), change.became, workspace);
      this.#send(event.type, event);
    }
    if (!('message' in change)) return;
    const { message } = change;
    const channel = workspace.channel(message.channel);
    if (message.visible_to !== undefined || !channel.members.has(APP.userId)) return;
    const ts = workspace.ids.timestamp;
    const send = (event: JsonRecord) => this.#send(EVENT_NAME[channel.kind], { ...event, channel_type: channel.kind });
    if (change.kind === 'reaction')
      this.#send(change.isAdded ? 'reaction_added' : 'reaction_removed', reactionEvent(change, ts()));
    else if (change.kind === 'message_deleted') send(deletedEvent(message, ts()));
    else if (change.isNew) this.#sendNew(message, send);
    else if (change.previous !== undefined) send(changedEvent(message, change.previous, ts()));
  }

  sendHomeOpened(userId: string, tab: 'home' | 'messages'): void {
    const { workspace } = this.#options;
    const view = tab === 'home' ? workspace.views.home(userId) : undefined;
    this.#send('app_home_opened', {
      type: 'app_home_opened',
      user: userId,
      channel: workspace.openDirectMessage(userId).id,
      tab,
      event_ts: workspace.ids.timestamp(),
      ...(view === undefined ? {} : { view }),
    });
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #send(subscription: string, event: JsonRecord): void {
    const { workspace, subscriptions, faults, log } = this.#options;
    if (!subscriptions.has(subscription)) return;
    const payload: JsonRecord = {
      token: VERIFICATION_TOKEN,
      team_id: APP.teamId,
      context_team_id: APP.teamId,
      context_enterprise_id: null,
      api_app_id: APP.appId,
      event,
      type: 'event_callback',
      event_id: workspace.ids.next('Ev'),
      event_time: workspace.now(),
      authorizations: [
        { enterprise_id: null, team_id: APP.teamId, user_id: APP.userId, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: false,
      event_context: `4-sandbox-${workspace.ids.next('E')}`,
    };
    this.#attempt(payload, 0, '').catch((cause: unknown) =>
      log?.error({ cause }, 'sandbox could not deliver an event'),
    );
    if (faults.takeDuplicate()) void this.#attempt(payload, 1, 'http_timeout');
  }

  /** A new message, the mention its text holds, and the files it shares. */
  #sendNew(message: StoredMessage, send: (event: JsonRecord) => void): void {
    const { workspace } = this.#options;
    const event = messageEvent(workspace, message);
    const isMention = message.user !== APP.userId && message.text.includes(`<@${APP.userId}>`);
    const isPrivate = workspace.channel(message.channel).kind === 'im';
    if (isMention && !isPrivate) this.#send('app_mention', { ...event, type: 'app_mention' });
    for (const shared of fileSharedEvents(message)) this.#send('file_shared', shared);
    send(event);
  }

  async #attempt(payload: JsonRecord, attempt: number, reason: string): Promise<void> {
    const { delivery, faults } = this.#options;
    await delivery.whenReady();
    await faults.passGate();
    if (this.#isStopped) return;
    const retry = attempt === 0 ? {} : { retry: { attempt, reason } };
    const answer = await delivery.deliver({ type: 'events_api', payload, ...retry });
    const delay = RETRY_DELAYS_MS[attempt];
    if (answer.acknowledged || answer.isFinal || this.#isStopped || delay === undefined) return;
    const next = RETRY_REASON[answer.reason];
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#attempt(payload, attempt + 1, next);
    }, delay);
    timer.unref();
    this.#timers.add(timer);
  }
}
