import { expect, it } from 'vitest';
import { createAssessmentStore } from '../../src/postgres/assessment.repository.ts';
import { assessment } from '../support/assessment.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const subject = { kind: 'priority', date: '2026-01-29', entity_type: 'surface', entity_key: '/checkout' } as const;
const incident = { kind: 'incident', incidentId: '0190a5c2-0000-7000-8000-000000000001', surface: '/cart' } as const;

describeOnEveryDatabase('stored assessments', (open) => {
  it('are found as they were put, until they are written anew', async () => {
    const context = createStoreContext();
    const store = createAssessmentStore((await open()).kysely, context);
    expect(await store.find(subject)).toBeUndefined();

    const first = assessment();
    expect(await store.put({ subject, factsHash: 'a', assessment: first })).toBe(true);
    expect(await store.find(subject)).toEqual({
      subject,
      factsHash: 'a',
      assessment: first,
      writtenAt: context.clock(),
    });
    expect(await store.find(incident)).toBeUndefined();

    context.advance(60_000);
    const second = { ...first, edition: 2 };
    expect(await store.put({ subject, factsHash: 'b', assessment: second })).toBe(true);
    expect(await store.find(subject)).toMatchObject({ factsHash: 'b', writtenAt: context.clock() });
  });

  it('are never taken back by whoever was slow with an earlier edition', async () => {
    const store = createAssessmentStore((await open()).kysely, createStoreContext());
    await store.put({ subject: incident, factsHash: 'b', assessment: { ...assessment(), edition: 2 } });
    expect(await store.put({ subject: incident, factsHash: 'a', assessment: assessment() })).toBe(false);
    expect((await store.find(incident))?.assessment.edition).toBe(2);
  });

  it('belong to their workspace', async () => {
    const { kysely } = await open();
    await createAssessmentStore(kysely, createStoreContext()).put({
      subject,
      factsHash: 'a',
      assessment: assessment(),
    });
    const other = createAssessmentStore(kysely, createStoreContext({ workspace: 'other' }));
    expect(await other.find(subject)).toBeUndefined();
  });
});
