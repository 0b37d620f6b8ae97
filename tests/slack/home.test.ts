import { afterEach, expect, it } from 'vitest';
import type { Incident } from '../../src/core/incident/incident.ts';
import { createRoleStore } from '../../src/postgres/role.repository.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';
import { incidentOf } from './incident-models.ts';
import { NOW, somePriorities, startWorld, textOf, timezone, type World, type WorldOptions } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describeOnOneDatabase('the App Home in a workspace', (open) => {
  let stop = async (): Promise<void> => undefined;
  afterEach(async () => stop());

  async function enter(options: WorldOptions = {}) {
    const handle = await open();
    const world = await startWorld(handle, { admins: (sandbox) => [sandbox.as('maya').id], ...options });
    stop = () => world.stop();
    const roles = createRoleStore(handle.kysely, createStoreContext());
    return { ...world, roles, handle };
  }

  const home = (world: World, person: string, words: string) =>
    world.sandbox.until(() => {
      const view = world.sandbox.home(person);
      return view && textOf(view.blocks).includes(words) ? view : undefined;
    });

  async function openIncident(world: World, change: Partial<Incident> = {}): Promise<Incident> {
    const at = NOW - HOUR;
    const incident = incidentOf({ since: at, openedAt: at, ...change });
    const entries = [{ at, actor: 'system', kind: 'opened' as const, details: {} }];
    const [stored] = (await world.stores.incidents.save([{ from: null, incident, entries }], 'system')) ?? [];
    if (!stored) throw new Error('not stored');
    return stored;
  }

  it('leads a newcomer through the steps, and shows what there is once there is something', async () => {
    const world = await enter({ admins: () => [] });
    const { sandbox, stores, channel } = world;
    const maya = sandbox.as('maya');
    maya.openHome();
    await home(world, 'maya', '5 steps left');

    await world.judge(somePriorities(2));
    const by = { actor: maya.id, role: 'viewer' as const, channel };
    const schedule = { minute: 540, weekdays: [1, 2, 3, 4, 5], zone: timezone };
    const asked = { channel, surfaces: [], severity: 'low' as const, question: null, quiet: null, weeklyBudget: 10 };
    await stores.subscriptions.add({ ...asked, kind: 'digest', schedule, nextDueAt: NOW + 3 * DAY }, by);
    await maya.click(await home(world, 'maya', '5 steps left'), 'Refresh');
    const later = textOf((await home(world, 'maya', 'Nothing open.')).blocks);
    expect(later).toContain('The first digest comes Mon 2 Feb, 09:00 Europe/Berlin.');
    expect(later).toContain('✓ I am in that channel');
    expect(later).toContain('1 · ● /checkout: errors 6.9x normal');
    expect(later).toContain('/checkout: high, 1 day');
  });

  it('is rehearsed before anybody opens it, and shown to nobody', async () => {
    const world = await enter();
    await world.judge(somePriorities(2));
    await world.app.rehearse();
    expect(['maya', 'sam'].map((person) => world.sandbox.home(person))).toEqual([undefined, undefined]);
  });

  it('lets somebody take an incident, and tells the next who was first', async () => {
    const world = await enter();
    await world.judge(somePriorities(1));
    await openIncident(world);
    const [maya, sam] = [world.sandbox.as('maya'), world.sandbox.as('sam')];
    maya.openHome();
    sam.openHome();
    const mayas = await home(world, 'maya', '1 open.');
    const sams = await home(world, 'sam', '1 open.');
    await maya.click(mayas, "I'm on it");
    expect(textOf((await home(world, 'maya', '1 open, 1 yours.')).blocks)).toContain('INC-1 (/checkout) is yours.');
    await sam.click(sams, "I'm on it");
    await home(world, 'sam', `<@${maya.id}>`);
    expect((await world.stores.incidents.listLive())[0]?.owner).toBe(maya.id);
    await sam.click(await home(world, 'sam', '1 open.'), 'Details');
    await world.sandbox.until(() => textOf(world.sandbox.views('sam').at(-1)?.blocks).includes('/checkout'));
  });

  it('lifts what is snoozed, once, and says so', async () => {
    const world = await enter();
    const leo = { actor: 'U00000LEO', role: 'viewer' as const, channel: world.channel };
    const mute = { target: 'surface' as const, pattern: '/reports*', until: NOW + DAY, reason: 'export' };
    await world.stores.mutes.add(mute, leo);
    const maya = world.sandbox.as('maya');
    maya.openHome();
    const before = await home(world, 'maya', 'Snoozed and ignored');
    await maya.click(before, 'Lift');
    const after = await home(world, 'maya', 'You hear of /reports');
    expect(textOf(after.blocks)).not.toContain('Snoozed and ignored');
    await maya.click(before, 'Lift');
    await home(world, 'maya', 'not');
    expect(await world.stores.mutes.list(NOW)).toEqual([]);
  });

  it('shows the newer of two readings, whichever was asked for first', async () => {
    let isStuck = false;
    let release = (): void => undefined;
    const stuck = new Promise<void>((resolve) => {
      release = resolve;
    });
    const world = await enter({
      stores: (stores) => ({
        ...stores,
        incidents: {
          ...stores.incidents,
          async listLive() {
            const read = await stores.incidents.listLive();
            if (isStuck) {
              isStuck = false;
              await stuck;
            }
            return read;
          },
        },
      }),
    });
    await world.judge([]);
    const maya = world.sandbox.as('maya');
    maya.openHome();
    await home(world, 'maya', 'Nothing open.');
    isStuck = true;
    maya.openHome();
    await world.sandbox.until(() => !isStuck);
    await openIncident(world);
    maya.openHome();
    await home(world, 'maya', '1 open.');
    release();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(textOf(world.sandbox.home('maya')?.blocks)).toContain('1 open.');
  });

  it('lets admins change the settings, with who did it, and checks them first', async () => {
    const world = await enter();
    const [maya, sam] = [world.sandbox.as('maya'), world.sandbox.as('sam')];
    maya.openHome();
    await maya.click(await home(world, 'maya', 'You are the only admin.'), 'Settings');
    const form = await world.sandbox.until(() => {
      const view = world.sandbox.views('maya').at(-1);
      return view && textOf(view.blocks).includes('Alerts a week and channel') ? view : undefined;
    });
    const values = { settings_quiet: '25:00–07:00', settings_budget: '3', settings_approvers: [sam.id] };
    const refused = await maya.submit(form, values);
    expect(JSON.stringify(refused)).toContain('Two times of day');
    await maya.submit(form, { ...values, settings_quiet: '22:00–07:00', settings_sensitivity: 'quiet' });
    await home(world, 'maya', 'The settings are saved.');
    expect(await world.stores.settings.get('delivery.quiet_hours')).toEqual({ from: 1320, until: 420 });
    expect(await world.stores.settings.get('delivery.weekly_budget')).toBe(3);
    expect(await world.stores.settings.get('delivery.sensitivity')).toBe('quiet');
    expect(await world.roles.rolesOf(sam.id)).toEqual(['approver']);
    const audited = (await world.stores.audit.list(10)).map(({ actor, action, subject_id }) => [
      actor,
      action,
      subject_id,
    ]);
    expect(audited).toContainEqual([maya.id, 'role.grant', sam.id]);
    expect(audited).toContainEqual([maya.id, 'setting.change', 'delivery.sensitivity']);
  });

  it('shows everybody else who the admins are, and no settings', async () => {
    const world = await enter();
    const sam = world.sandbox.as('sam');
    sam.openHome();
    const view = await home(world, 'sam', 'Settings are changed by the admins');
    expect(() => sam.click(view, 'Settings')).toThrow('nothing called "Settings"');
  });

  it('ends in words with a reference when the database does not answer', async () => {
    const world = await enter({
      stores: (stores) => ({
        ...stores,
        incidents: { ...stores.incidents, listLive: () => Promise.reject(new TypeError('x')) },
      }),
    });
    world.sandbox.as('maya').openHome();
    await home(world, 'maya', 'I could not read the metrics just now. Nothing is lost');
  });
});
