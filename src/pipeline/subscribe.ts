/** Subscribing channels: who may, to what, and whether it can be kept. */
import { nextDue } from '../core/delivery/schedule.ts';
import type { Subscription } from '../core/delivery/subscription.ts';
import {
  type AlertDefaults,
  completeWish,
  type Wish,
  type WishDefaults,
  type WishPart,
} from '../core/delivery/wish.ts';
import type { Audience } from '../core/policy/audience.ts';
import { channelForbidden, type PolicedChannel } from '../core/policy/channel-policy.ts';
import { spansText } from '../core/query/answer/spans.ts';
import type { Role } from '../core/records.ts';
import { type ErrorCode, SeepassError } from '../errors.ts';
import type { Answering } from './ask/answering.ts';
import { DeliveryError } from './delivery-error.ts';
import type { Clock, Declarer } from './ports.ts';
import type { SubscriptionStore } from './subscriptions.ts';

/** Why a wish was not granted, in words for the person, and which part of it is to blame. */
export class WishRefused extends SeepassError {
  readonly part: WishPart;

  constructor(part: WishPart, code: ErrorCode, message: string, fix?: string) {
    super(code, message, fix === undefined ? {} : { fix });
    this.name = 'WishRefused';
    this.part = part;
  }
}

/** A channel as far as Seepass can see it. */
export interface ChannelFacts extends PolicedChannel {
  isArchived: boolean;
  /** Whether Seepass was invited. */
  hasApp: boolean;
}

/** What is known of channels. */
export interface Channels {
  /** The id of a channel given by id or name. @throws when Seepass sees none. */
  channelId(nameOrId: string): Promise<string>;
  /** Null where Seepass cannot see it. */
  describe(channel: string): Promise<ChannelFacts | null>;
  /** What is known of it is out of date. */
  forget(channel: string): void;
  isIn(channel: string, user: string): Promise<boolean>;
  audienceOf(channel: string): Promise<Audience>;
}

/** A person and the channel they speak in. */
export interface Subscriber {
  /** Slack user id. */
  user: string;
  channel: string;
}

export interface SubscriptionDesk {
  /**
   * Subscribes a channel, and runs what was paused there again.
   * @throws WishRefused `not_found`, `forbidden` or `bad_arguments`.
   */
  subscribe(wish: Wish, by: Subscriber): Promise<Subscription>;
  /** @throws SeepassError `not_found`; `forbidden` for those who are neither in the channel nor made it nor an admin. */
  unsubscribe(number: number, by: Subscriber): Promise<Subscription>;
  /**
   * Runs what was paused in a channel again, as Seepass is in it now; where it may not post, all stays as it is.
   * @param inviter Slack user id; null where nobody is named.
   */
  resume(channel: string, inviter: string | null): Promise<Subscription[]>;
  /** The channel's, and the person's own elsewhere, by number. */
  list(by: Subscriber): Promise<Subscription[]>;
  /** What a form begins with that is opened in a channel. */
  startIn(channel: string): WishDefaults;
}

export interface SubscriptionDeskDeps {
  subscriptions: SubscriptionStore;
  answering: Pick<Answering, 'ask' | 'rolesOf'>;
  channels: Omit<Channels, 'forget'>;
  /** Channels that may be subscribed, by id or name; empty for all but shared ones. */
  listed: readonly string[];
  clock: Clock;
  /** IANA zone of the workspace. */
  timezone: string;
  /** What the workspace's admins set for alerts that say nothing of it. */
  readAlertDefaults(): Promise<AlertDefaults>;
  /** The time of day of subscriptions that say none, minutes after midnight. */
  minute: number;
}

export function createSubscriptionDesk(deps: SubscriptionDeskDeps): SubscriptionDesk {
  const { subscriptions, answering, channels, clock } = deps;

  const declarer = async ({ user, channel }: Subscriber): Promise<{ by: Declarer; roles: Role[] }> => {
    const roles = await answering.rolesOf(user);
    return { by: { actor: user, role: roles.at(-1) ?? 'viewer', channel }, roles };
  };

  return {
    async subscribe(wish, asker) {
      const channel = await chosenChannel(deps, wish.channel, asker);
      const { by, roles } = await declarer(asker);
      if (wish.question !== null) await tryQuestion(deps, wish.question, { user: asker.user, roles, channel });
      const zone = wish.zone ?? (await zoneOf(deps, channel));
      const wanted = completeWish(wish, { channel, minute: deps.minute, zone, alerts: await deps.readAlertDefaults() });
      const nextDueAt = wanted.schedule === null ? null : nextDue(wanted.schedule, clock());
      const subscription = await subscriptions.add({ ...wanted, nextDueAt }, by);
      await subscriptions.resume(channel, by);
      return subscription;
    },

    async unsubscribe(number, asker) {
      const { by, roles } = await declarer(asker);
      const found = await subscriptions.find(number);
      const isOurs =
        found !== undefined &&
        (found.channel === asker.channel ||
          found.createdBy === asker.user ||
          roles.includes('admin') ||
          (await channels.isIn(found.channel, asker.user)));
      // Whoever is not in a channel does not learn what is subscribed there either.
      if (!isOurs)
        throw new SeepassError('not_found', `There is no subscription #${number} of yours.`, {
          fix: 'The channel’s people, whoever made it and admins may end one; `/seepass subscriptions` lists them.',
        });
      return subscriptions.end(number, by);
    },

    async resume(channel, inviter) {
      const facts = await channels.describe(channel);
      if (facts && channelForbidden(facts, deps.listed)) return [];
      const by = inviter === null ? 'system' : (await declarer({ user: inviter, channel })).by;
      return subscriptions.resume(channel, by);
    },

    async list({ user, channel }) {
      return (await subscriptions.list()).filter((one) => one.channel === channel || one.createdBy === user);
    },

    startIn: (channel) => ({ channel, zone: deps.timezone, minute: deps.minute }),
  };
}

const INVITE = 'invite me with /invite @Seepass';

const refused = (code: ErrorCode, message: string, fix: string): WishRefused =>
  new WishRefused('channel', code, message, fix);

async function chosenChannel(
  { channels, listed }: SubscriptionDeskDeps,
  named: string | null,
  { user, channel: here }: Subscriber,
): Promise<string> {
  const id = named === null ? here : await channels.channelId(named).catch(nullWhereUnknown);
  const facts = id === null ? null : await channels.describe(id);
  if (id === null || facts === null) {
    const where = named === null ? 'here' : /^[CGD][A-Z0-9]{7,}$/.test(named) ? 'of that kind' : `#${named}`;
    throw refused(
      'not_found',
      `There is no channel ${where} that I can see.`,
      `If it is private, ${INVITE} there first.`,
    );
  }
  const name = facts.name === null ? 'this conversation' : `#${facts.name}`;
  if (facts.isArchived) throw refused('bad_arguments', `${name} is archived.`, 'Choose another channel.');
  const forbidden = channelForbidden(facts, listed);
  if (forbidden === 'shared')
    throw refused('forbidden', `${name} is shared with another company.`, 'An admin can list it in SEEPASS_CHANNELS.');
  if (forbidden === 'not_listed')
    throw refused(
      'forbidden',
      `${name} is not among the channels I may post to.`,
      'An admin can add it to SEEPASS_CHANNELS.',
    );
  if (id !== here && !(await channels.isIn(id, user)))
    throw refused('forbidden', `Only people in ${name} may subscribe it.`, 'Join it first.');
  if (!facts.hasApp) throw refused('bad_arguments', `I am not in ${name} yet.`, `First ${INVITE} there.`);
  return id;
}

/** Slack being away is no answer. */
function nullWhereUnknown(error: unknown): null {
  if (error instanceof DeliveryError && error.failure === 'permanent') return null;
  throw error;
}

/** What cannot be answered now is not kept to be asked every week. */
async function tryQuestion(
  { answering, channels, clock }: SubscriptionDeskDeps,
  question: string,
  { user, roles, channel }: { user: string; roles: Role[]; channel: string },
): Promise<void> {
  const { reading, body } = await answering.ask({
    question,
    asOf: clock(),
    asker: { user, roles },
    audience: await channels.audienceOf(channel),
    channel,
    threadId: null,
  });
  if (!['refuse', 'clarify', 'help'].includes(reading.intent)) return;
  const said = [body.headline, ...body.sentences].map(spansText).join(' ').trim();
  throw new WishRefused('question', 'bad_arguments', `I did not save that question. ${said}`);
}

/** A channel keeps to one zone: that of what it gets already, else the workspace's. */
async function zoneOf({ subscriptions, timezone }: SubscriptionDeskDeps, channel: string): Promise<string> {
  const [first] = (await subscriptions.list(channel)).flatMap(({ schedule }) => schedule ?? []);
  return first?.zone ?? timezone;
}
