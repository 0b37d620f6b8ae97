import { beforeEach, expect, it } from 'vitest';
import { createAuditStore } from '../../src/postgres/audit.repository.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createFirstDelivery } from '../../src/postgres/delivery.repository.ts';
import { createFreshnessStore } from '../../src/postgres/freshness.repository.ts';
import { createRoleStore } from '../../src/postgres/role.repository.ts';
import { createSettingsStore } from '../../src/postgres/settings.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

describeOnEveryDatabase('people, settings and history', (open) => {
  let handle: DatabaseHandle;
  const context = createStoreContext();
  const audit = () => createAuditStore(handle.kysely, context).list(10);
  beforeEach(async () => {
    handle = await open();
  });

  it.each([['text'], [0], [false], [null], [{ nested: ['list', 1.5] }], [[]]])('keep the setting %j', async (value) => {
    const settings = createSettingsStore(handle.kysely, context);
    expect(await settings.get('digest.channel')).toBeUndefined();
    await settings.set('digest.channel', 'before', 'U1');
    await settings.set('digest.channel', value, 'U2');
    expect(await settings.get('digest.channel')).toEqual(value);
  });

  it('record who changed a setting, without its value', async () => {
    await createSettingsStore(handle.kysely, context).set('hook.secret', 'hunter2', 'U1');
    const entries = await audit();
    expect(entries).toMatchObject([{ actor: 'U1', action: 'setting.change', subject_id: 'hook.secret' }]);
    expect(JSON.stringify(entries)).not.toContain('hunter2');
  });

  it('grant a role once, in order of power, with one entry each', async () => {
    const roles = createRoleStore(handle.kysely, context);
    await roles.grant('U2', 'admin', 'U1');
    await Promise.all([roles.grant('U2', 'approver', 'U1'), roles.grant('U2', 'approver', 'U1')]);
    expect(await roles.rolesOf('U2')).toEqual(['approver', 'admin']);
    expect(await roles.rolesOf('U3')).toEqual([]);
    expect(await audit()).toHaveLength(2);
  });

  it('refuse to change or delete history', async () => {
    await createSettingsStore(handle.kysely, context).set('a', 1, 'U1');
    const update = handle.kysely.updateTable('audit_entries').set({ actor: 'U9' });
    await expect(update.execute()).rejects.toThrow('audit entries are append-only');
    const removal = handle.kysely.deleteFrom('audit_entries');
    await expect(removal.execute()).rejects.toThrow('audit entries are append-only');
  });

  it('know a delivery they have seen, whichever of many processes asks first', async () => {
    const first = createFirstDelivery(handle.kysely, context);
    expect((await Promise.all([first('Ev1'), first('Ev1'), first('Ev1')])).filter(Boolean)).toHaveLength(1);
    expect(await first('Ev2')).toBe(true);
  });

  it('tell how fresh each source is', async () => {
    const at = (day: number) => new Date(Date.UTC(2026, 0, day));
    await handle.kysely
      .insertInto('source_freshness')
      .values({
        workspace_id: 'local',
        source: 'sentry',
        first_event_at: at(1),
        last_event_at: at(2),
        last_received_at: at(3),
        events_total: 4_000_000_000,
      })
      .execute();
    expect(await createFreshnessStore(handle.kysely, context).list()).toMatchObject([
      {
        source: 'sentry',
        first_event_at: at(1).getTime(),
        last_event_at: at(2).getTime(),
        last_received_at: at(3).getTime(),
        events_total: 4_000_000_000,
      },
    ]);
  });
});
