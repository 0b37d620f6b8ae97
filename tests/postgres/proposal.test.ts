import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { changeOf } from '../../src/core/proposal/change.ts';
import { endOf, queuedExecution } from '../../src/core/proposal/execution.ts';
import type { Proposal, ProposalSubject } from '../../src/core/proposal/proposal.ts';
import type { ExecutionStore, ProposalStore } from '../../src/pipeline/acting.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const DAY_MS = 86_400_000;
const LEASE_MS = 30_000;
const SUBJECT: ProposalSubject = { kind: 'incident', incidentId: uuidv7(), surface: '/checkout' };
const by = (actor: string) => ({ actor, role: 'approver', channel: 'C1' }) as const;

describeOnEveryDatabase('proposals and their executions', (open) => {
  let handle: DatabaseHandle;
  let workspaces = 0;
  let context: ReturnType<typeof createStoreContext>;
  let stores: Stores;
  let proposals: ProposalStore;
  let executions: ExecutionStore;
  beforeAll(async () => {
    handle = await open();
  });
  beforeEach(() => {
    workspaces += 1;
    context = createStoreContext({ workspace: `w${workspaces}` });
    stores = createStores(handle, context);
    ({ proposals, executions } = stores);
  });

  const ensure = (key = 'a key', subject: ProposalSubject = SUBJECT) =>
    proposals.ensure(
      {
        ...{ key, subject, proposedBy: 'system', why: 'Errors 6.9x normal.' },
        action: { type: 'simulate', title: 'Roll back', risk: 'low', parameters: { surface: '/checkout' } },
        expectation: {
          metric: 'error_rate',
          surface: '/checkout',
          direction: 'down',
          observed: 0.083,
          normal: 0.012,
          size: null,
          horizonHours: 24,
          since: context.clock() - 3_600_000,
        },
        expiresAt: context.clock() + DAY_MS,
      },
      'system',
    );

  const approve = (proposal: Proposal, user = 'U1') => {
    const at = context.clock();
    const to: Partial<Proposal> = {
      ...{ state: 'approved', decidedBy: user, decidedAt: at, approvals: [{ user, at, version: proposal.version }] },
      execution: queuedExecution(uuidv7(), at, at),
    };
    return proposals.save(changeOf(proposal, to, 'proposal.approve'), by(user));
  };

  const approved = async () => {
    const proposal = await approve(await ensure());
    if (!proposal?.execution) throw new Error('It was not approved.');
    return { proposal, id: proposal.execution.id };
  };

  const looked = async ({ version = 1, attempts = 0 } = {}) => ({
    version,
    attempts,
    authority: await executions.authority(),
  });

  const audited = async () =>
    (await stores.audit.list(20)).map(({ action, outcome }) => `${action} ${outcome}`).reverse();

  it('are made once for a key, numbered one after the other, and found by each of their names', async () => {
    const made = await Promise.all([ensure(), ensure(), ensure('another'), ensure()]);
    expect(new Set(made.map(({ id }) => id)).size).toBe(2);
    expect([...new Set(made.map(({ number }) => number))].sort()).toEqual([1, 2]);
    const [first] = await proposals.listOf([SUBJECT]);
    expect(first).toMatchObject({
      number: 1,
      state: 'proposed',
      version: 1,
      revision: 1,
      approvals: [],
      execution: null,
    });
    expect(await proposals.find(first?.id ?? '')).toEqual(first);
    expect(await proposals.findByNumber(1)).toEqual(first);
    expect(await audited()).toEqual(['proposal.propose proposed', 'proposal.propose proposed']);
  });

  it.each(['', 'nonsense', '00000000-0000-7000-8000-000000000000', "'; DROP TABLE proposals; --"])(
    'are not found under %j',
    async (id) => {
      expect(await proposals.find(id)).toBeUndefined();
      expect(await proposals.findByNumber(Number(id))).toBeUndefined();
    },
  );

  it('take one of many changes made of one revision in the same millisecond', async () => {
    const proposal = await ensure();
    const saved = await Promise.all(['U1', 'U2', 'U3', 'U4', 'U5'].map((user) => approve(proposal, user)));
    const [won, ...more] = saved.filter((one) => one !== undefined);
    expect(more).toEqual([]);
    expect(await proposals.find(proposal.id)).toEqual(won);
    expect(won).toMatchObject({ revision: 2, execution: { state: 'queued', attempts: 0 } });
    expect(await audited()).toEqual(['proposal.propose proposed', 'proposal.approve approved']);
  });

  it('are shown anew once for what changed, and never taken back to an older revision', async () => {
    const proposal = await ensure();
    await proposals.markShown(proposal.id, 1);
    expect(await proposals.listBehind(10)).toEqual([]);
    await approve(proposal);
    expect(await proposals.listBehind(10)).toMatchObject([{ id: proposal.id, revision: 2 }]);
    await proposals.markShown(proposal.id, 2);
    await proposals.markShown(proposal.id, 1);
    expect(await proposals.listBehind(10)).toEqual([]);
  });

  it('are carried out once: claimed, begun and finished by one of many, with what to check afterwards', async () => {
    const { proposal, id } = await approved();
    const claims = await Promise.all(['a', 'b', 'c'].map((owner) => executions.claim(owner, LEASE_MS)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    const owner = ['a', 'b', 'c'][claims.findIndex(Boolean)] ?? '';
    expect(claims.find(Boolean)).toMatchObject({ mayHaveRun: false, proposal: { id: proposal.id } });
    expect(await executions.begin(id, 'somebody else', await looked(), LEASE_MS)).toBe(false);
    expect(await executions.begin(id, owner, await looked(), LEASE_MS)).toBe(true);
    await executions.finish(id, owner, endOf('done', 'Rolled back.'));
    await expect(executions.finish(id, owner, endOf('failed', 'Late.'))).rejects.toMatchObject({ code: 'conflict' });
    const now = context.clock();
    const [done] = await proposals.listDone({ start: now, end: now + 1 });
    expect(done).toMatchObject({
      execution: { state: 'done', attempts: 1, summary: 'Rolled back.', startedAt: now, finishedAt: now },
      effect: { doneAt: now, dueAt: now + DAY_MS, checkedAt: null, result: null },
    });
    expect(await executions.claim('d', LEASE_MS)).toBeUndefined();
    expect((await audited()).slice(2)).toEqual(['execution.start running', 'execution.finish done']);
  });

  it.each<[string, (proposal: Proposal) => Promise<unknown>]>([
    ['everything was stopped', () => stores.stops.stop(null, by('U1'))],
    ['a role was taken back or given', () => stores.roles.grant('U7', 'approver', 'U1')],
    ['the policy was changed', () => stores.settings.set('approvals.policy', { disabled: ['simulate'] }, 'U1')],
    ['the approval is over', async () => context.advance(2 * DAY_MS)],
    ['the lease is over', async () => context.advance(LEASE_MS)],
    [
      'somebody objected',
      async (proposal) => {
        const execution = proposal.execution && { ...proposal.execution, state: 'cancelled' as const, finishedAt: 1 };
        expect(
          await proposals.save(changeOf(proposal, { state: 'withdrawn', execution }, 'proposal.object'), by('U2')),
        ).toMatchObject({ state: 'withdrawn', execution: { state: 'cancelled' } });
      },
    ],
  ])('do not begin where, after the last look, %s', async (_, happens) => {
    const { proposal, id } = await approved();
    await executions.claim('a', LEASE_MS);
    const seen = await looked();
    await happens(proposal);
    expect(await executions.begin(id, 'a', seen, LEASE_MS)).toBe(false);
    expect(await proposals.find(proposal.id)).toMatchObject({ execution: { attempts: 0, startedAt: null } });
  });

  it('do not begin at another version than was looked at, nor a second time on the same look', async () => {
    const { id } = await approved();
    await executions.claim('a', LEASE_MS);
    expect(await executions.begin(id, 'a', await looked({ version: 2 }), LEASE_MS)).toBe(false);
    expect(await executions.begin(id, 'a', await looked(), LEASE_MS)).toBe(true);
    expect(await executions.begin(id, 'a', await looked(), LEASE_MS)).toBe(false);
    expect(await executions.begin(id, 'a', await looked({ attempts: 1 }), LEASE_MS)).toBe(true);
  });

  it('cannot be objected to once they began', async () => {
    const { proposal, id } = await approved();
    await executions.claim('a', LEASE_MS);
    expect(await executions.begin(id, 'a', await looked(), LEASE_MS)).toBe(true);
    const now = await proposals.find(proposal.id);
    if (!now?.execution) throw new Error('It is gone.');
    const execution = { ...now.execution, state: 'cancelled' as const, finishedAt: 1 };
    expect(await proposals.save(changeOf(now, { state: 'withdrawn', execution }, 'proposal.object'), by('U2'))).toBe(
      undefined,
    );
    expect(await proposals.find(proposal.id)).toEqual(now);
  });

  it('are taken up by another process once a lease is over, which is told that it may have run', async () => {
    const { id } = await approved();
    await executions.claim('a', LEASE_MS);
    await executions.begin(id, 'a', await looked(), LEASE_MS);
    expect(await executions.claim('b', LEASE_MS)).toBeUndefined();
    expect(await executions.extend(id, 'a', LEASE_MS)).toBe(true);
    context.advance(LEASE_MS);
    expect(await executions.claim('b', LEASE_MS)).toMatchObject({ mayHaveRun: true, execution: { id } });
    expect(await executions.extend(id, 'a', LEASE_MS)).toBe(false);
    await expect(executions.finish(id, 'a', endOf('done', ''))).rejects.toMatchObject({ code: 'conflict' });
    await executions.release(id, 'b', context.clock() + 1);
    expect(await executions.claim('c', LEASE_MS)).toBeUndefined();
    context.advance(1);
    expect(await executions.claim('c', LEASE_MS)).toMatchObject({ mayHaveRun: true });
    await executions.retry(id, 'c', context.clock(), 'It did not get through.');
    expect(await executions.claim('d', LEASE_MS)).toMatchObject({ mayHaveRun: false, execution: { attempts: 1 } });
  });

  it('are all held while everything is stopped, but for asking what became of one that may have run', async () => {
    const { id } = await approved();
    const twin = await approve(await ensure('another'));
    await executions.claim('a', LEASE_MS);
    await executions.begin(id, 'a', await looked(), LEASE_MS);
    expect(await stores.stops.stop('bad day', by('U1'))).toBe(true);
    expect(await stores.stops.stop(null, by('U2'))).toBe(false);
    expect(await stores.stops.get()).toEqual({ stoppedBy: 'U1', stoppedAt: context.clock(), reason: 'bad day' });
    context.advance(LEASE_MS);
    expect(await executions.claim('b', LEASE_MS)).toMatchObject({ execution: { id }, mayHaveRun: true });
    expect(await executions.begin(id, 'b', await looked(), LEASE_MS)).toBe(false);
    expect(await executions.claim('b', LEASE_MS)).toBeUndefined();
    expect(await stores.stops.resume(by('U1'))).toBe(true);
    expect(await stores.stops.resume(by('U1'))).toBe(false);
    expect(await executions.claim('b', LEASE_MS)).toMatchObject({ execution: { id: twin?.execution?.id } });
    expect((await audited()).filter((entry) => /stop|resume/.test(entry))).toEqual([
      'execution.stop stopped',
      'execution.resume resumed',
    ]);
  });

  it('are shown anew when everything is stopped, and when it goes on: those that have a card and are not over', async () => {
    const PAGE: ProposalSubject = { kind: 'priority', date: '2026-01-29', entity_type: 'surface', entity_key: '/cart' };
    const done = await approve(await ensure('done'));
    const { id } = done?.execution ?? { id: '' };
    await executions.claim('a', LEASE_MS);
    await executions.begin(id, 'a', await looked(), LEASE_MS);
    await executions.finish(id, 'a', endOf('done', 'Rolled back.'));
    const waiting = await ensure('waiting');
    const ready = await approve(await ensure('ready'));
    const taken = await approve(await ensure('taken up', PAGE));
    await ensure('in a digest alone', PAGE);
    const over = await ensure('over');
    const rejected = { state: 'rejected', decidedBy: 'U1', decidedAt: context.clock() } as const;
    await proposals.save(changeOf(over, rejected, 'proposal.reject'), by('U1'));
    const shown = async (): Promise<number[]> => {
      const behind = await proposals.listBehind(10);
      for (const one of behind) await proposals.markShown(one.id, one.revision);
      return behind.map(({ number }) => number);
    };
    await shown();

    await stores.stops.stop(null, by('U1'));
    expect(await shown()).toEqual([waiting.number, ready?.number, taken?.number]);
    expect(await proposals.find(waiting.id)).toMatchObject({ state: 'proposed', version: 1, revision: 2 });
    await stores.stops.resume(by('U1'));
    expect(await shown()).toEqual([waiting.number, ready?.number, taken?.number]);
    expect(await stores.stops.resume(by('U1'))).toBe(false);
    expect(await shown()).toEqual([]);
  });
});
