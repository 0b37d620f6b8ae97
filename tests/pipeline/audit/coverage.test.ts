/** What may be done to incidents and settings is written down here: one more that leaves no entry fails. */
import { beforeEach, expect, it } from 'vitest';
import { KNOWN_ACTIONS } from '../../../src/core/audit/known-actions.ts';
import { SETTING_KEYS } from '../../../src/core/delivery/workspace-settings.ts';
import type { IncidentCommand } from '../../../src/core/incident/command.ts';
import { followIncidents } from '../../../src/pipeline/incidents/follow.ts';
import { createSettingsDesk } from '../../../src/pipeline/workspace-settings.ts';
import { finding, HOUR } from '../../core/incident/made-up.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { World } from '../incidents/world.ts';

const NEXT_DAY = 24 * HOUR;

/** Each with what has to be done before. */
const COMMANDS: {
  [Kind in IncidentCommand['kind']]: (
    now: number,
  ) => readonly [...IncidentCommand[], Extract<IncidentCommand, { kind: Kind }>];
} = {
  acknowledge: () => [{ kind: 'acknowledge' }],
  release: () => [{ kind: 'acknowledge' }, { kind: 'release' }],
  snooze: (now) => [{ kind: 'snooze', until: now + NEXT_DAY, note: null }],
  wake: (now) => [{ kind: 'snooze', until: now + NEXT_DAY, note: null }, { kind: 'wake' }],
  resolve: () => [{ kind: 'resolve', note: null }],
  reopen: () => [{ kind: 'resolve', note: null }, { kind: 'reopen' }],
  close: () => [{ kind: 'close', closure: 'false', note: null }],
};

describeOnOneDatabase('an entry is left', (open) => {
  let world: World;
  beforeEach(async () => {
    world = new World(await open());
  });
  const by = (actor: string) => ({ actor, channel: 'C1' });

  async function openIncident(): Promise<string> {
    await world.subscribe('C1');
    await world.judged(0, [finding('/checkout')]);
    await followIncidents(world.context);
    return (await world.stores.incidents.findByNumber(1))?.id ?? '';
  }

  it.each(Object.entries(COMMANDS))('when somebody does this to an incident: %s', async (_, stepsAt) => {
    const id = await openIncident();
    for (const step of stepsAt(world.now)) {
      await world.desk.act(id, step, by('U_MAYA'));
      world.now += 1_000;
    }
    const [last] = await world.stores.audit.list(1);
    expect(last).toMatchObject({ actor: 'U_MAYA', channel: 'C1', subject_type: 'incident', subject_id: id });
    expect(KNOWN_ACTIONS.has(last?.action ?? '')).toBe(true);
    expect((await world.stores.audit.list(50)).filter(({ actor }) => actor === 'U_MAYA')).toHaveLength(
      stepsAt(world.now).length,
    );
  });

  it('when somebody may not, or comes too late', async () => {
    const id = await openIncident();
    await world.desk.act(id, { kind: 'acknowledge' }, by('U_MAYA'));
    world.now += 1_000;
    await expect(world.desk.act(id, { kind: 'release' }, by('U_SAM'))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await world.stores.audit.list(1)).toMatchObject([
      { actor: 'U_SAM', action: 'incident.act', outcome: 'forbidden', details: { number: 1, command: 'release' } },
    ]);
    world.now += 1_000;
    await expect(world.desk.act(id, { kind: 'acknowledge' }, by('U_SAM'))).rejects.toMatchObject({ code: 'conflict' });
    expect(await world.stores.audit.list(1)).toMatchObject([{ action: 'incident.act', outcome: 'conflict' }]);
  });

  it('when an admin changes any setting there is, without its value', async () => {
    const desk = createSettingsDesk({ stores: world.stores, policy: { admins: ['U_ADMIN'], approvers: [] } });
    const settings = { quietHours: { from: 1_320, until: 420 }, weeklyBudget: 3, sensitivity: 'quiet' } as const;
    await desk.save({ settings, approvers: [] }, 'U_ADMIN');
    const entries = await world.stores.audit.list(20);
    expect(entries.map(({ action, subject_id }) => `${action} ${subject_id}`).sort()).toEqual(
      Object.values(SETTING_KEYS)
        .map((key) => `setting.change ${key}`)
        .sort(),
    );
    for (const { details } of entries) expect(details).toEqual({ parameters: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});
