/** Telling whoever answers for something, and somebody else where nobody says that they saw it. */
import type { OwnerMessage } from '../core/action-io.ts';
import type { ActionContext, ActionResult } from '../core/actions.ts';
import { effectiveRoles, type RolePolicy } from '../core/policy/roles.ts';
import type { OwnerNotice } from '../core/proposal/owner-notice.ts';
import { ConflictError, SeepassError } from '../errors.ts';
import type { Clock, OutgoingMessage, Stores } from './ports.ts';
import { tryEach } from './try-each.ts';

/** Outbox kind; the subject is the notice's id, sequence 0 the owner's and 1 that of whoever comes next. */
export const OWNER_NOTICE_KIND = 'owner_notice';

const MINUTE = 60_000;
const AT_ONCE = 50;

export interface OwnerNoticesDeps {
  stores: Pick<Stores, 'ownerNotices' | 'outbox' | 'roles'>;
  policy: RolePolicy;
  clock: Clock;
  /** Whether Seepass may post there by itself; people are always told directly. */
  mayPost(channel: string): Promise<boolean>;
  /** How the platform writes a person; the bare id when left out. */
  mention?: (userId: string) => string;
  /** The notice as it stands: with a button while nobody has said that they saw it. */
  renderNotice(notice: OwnerNotice, to: 'owner' | 'next'): OutgoingMessage;
}

export interface OwnerNotices {
  /** Once per key of the context. */
  tell(message: OwnerMessage, context: ActionContext): Promise<ActionResult>;
  /** Shows it on its message, too. @throws ConflictError that says who was first, `not_found`. */
  acknowledge(id: string, by: { actor: string; channel: string | null }): Promise<OwnerNotice>;
  /** Tells whoever comes next of what nobody has acknowledged in time. Safe at any time, from any process. */
  escalate(): Promise<number>;
}

export function createOwnerNotices(deps: OwnerNoticesDeps): OwnerNotices {
  const { stores, policy, clock, mayPost, renderNotice, mention = (userId) => userId } = deps;

  const send = (notice: OwnerNotice, to: 'owner' | 'next', channel: string): Promise<boolean> =>
    stores.outbox.enqueue({
      kind: OWNER_NOTICE_KIND,
      channel,
      subject: notice.id,
      sequence: to === 'owner' ? 0 : 1,
      message: renderNotice(notice, to),
    });

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
      await send(notice, 'owner', where);
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
        message: renderNotice(seen, 'owner'),
        operation: 'update',
        parent: { kind: OWNER_NOTICE_KIND, subject: seen.id },
      });
      return seen;
    },

    async escalate() {
      let told = 0;
      await tryEach(await stores.ownerNotices.listOverdue(clock(), AT_ONCE), async (notice) => {
        const next = notice.escalateTo;
        if (next === null) return;
        // In the outbox first, where it is once however often this runs: who dies in between loses nothing.
        const channel = next.startsWith('S') ? notice.channel : next;
        if (/^[UW]/.test(channel) || (await mayPost(channel))) await send(notice, 'next', channel);
        if (await stores.ownerNotices.markEscalated(notice.id)) told += 1;
      });
      return told;
    },
  };
}
