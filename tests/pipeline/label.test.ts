import { expect, it } from 'vitest';
import { truthOfLabels } from '../../src/core/backtest/label.ts';
import { type LabelRequest, labelDay } from '../../src/pipeline/label.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import { DATE, priorityOf } from '../slack/models.ts';
import { judge, storesOf } from '../slack/world.ts';
import { describeOnOneDatabase } from '../support/database.ts';

const policy = { admins: [], approvers: ['U_MAYA'] };
const range = { start: '2026-01-01', end: '2026-02-01' };
const request = (change: Partial<LabelRequest> = {}): LabelRequest => ({
  kind: 'missed',
  entity_type: 'surface',
  entity_key: '/cart',
  date: DATE,
  note: '',
  actor: 'U_SAM',
  channel: 'C1',
  ...change,
});

describeOnOneDatabase('labels', (open) => {
  const judged = async (): Promise<Stores> => {
    const stores = storesOf(await open());
    const led = priorityOf(1, '/checkout');
    await judge(stores, [{ ...led, members: [{ entity_type: 'surface', entity_key: '/pay' }] }]);
    return stores;
  };

  it('keeps what was missed and what was false, without secrets, audited', async () => {
    const stores = await judged();
    await labelDay(request({ note: 'mail me at jane@example.com' }), { stores, policy });
    await labelDay(request({ kind: 'false', entity_key: '/checkout', actor: 'U_MAYA' }), { stores, policy });
    const labels = await stores.labels.list(range);
    expect(labels.map(({ kind, entity_key, note }) => [kind, entity_key, note])).toEqual([
      ['missed', '/cart', 'mail me at [email]'],
      ['false', '/checkout', null],
    ]);
    const audit = await stores.audit.list(10);
    expect(audit.map(({ actor, actor_role, action }) => [actor, actor_role, action]).sort()).toEqual([
      ['U_MAYA', 'approver', 'label.false'],
      ['U_SAM', 'viewer', 'label.missed'],
    ]);
    expect(truthOfLabels(labels)).toMatchObject({
      incidents: [{ entity_key: '/cart', start: DATE, end: '2026-01-30' }],
      decoys: [{ entity_key: '/checkout' }],
    });
  });

  it('lets the last word on a day count', async () => {
    const stores = await judged();
    await labelDay(request({ note: 'one' }), { stores, policy });
    await labelDay(request({ note: 'two' }), { stores, policy });
    expect((await stores.labels.list(range)).map(({ note }) => note)).toEqual(['two']);
    expect(await stores.labels.list({ start: '2026-02-01', end: '2026-03-01' })).toEqual([]);
  });

  it.each([
    ['a day that was not judged', { date: '2026-01-11' }, /not judged/],
    ['false where nothing was told', { kind: 'false' as const }, /Nothing was told of \/cart/],
    ['missed where it was told', { entity_key: '/checkout' }, /was among the priorities/],
    ['missed where it was told together with another', { entity_key: '/pay' }, /was among the priorities/],
  ])('refuses %s', async (_, change, message) => {
    const stores = await judged();
    await expect(labelDay(request(change), { stores, policy })).rejects.toThrow(message);
    expect(await stores.labels.list(range)).toEqual([]);
  });
});
