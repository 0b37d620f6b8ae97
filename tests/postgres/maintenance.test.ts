import { expect, it } from 'vitest';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const at = (text: string): number => Date.parse(text);
const by = { actor: 'U_MAYA', role: 'admin', channel: 'C_OPS' } as const;
const move = {
  starts_at: at('2026-02-07T22:00Z'),
  ends_at: at('2026-02-08T02:00Z'),
  surface_pattern: '/checkout*',
  reason: 'database move',
};

describeOnEveryDatabase('declared maintenance', (open) => {
  const opened = async () => {
    const handle = await open();
    return {
      stores: createStores(handle, createStoreContext()),
      others: createStores(handle, createStoreContext({ workspace: 'other' })),
    };
  };

  it('is listed where it overlaps, by beginning, for its own workspace', async () => {
    const { stores, others } = await opened();
    const later = await stores.maintenance.add({ ...move, starts_at: at('2026-02-08T01:00Z') }, by);
    const all = await stores.maintenance.add({ ...move, surface_pattern: null, reason: ' everything ' }, by);
    expect(all).toMatchObject({ ...move, surface_pattern: null, reason: 'everything', created_by: 'U_MAYA' });
    const between = (start: string, end: string) => stores.maintenance.list({ start: at(start), end: at(end) });
    expect(await between('2026-02-08T00:00Z', '2026-02-09T00:00Z')).toEqual([all, later]);
    expect(await between('2026-02-07T00:00Z', '2026-02-08T01:00Z')).toEqual([all]);
    expect(await between('2026-02-08T02:00Z', '2026-02-09T00:00Z')).toEqual([]);
    expect(await others.maintenance.list({ start: 0, end: at('2027-01-01T00:00Z') })).toEqual([]);
  });

  it('is taken back once, and each change leaves who did what', async () => {
    const { stores, others } = await opened();
    const { id } = await stores.maintenance.add(move, by);
    await expect(others.maintenance.cancel(id, by)).rejects.toMatchObject({ code: 'not_found' });
    await stores.maintenance.cancel(id, by);
    await expect(stores.maintenance.cancel(id, by)).rejects.toMatchObject({ code: 'not_found' });
    expect(await stores.maintenance.list({ start: 0, end: at('2027-01-01T00:00Z') })).toEqual([]);
    const entries = await stores.audit.list(10);
    expect(entries.map(({ action, subject_id, channel }) => [action, subject_id, channel]).sort()).toEqual([
      ['maintenance.cancel', id, 'C_OPS'],
      ['maintenance.declare', id, 'C_OPS'],
    ]);
    expect(entries[0]?.details).toEqual({
      starts_at: '2026-02-07T22:00:00.000Z',
      ends_at: '2026-02-08T02:00:00.000Z',
      surface_pattern: '/checkout*',
      reason: 'database move',
    });
  });

  it('ends after it begins, and says why', async () => {
    const { stores } = await opened();
    const bad = { code: 'bad_arguments' };
    await expect(stores.maintenance.add({ ...move, ends_at: move.starts_at }, by)).rejects.toMatchObject(bad);
    await expect(stores.maintenance.add({ ...move, reason: ' ' }, by)).rejects.toMatchObject(bad);
    expect(await stores.audit.list(10)).toEqual([]);
  });
});
