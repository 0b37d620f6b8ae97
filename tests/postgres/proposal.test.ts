import { beforeEach, expect, it } from 'vitest';
import { ConflictError } from '../../src/errors.ts';
import type { AuditStore, ProposalStore } from '../../src/pipeline/ports.ts';
import { createAuditStore } from '../../src/postgres/audit.repository.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createProposalStore } from '../../src/postgres/proposal.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const DAY_MS = 86_400_000;
const by = (actor: string) => ({ actor, role: 'approver', channel: 'C1' }) as const;

describeOnEveryDatabase('proposals', (open) => {
  let handle: DatabaseHandle;
  let context: ReturnType<typeof createStoreContext>;
  let proposals: ProposalStore;
  let audit: AuditStore;
  beforeEach(async () => {
    handle = await open();
    context = createStoreContext();
    proposals = createProposalStore(handle.kysely, context);
    audit = createAuditStore(handle.kysely, context);
  });

  const ensure = (expiresAt = context.clock() + DAY_MS) =>
    proposals.ensure({
      date: '2026-01-29',
      entity_type: 'surface',
      entity_key: '/checkout',
      action: { type: 'simulate', title: 'Roll back', risk: 'low', parameters: { surface: '/checkout' } },
      expiresAt,
    });

  it('are made once for a priority and action', async () => {
    const made = await Promise.all([ensure(), ensure(), ensure()]);
    expect(new Set(made.map((proposal) => proposal.id)).size).toBe(1);
    expect(await proposals.get(made[0]?.id ?? '')).toEqual({
      id: made[0]?.id,
      date: '2026-01-29',
      entity_type: 'surface',
      entity_key: '/checkout',
      action: { type: 'simulate', title: 'Roll back', risk: 'low', parameters: { surface: '/checkout' } },
      state: 'proposed',
      decided_by: null,
      decided_at: null,
      outcome: null,
    });
  });

  it('are decided by one of many people who press in the same millisecond; the others hear who and when', async () => {
    const { id } = await ensure();
    const people = ['U1', 'U2', 'U3', 'U4', 'U5'];
    const results = await Promise.allSettled(
      people.map((user, index) => proposals.decide(id, index % 2 === 0 ? 'approved' : 'dismissed', by(user))),
    );
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(won).toHaveLength(1);
    const winner = won[0]?.decided_by;
    const words = `"Roll back" was already ${won[0]?.state} by ${winner} on 30 Jan 2026, 09:00 (Europe/Berlin).`;
    for (const reason of lost) {
      expect(reason).toBeInstanceOf(ConflictError);
      expect(reason).toHaveProperty('message', words);
    }
    expect(await audit.list(10)).toMatchObject([
      { actor: winner, actor_role: 'approver', subject_id: id, channel: 'C1' },
    ]);
  });

  it('cannot be decided once they expired, which is recorded once', async () => {
    const { id } = await ensure();
    context.advance(DAY_MS);
    for (const user of ['U1', 'U2']) {
      await expect(proposals.decide(id, 'approved', by(user))).rejects.toThrow('"Roll back" expired on 31 Jan 2026');
    }
    expect((await proposals.get(id)).state).toBe('expired');
    expect(await audit.list(10)).toMatchObject([{ action: 'proposal.expire', actor: 'system' }]);
  });

  it('are completed once, and only when approved', async () => {
    const { id } = await ensure();
    const done = { state: 'done', outcome: { summary: 'Simulated.' } } as const;
    await expect(proposals.complete(id, done)).rejects.toThrow('"Roll back" is proposed, so it cannot become done.');
    await proposals.decide(id, 'approved', by('U1'));
    const completed = await Promise.allSettled([proposals.complete(id, done), proposals.complete(id, done)]);
    expect(completed.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await proposals.get(id)).toMatchObject({ state: 'done', outcome: { summary: 'Simulated.' } });
    expect((await audit.list(10)).map((entry) => entry.action)).toEqual(['proposal.execute', 'proposal.approve']);
  });

  it.each(['', 'nonsense', '00000000-0000-7000-8000-000000000000', "'; DROP TABLE proposals; --"])(
    'are not found under %j',
    async (id) => {
      await expect(proposals.get(id)).rejects.toMatchObject({ code: 'not_found' });
    },
  );
});
