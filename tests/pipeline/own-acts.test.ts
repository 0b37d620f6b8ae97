import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OwnActs } from '../../src/core/action-io.ts';
import { SeepassError } from '../../src/errors.ts';
import { createOwnActs } from '../../src/pipeline/own-acts.ts';
import { createOwnerNotices, OWNER_NOTICE_KIND, type OwnerNotices } from '../../src/pipeline/owner-notices.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { buildApprovedPost } from '../../src/slack/views/approved-post.ts';
import { buildOwnerNotice } from '../../src/slack/views/owner-notice.ts';
import { actionContext } from '../support/action-context.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { createStoreContext } from '../support/store-context.ts';

const policy = { admins: ['U0ADMIN01'], approvers: [] };
const MINUTE = 60_000;
const [OPEN, CLOSED] = ['C0OPEN001', 'C0CLOSED1'];
const OUT_OF_REACH: Readonly<Record<string, string>> = { [CLOSED]: 'shared', C0ALONE01: 'not_in_channel' };

describeOnEveryDatabase('what Seepass does for an approved action', (open) => {
  let handle: DatabaseHandle;
  let workspaces = 0;
  let context: ReturnType<typeof createStoreContext>;
  let stores: Stores;
  let notices: OwnerNotices;
  let acts: OwnActs;
  const asked: unknown[] = [];
  /** Of the workspace. */
  const fallbacks: string[] = [];
  beforeAll(async () => {
    handle = await open();
  });
  beforeEach(() => {
    workspaces += 1;
    asked.length = 0;
    fallbacks.splice(0, 9, 'U0ADMIN01', 'U0ADMIN02');
    context = createStoreContext({ workspace: `w${workspaces}` });
    stores = createStores(handle, context);
    const mayPost = async (channel: string) => channel !== CLOSED;
    notices = createOwnerNotices({
      ...{ stores, policy, mayPost, clock: context.clock, log: silentLog, fallbacks },
      whyOutOfReach: async (channel) => OUT_OF_REACH[channel] ?? null,
      renderNotice: (notice, to, untold) => buildOwnerNotice(notice, { to, untold }, 'Europe/Berlin'),
    });
    acts = createOwnActs({
      ...{ stores, policy, notices, mayPost, timezone: 'Europe/Berlin', renderPost: buildApprovedPost },
      desk: {
        act: async (...what) => {
          asked.push(what);
          throw new SeepassError('not_found', 'There is no such incident any more.');
        },
      },
      subscribing: {
        subscribe: async (...what) => {
          asked.push(what);
          throw new SeepassError('forbidden', 'Only people in #ops may subscribe it.', { fix: 'Join it first.' });
        },
      },
    });
  });

  const outbox = () =>
    handle.kysely
      .selectFrom('outbox')
      .select(['kind', 'channel', 'sequence', 'operation', 'payload'])
      .where('workspace_id', '=', context.workspace)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
  const owner = {
    owner: 'U0OWNER01',
    channel: null,
    text: 'Look at /checkout',
    escalateTo: 'C0LEADS01',
    afterMinutes: 30,
  };

  it('posts once however often it is repeated, and not where it may not', async () => {
    expect(await acts.post(OPEN, 'Card payments <!channel> fail', actionContext())).toMatchObject({ kind: 'done' });
    await acts.post(OPEN, 'Card payments <!channel> fail', actionContext());
    expect(await acts.post(CLOSED, 'Hello', actionContext({ idempotencyKey: 'other' }))).toMatchObject({
      kind: 'not_done',
    });
    const sent = await outbox();
    expect(sent.map(({ channel }) => channel)).toEqual([OPEN]);
    expect(JSON.stringify(sent)).toContain('&lt;!channel&gt;');
    expect(JSON.stringify(sent)).toContain('Posted for P-12, approved by <@U00000MAYA>');
  });

  it('marks a moment once', async () => {
    const mark = {
      kind: 'release',
      at: context.clock(),
      surface_pattern: '/checkout',
      text: 'web@1.42.0 out',
    } as const;
    for (let time = 0; time < 2; time += 1) {
      expect(await acts.annotate(mark, actionContext())).toMatchObject({ kind: 'done' });
      context.advance(10 * MINUTE);
    }
    const marks = await handle.kysely
      .selectFrom('annotations')
      .select('created_by')
      .where('workspace_id', '=', context.workspace)
      .execute();
    expect(marks).toEqual([{ created_by: 'U00000MAYA' }]);
  });

  it('declares maintenance once', async () => {
    const start = context.clock();
    const window = {
      starts_at: start,
      ends_at: start + 60 * MINUTE,
      surface_pattern: '/checkout*',
      reason: 'database move',
    };
    await acts.maintain(window, actionContext());
    expect(await acts.maintain(window, actionContext())).toMatchObject({ kind: 'done' });
    expect(await stores.maintenance.list({ start, end: start + 60 * MINUTE })).toHaveLength(1);
  });

  it('says in words what was refused, and then nothing was done', async () => {
    const incident = '0197f0aa-0000-7000-8000-000000000009';
    expect(await acts.snooze(incident, context.clock() + MINUTE, actionContext())).toEqual({
      ...{ kind: 'not_done', words: 'There is no such incident any more.', retryAfterMs: null },
    });
    expect(await acts.subscribe(OPEN, 'alerts /checkout*', actionContext())).toMatchObject({
      words: 'Only people in #ops may subscribe it. Join it first.',
    });
    expect(asked).toHaveLength(2);
    expect(await acts.subscribe(OPEN, 'digest at 25:00', actionContext())).toMatchObject({ kind: 'not_done' });
    expect(asked).toHaveLength(2);
  });

  it('tells an owner once, and whoever comes next where nobody answers in time', async () => {
    expect(await acts.tellOwner(owner, actionContext())).toMatchObject({ kind: 'done' });
    await acts.tellOwner(owner, actionContext());
    expect(await notices.escalate()).toBe(0);
    context.advance(30 * MINUTE);
    expect(await notices.escalate()).toBe(1);
    expect(await notices.escalate()).toBe(0);
    const sent = await outbox();
    expect(sent.map(({ channel, sequence }) => [channel, sequence])).toEqual([
      ['U0OWNER01', 0],
      ['C0LEADS01', 1],
    ]);
    expect(JSON.stringify(sent[1])).toContain('has not answered');
  });

  const escalated = async (escalateTo: string | null, changes: Partial<typeof owner> = {}) => {
    await acts.tellOwner({ ...owner, ...changes, escalateTo }, actionContext());
    context.advance(30 * MINUTE);
    const told = await notices.escalate();
    expect(await notices.escalate()).toBe(0);
    return { told, sent: (await outbox()).slice(1) };
  };
  const entries = async () =>
    (await stores.audit.list(20))
      .filter(({ action }) => action === 'owner.notice')
      .map(({ outcome, details: { to, reason } }) => [outcome, to, reason])
      .reverse();
  /** Slack takes no message to that channel. */
  const fails = async (channel: string) => {
    for (const item of await stores.outbox.claim('a', MINUTE, 9))
      if (item.channel === channel)
        await stores.outbox.markNotSent(item.id, 'a', 'not_in_channel', { retryAt: null, mayBePosted: false });
      else await stores.outbox.markSent(item.id, 'a', '1.1');
  };

  it.each([
    ['is shared with another company', CLOSED, 'shared', 'it is shared with another company'],
    ['it is no member of', 'C0ALONE01', 'not_in_channel', 'I am not a member of it any more'],
    ['no channel is known for', 'S0GROUP01', 'no_channel', 'no channel is declared for it'],
  ])(
    'tells an admin where whoever comes next %s, and says who was not told and why',
    async (_, next, reason, words) => {
      const { told, sent } = await escalated(next);
      expect(told).toBe(1);
      expect(sent.map(({ channel, sequence }) => [channel, sequence])).toEqual([['U0ADMIN01', 2]]);
      expect(JSON.stringify(sent)).toContain(words);
      expect(await entries()).toEqual([
        ['sent', undefined, undefined],
        ['not_told', next, reason],
        ['escalated', 'U0ADMIN01', undefined],
      ]);
    },
  );

  it('says that nobody was told where nobody could be, once', async () => {
    fallbacks.splice(0, 9, CLOSED);
    const { told, sent } = await escalated('C0ALONE01');
    expect([told, sent]).toEqual([0, []]);
    expect((await entries()).slice(1)).toEqual([
      ['not_told', 'C0ALONE01', 'not_in_channel'],
      ['not_told', CLOSED, 'shared'],
    ]);
    const [notice] = await handle.kysely
      .selectFrom('owner_notices')
      .select('escalated_at')
      .where('workspace_id', '=', context.workspace)
      .execute();
    expect(notice).toEqual({ escalated_at: null });
  });

  it('tells the next one of what Slack did not take, one after the other', async () => {
    const { told } = await escalated('C0LEADS01');
    expect(told).toBe(1);
    await fails('C0LEADS01');
    expect(await notices.escalate()).toBe(1);
    await fails('U0ADMIN01');
    expect(await notices.escalate()).toBe(1);
    await fails('U0ADMIN02');
    expect(await notices.escalate()).toBe(0);
    expect(await notices.escalate()).toBe(0);
    expect((await outbox()).map(({ channel, sequence }) => [channel, sequence])).toEqual([
      ['U0OWNER01', 0],
      ['C0LEADS01', 1],
      ['U0ADMIN01', 2],
      ['U0ADMIN02', 3],
    ]);
    expect((await entries()).slice(1)).toEqual([
      ['escalated', 'C0LEADS01', undefined],
      ['not_told', 'C0LEADS01', 'not_in_channel'],
      ['escalated', 'U0ADMIN01', undefined],
      ['not_told', 'U0ADMIN01', 'not_in_channel'],
      ['escalated', 'U0ADMIN02', undefined],
      ['not_told', 'U0ADMIN02', 'not_in_channel'],
    ]);
  });

  it('tells the next one at once where the owner could not be told, and that it did not reach them', async () => {
    await acts.tellOwner(owner, actionContext());
    await fails('U0OWNER01');
    expect(await notices.escalate()).toBe(1);
    context.advance(30 * MINUTE);
    expect(await notices.escalate()).toBe(0);
    const [, next] = await outbox();
    expect(next?.channel).toBe('C0LEADS01');
    expect(JSON.stringify(next)).toContain('answers for this, and could not be told');
  });

  it('tells one where several processes look at once', async () => {
    await acts.tellOwner({ ...owner, escalateTo: CLOSED }, actionContext());
    context.advance(30 * MINUTE);
    const told = await Promise.all([notices.escalate(), notices.escalate(), notices.escalate()]);
    expect(told.reduce((all, one) => all + one)).toBe(1);
    expect((await entries()).map(([outcome]) => outcome)).toEqual(['sent', 'not_told', 'escalated']);
  });

  it('tells nobody else once somebody said that they saw it, and says who was first', async () => {
    await acts.tellOwner(owner, actionContext());
    const key = actionContext().idempotencyKey;
    const { id } = await stores.ownerNotices.add(key, {
      ...owner,
      proposalId: null,
      incidentId: null,
      channel: 'U0OWNER01',
      sentAt: 0,
      escalateAt: 1,
    });
    const seen = await notices.acknowledge(id, { actor: 'U0OWNER01', channel: 'D1' });
    expect(seen.acknowledgedBy).toBe('U0OWNER01');
    await expect(notices.acknowledge(id, { actor: 'U0SECOND1', channel: 'D1' })).rejects.toThrow(
      'U0OWNER01 has seen it already',
    );
    await expect(notices.acknowledge('nonsense', { actor: 'U1', channel: null })).rejects.toThrow('no such notice');
    context.advance(60 * MINUTE);
    expect(await notices.escalate()).toBe(0);
    const sent = await outbox();
    expect(sent.map(({ kind, operation }) => [kind, operation])).toEqual([
      [OWNER_NOTICE_KIND, 'post'],
      [`${OWNER_NOTICE_KIND}_seen`, 'update'],
    ]);
    expect(JSON.stringify(sent[1]?.payload)).not.toContain('"button"');
  });

  it('leaves an audit row of all of it', async () => {
    await acts.tellOwner(owner, actionContext());
    context.advance(30 * MINUTE);
    await notices.escalate();
    const rows = (await stores.audit.list(10)).filter(({ action }) => action === 'owner.notice');
    expect(rows.map(({ outcome }) => outcome).sort()).toEqual(['escalated', 'sent']);
  });
});

describe('a notice to an owner', () => {
  it('never lets a text mention anybody', () => {
    const notice = {
      ...{
        id: 'n',
        proposalId: null,
        incidentId: null,
        owner: 'S0GROUP01',
        channel: 'C0OPS0001',
        text: '<!here> <@U0VICTIM1>',
      },
      ...{
        sentAt: 0,
        acknowledgedBy: null,
        acknowledgedAt: null,
        escalateTo: null,
        escalateAt: null,
        escalatedAt: null,
        rung: 0,
      },
    };
    const { text, blocks } = buildOwnerNotice(notice, { to: 'owner' }, 'UTC');
    expect(text).toBe('<!subteam^S0GROUP01>, this is yours to look at: &lt;!here&gt; &lt;@U0VICTIM1&gt;');
    expect(JSON.stringify(blocks)).not.toContain('<!here>');
  });
});
