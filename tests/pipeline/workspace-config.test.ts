import { expect, it } from 'vitest';
import { DEFAULT_FUNNELS } from '../../src/core/funnel.ts';
import { DEFAULT_OUTCOMES } from '../../src/core/outcome.ts';
import { type DeclaredConfig, parseDeclaredConfig } from '../../src/core/workspace-config.ts';
import { applyWorkspaceConfig, readWorkspaceConfig } from '../../src/pipeline/workspace-config.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const declared = (meta: object): DeclaredConfig => {
  const steps = [{ type: 'signup', meta }, { type: 'action' }];
  return parseDeclaredConfig({ funnels: [{ id: 'signup', steps }] }).declared ?? {};
};

describeOnEveryDatabase('the workspace config', (open) => {
  const stocked = async () => createStores(await open(), createStoreContext());

  it('is the default until something is declared', async () => {
    const { settings } = await stocked();
    expect(await readWorkspaceConfig(settings)).toMatchObject({
      reconciliations: [],
      funnels: DEFAULT_FUNNELS,
      maintenance: [],
      outcomes: DEFAULT_OUTCOMES,
      audit: { keep_days: { questions: 90, access: 730, changes: 730 } },
    });
  });

  it('is what was applied, with who applied it; the same again leaves no trace, in whatever order it is written', async () => {
    const { settings, audit } = await stocked();
    expect(await applyWorkspaceConfig(settings, declared({ utm: 'b', invited: true }), 'cli:maya')).toBe(true);
    expect(await applyWorkspaceConfig(settings, declared({ invited: 'true', utm: 'b' }), 'cli:maya')).toBe(false);
    const { funnels, reconciliations } = await readWorkspaceConfig(settings);
    expect(funnels.map(({ steps }) => steps[0]?.meta)).toEqual([{ invited: 'true', utm: 'b' }]);
    expect(reconciliations).toEqual([]);
    expect(await audit.list(9)).toMatchObject([{ actor: 'cli:maya', action: 'setting.change', outcome: 'changed' }]);
  });

  it('goes back to the default where a later file leaves a part out', async () => {
    const { settings } = await stocked();
    await applyWorkspaceConfig(settings, declared({ a: 1 }), 'cli:maya');
    expect(await applyWorkspaceConfig(settings, {}, 'cli:maya')).toBe(true);
    expect((await readWorkspaceConfig(settings)).funnels).toEqual(DEFAULT_FUNNELS);
  });

  it('says what to do where what is stored is not understood, and can be applied again', async () => {
    const { settings } = await stocked();
    await settings.set('workspace_config', { funnels: 'of another version' }, 'system');
    await expect(readWorkspaceConfig(settings)).rejects.toMatchObject({
      code: 'bad_config',
      message: 'The stored workspace config is not understood: funnels must be a list.',
    });
    expect(await applyWorkspaceConfig(settings, {}, 'cli:maya')).toBe(true);
    expect((await readWorkspaceConfig(settings)).reconciliations).toEqual([]);
  });
});
