/** Telling whoever answers for something, and somebody else where nobody says that they saw it. */
import type { OwnerMessage } from '../core/action-io.ts';
import type { ActionContext, ActionResult } from '../core/actions.ts';
import { effectiveRoles, type RolePolicy } from '../core/policy/roles.ts';
import type { OwnerNotice, UntoldRung } from '../core/proposal/owner-notice.ts';
import { ConflictError, SeepassError } from '../errors.ts';
import type { Clock, Log, OutgoingMessage, Stores } from './ports.ts';
import { tryEach } from './try-each.ts';

/** Outbox kind; the subject is the notice's id, the sequence its rung: 0 the owner, 1 whoever comes next, and so on. */
export const OWNER_NOTICE_KIND = 'owner_notice';

const MINUTE = 60_000;
const AT_ONCE = 50;
/** What the platform did not take for longer is nobody's news any more. */
const FOLLOWED_MS = 86_400_000;

export interface OwnerNoticesDeps {
  stores: Pick<Stores, 'ownerNotices' | 'outbox' | 'roles'>;
  policy: RolePolicy;
  clock: Clock;
  /** Whether Seepass may post there by itself; people are always told directly. */
  mayPost(channel: string): Promise<boolean>;
  /** Why nobody would be told there, by the policy's or the platform's code; null where a message may be tried. */
  whyOutOfReach(channel: string): Promise<string | null>;
  /** People and channels that are told, the first that can be, where whoever comes next cannot be. */
  fallbacks: readonly string[];
  log: Log;
  /** How the platform writes a person; the bare id when left out. */
  mention?: (userId: string) => string;
  /** The notice as it stands: with a button while nobody has said that they saw it. `untold` could not be told before. */
  renderNotice(notice: OwnerNotice, to: 'owner' | 'next', untold: readonly UntoldRung[]): OutgoingMessage;
}

export interface OwnerNotices {
  /** Once per key of the context. */
  tell(message: OwnerMessage, context: ActionContext): Promise<ActionResult>;
  /** Shows it on its message, too. @throws ConflictError that says who was first, `not_found`. */
  acknowledge(id: string, by: { actor: string; channel: string | null }): Promise<OwnerNotice>;
  /**
   * Tells whoever comes next of what nobody has acknowledged in time, or what did not reach whom it was sent to. Who cannot
   * be told is noted as not told, with the reason, and the next one is told. Safe at any time, from any process.
   * @returns of how many notices somebody was told.
   */
  escalate(): Promise<number>;
}

export function createOwnerNotices(deps: OwnerNoticesDeps): OwnerNotices {
  const { stores, policy, clock, mayPost, renderNotice, mention = (userId) => userId, log } = deps;

  const send = (notice: OwnerNotice, rung: number, channel: string, untold: readonly UntoldRung[]): Promise<boolean> =>
    stores.outbox.enqueue({
      kind: OWNER_NOTICE_KIND,
      channel,
      subject: notice.id,
      sequence: rung,
      message: renderNotice(notice, rung === 0 ? 'owner' : 'next', untold),
    });

  /** Tells the first after the notice's rung who can be told. */
  async function climb(notice: OwnerNotice, failed: readonly UntoldRung[]): Promise<boolean> {
    const untold = [...failed];
    const rungs = rungsOf(notice, deps.fallbacks);
    for (const { rung, who, channel } of rungs.filter((one) => one.rung > notice.rung)) {
      const reason = channel === null ? 'no_channel' : await deps.whyOutOfReach(channel);
      if (channel === null || reason !== null) {
        untold.push({ who, reason: reason ?? 'no_channel' });
        continue;
      }
      // In the outbox first, where it is once however often this runs: who dies in between loses nothing.
      await send(notice, rung, channel, untold);
      return stores.ownerNotices.escalate(notice.id, notice.rung, { untold, told: who, rung });
    }
    const last = Math.max(notice.rung, ...rungs.map(({ rung }) => rung)) + 1;
    if (await stores.ownerNotices.escalate(notice.id, notice.rung, { untold, told: null, rung: last }))
      log.error({ notice: notice.id, untold }, 'nobody can be told of what an owner has not answered');
    return false;
  }

  return {
    async tell({ owner, channel, text, escalateTo, afterMinutes }, context) {
      const where = channel ?? owner;
      if (channel !== null && !(await mayPost(channel)))
        return {
          kind: 'not_done',
          words: 'I may not post in the channel where they would be told.',
          retryAfterMs: null,
        };
      const notice = await stores.ownerNotices.add(context.idempotencyKey, {
        proposalId: context.about.proposalId,
        incidentId: context.about.incidentId,
        ...{ owner, text, escalateTo, channel: where, sentAt: clock() },
        escalateAt: escalateTo === null ? null : clock() + afterMinutes * MINUTE,
      });
      await send(notice, 0, where, []);
      return { kind: 'done', summary: 'The owner was told.', link: null, details: { notice: notice.id } };
    },

    async acknowledge(id, { actor, channel }) {
      const role = effectiveRoles(actor, await stores.roles.rolesOf(actor), policy).at(-1) ?? 'viewer';
      const seen = await stores.ownerNotices.acknowledge(id, { actor, role, channel });
      if (seen === undefined) {
        const found = await stores.ownerNotices.find(id);
        if (found?.acknowledgedBy) throw new ConflictError(`${mention(found.acknowledgedBy)} has seen it already.`);
        throw new SeepassError('not_found', 'There is no such notice any more.');
      }
      await stores.outbox.enqueue({
        kind: `${OWNER_NOTICE_KIND}_seen`,
        channel: seen.channel,
        subject: seen.id,
        sequence: 0,
        message: renderNotice(seen, 'owner', []),
        operation: 'update',
        parent: { kind: OWNER_NOTICE_KIND, subject: seen.id },
      });
      return seen;
    },

    async escalate() {
      let told = 0;
      const next = async (notice: OwnerNotice, failed: readonly UntoldRung[]): Promise<void> => {
        if (await climb(notice, failed)) told += 1;
      };
      const now = clock();
      const undelivered = await stores.ownerNotices.listUndelivered(now - FOLLOWED_MS, AT_ONCE);
      await tryEach(undelivered, ({ notice, reason }) =>
        next(notice, [{ who: whoAt(notice, deps.fallbacks), reason }]),
      );
      await tryEach(await stores.ownerNotices.listOverdue(now, AT_ONCE), (notice) => next(notice, []));
      return told;
    },
  };
}

interface Rung {
  rung: number;
  /** Slack id of a person, a group or a channel. */
  who: string;
  /** Where they are told; null where nobody knows. */
  channel: string | null;
}

/** Who is told after the owner, in order: whoever the workspace names, then the fallbacks. */
function rungsOf({ channel: first, escalateTo: next }: OwnerNotice, fallbacks: readonly string[]): Rung[] {
  // A group is told in the channel of the owner's; a person's own messages are none.
  const shared = isPerson(first) ? null : first;
  const named = next === null ? [] : [{ who: next, channel: next.startsWith('S') ? shared : next }];
  const others = fallbacks.filter((who) => who !== next && who !== first).map((who) => ({ who, channel: who }));
  return [...named, ...others].map((one, index) => ({ ...one, rung: index + 1 }));
}

/** Whom a notice's last message was for. */
const whoAt = (notice: OwnerNotice, fallbacks: readonly string[]): string =>
  rungsOf(notice, fallbacks).find(({ rung }) => rung === notice.rung)?.who ?? notice.owner;

const isPerson = (id: string): boolean => /^[UW]/.test(id);
