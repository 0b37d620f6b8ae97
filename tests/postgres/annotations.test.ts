import { expect, it } from 'vitest';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const by = { actor: 'U_MAYA', role: 'viewer', channel: 'C_OPS' } as const;
const mark = {
  kind: 'release' as const,
  at: Date.parse('2026-01-30T07:41Z'),
  surface_pattern: '/checkout*',
  text: "web@1.42.0'; DROP TABLE annotations",
};

describeOnEveryDatabase('marks in time', (open) => {
  it('are kept once with who set them, for their own workspace', async () => {
    const handle = await open();
    const context = createStoreContext();
    const stores = createStores(handle, context);
    const others = createStores(handle, createStoreContext({ workspace: 'other' }));
    const first = await stores.annotations.add(mark, by);
    expect(first).toMatchObject(mark);
    expect(await stores.annotations.add(mark, by)).toEqual(first);
    context.advance(3_600_000);
    await stores.annotations.add({ ...mark, surface_pattern: null }, by);
    const range = { start: mark.at, end: mark.at + 1 };
    expect((await stores.why.readAnnotations(range)).map(({ surface_pattern }) => surface_pattern).sort()).toEqual([
      '/checkout*',
      null,
    ]);
    expect(await others.why.readAnnotations(range)).toEqual([]);
    const audit = await stores.audit.list(10);
    expect(audit.map(({ action, actor, channel }) => [action, actor, channel])).toEqual([
      ['annotation.add', 'U_MAYA', 'C_OPS'],
      ['annotation.add', 'U_MAYA', 'C_OPS'],
    ]);
  });
});
