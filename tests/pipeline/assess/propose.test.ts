import { beforeAll, expect, it } from 'vitest';
import type { Assessment } from '../../../src/core/assess/assessment.ts';
import type { Incident } from '../../../src/core/incident/incident.ts';
import { APPROVAL_POLICY_KEY } from '../../../src/core/policy/approval-settings.ts';
import type { Proposal } from '../../../src/core/proposal/proposal.ts';
import { dueLines } from '../../../src/core/proposal/thread-lines.ts';
import { proposeForDay, proposeForIncident } from '../../../src/pipeline/assess/propose.ts';
import { buildDigest } from '../../../src/pipeline/digest.ts';
import type { Stores } from '../../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { buildDigestMessage } from '../../../src/slack/views/digest.ts';
import { DATE, priorityOf } from '../../slack/models.ts';
import { textOf, timezone } from '../../slack/world.ts';
import { type Acting, actingOn } from '../../support/acting.ts';
import { assessment } from '../../support/assessment.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { silentLog } from '../../support/silent-log.ts';
import { HOUR, Place } from '../told-place.ts';

const MAYA = { actor: 'U0000MAYA', channel: null };
const RUNS_ALONE = { low_risk: 'runs_by_itself', groups: [], sole_approver_wait: 30, disabled: [] };

describeOnOneDatabase('proposing what an assessment would do', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
  });

  function enter(workspace: string) {
    const place = new Place(handle, workspace);
    const { stores } = place;
    const acting = actingOn(stores, { clock: () => place.now, policy: { admins: [], approvers: [MAYA.actor] } });
    const context = { stores, desk: acting.desk, timezone, clock: () => place.now, log: silentLog };
    const all = async (of: Incident) =>
      stores.proposals.listOf([{ kind: 'incident', incidentId: of.id, surface: of.lead.surface }]);
    return { place, stores, acting, context, all };
  }

  it('is done once for an incident, and not again after somebody said no', async () => {
    const { place, acting, context, all } = enter('once');
    const incident = await place.incident('/checkout', { state: 'open' });
    const made = await proposeForIncident(context, incident, assessment());
    await proposeForIncident(context, incident, assessment());
    expect(await all(incident)).toHaveLength(1);
    expect(made).toMatchObject({ proposedBy: 'system', number: 1, why: expect.stringContaining('web@1.42.0') });
    await acting.desk.act(made?.id ?? '', { kind: 'reject', reason: null }, MAYA);
    expect(await proposeForIncident(context, incident, assessment())).toBeUndefined();
  });

  it('is done again when the incident comes back, and never while it recovers', async () => {
    const { place, stores, acting, context, all } = enter('again');
    const incident = await place.incident('/checkout', { state: 'open' });
    const made = await proposeForIncident(context, incident, assessment());
    await acting.desk.act(made?.id ?? '', { kind: 'reject', reason: null }, MAYA);
    expect(await proposeForIncident(context, { ...incident, state: 'recovering' }, assessment())).toBeUndefined();
    place.now += HOUR;
    const back = { ...incident, state: 'open' as const, reopenings: 1, revision: incident.revision + 1 };
    const entries = [{ at: place.now, actor: 'system', kind: 'reopened' as const, details: {} }];
    await stores.incidents.save([{ from: incident.revision, incident: back, entries }], 'system');
    expect(await proposeForIncident(context, back, assessment())).toMatchObject({ number: 2, state: 'proposed' });
    expect(await all(incident)).toHaveLength(2);
  });

  /** As if another cause had been found, for which something else is worth doing. */
  const changed = (): Assessment => {
    const found = assessment();
    const { actions, cause } = found;
    const [first] = actions;
    if (first === undefined) throw new Error('it proposes something');
    const action = { ...first.action, title: 'Renew the credentials of the payment provider' };
    return {
      ...{ ...found, cause: { ...cause, category: 'credentials' } },
      actions: [{ ...first, category: 'credentials', action }],
    };
  };

  it('is taken back with a line and an entry where the likely cause is another by then, and may come back', async () => {
    const { place, stores, context, all } = enter('outdated');
    const incident = await place.incident('/checkout', { state: 'open' });
    const [first] = [await proposeForIncident(context, incident, assessment())];
    expect(await proposeForIncident(context, incident, changed())).toMatchObject({ number: 2, state: 'proposed' });
    const [taken] = await all(incident);
    expect(taken).toMatchObject({
      ...{ id: first?.id, state: 'withdrawn', decidedBy: 'system', execution: null },
      reason: expect.stringMatching(/^It no longer follows: the likely cause is now .*credentials/i),
    });
    if (taken === undefined) throw new Error('it was proposed');
    expect(dueLines(taken, { counted: [], missing: 1 })).toEqual(['decided']);
    const [entry] = (await stores.audit.list(9)).filter(({ action }) => action === 'proposal.withdraw');
    expect(entry).toMatchObject({ actor: 'system', outcome: 'withdrawn', details: { number: 1, outdated: true } });

    expect(await proposeForIncident(context, incident, assessment())).toMatchObject({
      ...{ number: 3, state: 'proposed' },
      action: { title: first?.action.title },
    });
    expect((await all(incident)).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn', 'proposed']);
  });

  it.each<[string, (made: Proposal, acting: Acting, stores: Stores) => Promise<unknown>, string]>([
    [
      'approved and waits, as everything is stopped',
      async ({ id }, { desk, stop }) => {
        await stop.stop(null, MAYA);
        return desk.act(id, { kind: 'approve', version: 1 }, MAYA);
      },
      'approved',
    ],
    [
      'carried out',
      async ({ id }, { desk, idle }) => {
        await desk.act(id, { kind: 'approve', version: 1 }, MAYA);
        return idle();
      },
      'approved',
    ],
    ['rejected', ({ id }, { desk }) => desk.act(id, { kind: 'reject', reason: 'No.' }, MAYA), 'rejected'],
  ])('leaves alone what is %s', async (name, decide, state) => {
    const { place, stores, acting, context, all } = enter(`alone, ${name}`);
    const incident = await place.incident('/checkout', { state: 'open' });
    const made = await proposeForIncident(context, incident, assessment());
    if (made === undefined) throw new Error('it was proposed');
    await decide(made, acting, stores);
    const [before] = await all(incident);
    await proposeForIncident(context, incident, changed());
    const [after] = await all(incident);
    expect(after).toEqual(before);
    expect(after?.state).toBe(state);
  });

  it('takes nothing back where nothing is known any more', async () => {
    const { place, context, all } = enter('blind');
    const incident = await place.incident('/checkout', { state: 'open' });
    await proposeForIncident(context, incident, assessment());
    const blind = { ...changed(), cause: { ...assessment().cause, category: 'unknown' as const } };
    await proposeForIncident(context, incident, blind);
    expect((await all(incident))[0]).toMatchObject({ state: 'proposed' });
  });

  it('is what the digest suggests, which runs by itself where the workspace says so, and says so', async () => {
    const { place, stores, acting, context } = enter('alone');
    await stores.settings.set(APPROVAL_POLICY_KEY, RUNS_ALONE, MAYA.actor);
    const priority = priorityOf(1, '/checkout');
    await place.judged(DATE, [priority]);
    const subject = { kind: 'priority', date: DATE, entity_type: 'surface', entity_key: '/checkout' } as const;
    const [first, ...rest] = assessment().actions;
    if (first === undefined) throw new Error('it proposes something');
    const low = { ...first, action: { ...first.action, risk: 'low' as const } };
    await stores.assessments.put({ subject, factsHash: 'x', assessment: { ...assessment(), actions: [low, ...rest] } });
    await proposeForDay(context, { date: DATE, limit: 5 });
    await proposeForDay(context, { date: DATE, limit: 5 });
    await acting.idle();
    const made = await stores.proposals.listOf([subject]);
    expect(made).toMatchObject([{ state: 'approved', decidedBy: 'system', execution: { state: 'done' } }]);
    const model = await buildDigest(place.context, DATE);
    expect(model.items.map(({ proposal }) => proposal?.id)).toEqual([made[0]?.id]);
    expect(textOf(buildDigestMessage(model).blocks)).toContain('*Ran by itself*, as low risk may here · Simulated');
  });
});
