/** What Seepass itself does for an approved action: each as the person who approved it could do by a command. */
import type { OwnActs } from '../core/action-io.ts';
import type { ActionContext, ActionResult } from '../core/actions.ts';
import { parseSubscription } from '../core/delivery/parse-subscription.ts';
import { formatMoment } from '../core/facts/render.ts';
import { effectiveRoles, type RolePolicy } from '../core/policy/roles.ts';
import { SeepassError } from '../errors.ts';
import type { Declarer } from './declarer.ts';
import type { IncidentDesk } from './incidents.ts';
import type { OwnerNotices } from './owner-notices.ts';
import type { OutgoingMessage, Stores } from './ports.ts';
import type { SubscriptionDesk } from './subscribe.ts';

export interface OwnActsDeps {
  stores: Pick<Stores, 'outbox' | 'annotations' | 'maintenance' | 'incidents' | 'roles'>;
  policy: RolePolicy;
  /** IANA zone of the times in summaries. */
  timezone: string;
  desk: IncidentDesk;
  subscribing: Pick<SubscriptionDesk, 'subscribe'>;
  notices: OwnerNotices;
  /** Whether Seepass may post there by itself. */
  mayPost(channel: string): Promise<boolean>;
  /** Words that somebody approved, as a message with where it comes from. */
  renderPost(text: string, context: { proposal: string; approvedBy: readonly string[] }): OutgoingMessage;
}

/** Outbox kind; the subject is the execution's key. */
export const APPROVED_POST_KIND = 'approved_post';

const SYSTEM = 'system';
/** An instant may be told by the minute: two windows as near as this are one. */
const SAME_MS = 60_000;

/** Repeating one under its key changes nothing: what is there already is what it made. */
export function createOwnActs(deps: OwnActsDeps): OwnActs {
  const { stores, policy, timezone, desk, subscribing, notices } = deps;

  const declarer = async ({ approvedBy }: ActionContext): Promise<Declarer> => {
    const [actor = SYSTEM] = approvedBy;
    const role = effectiveRoles(actor, await stores.roles.rolesOf(actor), policy).at(-1) ?? 'viewer';
    return { actor, role, channel: null };
  };

  return {
    post: (channel, text, context) =>
      telling(async () => {
        if (!(await deps.mayPost(channel))) return refused('I may not post in that channel.');
        await stores.outbox.enqueue({
          kind: APPROVED_POST_KIND,
          channel,
          subject: context.idempotencyKey,
          sequence: 0,
          message: deps.renderPost(text, context),
        });
        return done('Posted.');
      }),

    tellOwner: (message, context) => telling(() => notices.tell(message, context)),

    annotate: (annotation, context) =>
      telling(async () => {
        await stores.annotations.add(annotation, await declarer(context));
        return done(`Marked ${formatMoment(annotation.at, timezone)}: ${annotation.text}`);
      }),

    maintain: (window, context) =>
      telling(async () => {
        const known = await stores.maintenance.list({ start: window.starts_at, end: window.ends_at });
        const isThere = known.some(
          (one) =>
            one.reason === window.reason &&
            one.surface_pattern === window.surface_pattern &&
            Math.abs(one.starts_at - window.starts_at) < SAME_MS &&
            Math.abs(one.ends_at - window.ends_at) < SAME_MS,
        );
        if (!isThere) await stores.maintenance.add(window, await declarer(context));
        return done(
          `${window.surface_pattern ?? 'Every page'} is under maintenance until ${formatMoment(window.ends_at, timezone)}.`,
        );
      }),

    snooze: (incidentId, until, context) =>
      telling(async () => {
        const { actor } = await declarer(context);
        const held = (await stores.incidents.find(incidentId))?.snoozedUntil ?? null;
        if (held === null || Math.abs(held - until) >= SAME_MS)
          await desk.act(incidentId, { kind: 'snooze', until, note: context.why }, { actor, channel: null });
        return done(`Snoozed until ${formatMoment(until, timezone)}.`);
      }),

    subscribe: (channel, words, context) =>
      telling(async () => {
        const { wish, faults } = parseSubscription(words);
        if (wish === null) return refused(faults.map(({ says }) => says).join(' '));
        const { actor } = await declarer(context);
        const { number } = await subscribing.subscribe({ ...wish, channel }, { user: actor, channel });
        return done(`Subscribed the channel, as #${number}.`);
      }),
  };
}

const done = (summary: string): ActionResult => ({ kind: 'done', summary, link: null, details: {} });

const refused = (words: string): ActionResult => ({ kind: 'not_done', words, retryAfterMs: null });

/** What is refused in words was not done; anything else that is thrown is a fault of ours, and nobody knows. */
async function telling(act: () => Promise<ActionResult>): Promise<ActionResult> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof SeepassError) || error.code === 'database_unavailable' || error.code === 'internal')
      throw error;
    return refused(error.line);
  }
}
