import { beforeAll, expect, it } from 'vitest';
import { buildDigest } from '../../src/pipeline/digest.ts';
import { readDigestReader } from '../../src/pipeline/digest-reader.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { buildDigestMessage } from '../../src/slack/views/digest.ts';
import { DATE, priorityOf } from '../slack/models.ts';
import { textOf } from '../slack/world.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { CHANNEL, DAY, HOUR, NINE, Place } from './told-place.ts';

describeOnOneDatabase('the digest of a judged day', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
  });

  it.each([
    [0, 'no_data'],
    [40, 'cold_start'],
  ])('without priorities, with %i surfaces judged in an empty database, is %s', async (surfaces, kind) => {
    const { stores, context } = new Place(handle, `empty ${surfaces}`);
    await new Place(handle, `empty ${surfaces}`).judged(DATE, []);
    const day = await stores.priorities.findDay(DATE);
    if (day === undefined) throw new Error('the day was not stored');
    await stores.priorities.replaceDay({ ...day, surfaces }, [], []);
    expect((await buildDigest(context, DATE)).kind).toBe(kind);
  });

  async function readDigest(place: Place) {
    const subscription = await place.subscribe();
    const reader = await readDigestReader(place.stores, subscription, { at: NINE, date: DATE });
    const model = await buildDigest(place.context, DATE, reader);
    return { model, words: textOf(buildDigestMessage(model).blocks) };
  }

  it('names the alerts that were kept for it, and only those of its channel since the digest before', async () => {
    const place = new Place(handle, 'held alerts');
    await place.judged(DATE, [priorityOf(1, '/checkout')]);
    const hold = async (surface: string, held: 'budget' | 'rule_demoted' | 'quiet_hours' | null, over = {}) => {
      const { id: incidentId } = await place.incident(surface);
      await place.stores.alerts.put({ incidentId, channel: CHANNEL, at: NINE - HOUR, revision: 1, held, ...over });
    };
    await hold('/budget', 'budget');
    await hold('/demoted', 'rule_demoted');
    await hold('/night', 'quiet_hours');
    await hold('/posted', null);
    await hold('/elsewhere', 'budget', { channel: 'C0000002' });
    await hold('/before', 'budget', { at: NINE - DAY - HOUR });
    const { model, words } = await readDigest(place);
    expect(model.heldAlerts).toEqual([
      { surface: '/budget', severity: 'high', number: 1, reason: 'budget' },
      { surface: '/demoted', severity: 'high', number: 2, reason: 'rule_demoted' },
    ]);
    expect(words).toContain(
      '1 smaller alert, as this channel had had its alerts of the week: /budget (INC-1) · 1 alert of a kind that was wrong too often: /demoted (INC-2)',
    );
  });

  it('says what was carried out since the digest before, with the figure then and now', async () => {
    const place = new Place(handle, 'done');
    await place.judged('2026-01-27', [priorityOf(1, '/checkout'), priorityOf(2, '/gone')]);
    await place.judged(DATE, [priorityOf(1, '/checkout')]);
    await place.viewed('2026-01-27', '/checkout', 40, 4);
    await place.viewed(DATE, '/checkout', 40, 1);
    const of = (date: string, entity_key: string) => ({ date, entity_type: 'surface', entity_key }) as const;
    await place.done('Roll back web@1.42.0', of('2026-01-27', '/checkout'), NINE - 20 * HOUR);
    await place.done('Switch off /gone', of('2026-01-27', '/gone'), NINE - 10 * HOUR);
    await place.done('Warn the provider', of(DATE, '/checkout'), NINE - HOUR);
    await place.done('An old one', of('2026-01-26', '/checkout'), NINE - 3 * DAY);
    const { model, words } = await readDigest(place);
    expect(model.done.map(({ title, before, after }) => [title, before, after])).toEqual([
      ['Roll back web@1.42.0', '10%', '2.5%'],
      ['Switch off /gone', null, null],
      ['Warn the provider', '2.5%', null],
    ]);
    expect(words).toContain('*Done:* Roll back web@1.42.0 (<@U0000MAYA>) · 10% before, 2.5% on Thu 29 Jan');
    expect(words).toContain('*Done:* Switch off /gone (<@U0000MAYA>) · no figure to compare yet');
  });

  it('begins where the digest before ended, however long ago that was', async () => {
    const place = new Place(handle, 'after a weekend');
    await place.judged(DATE, [priorityOf(1, '/checkout')]);
    const { id } = await place.subscribe();
    const told = { date: '2026-01-25', items: [] };
    await place.stores.digests.put({
      subscriptionId: id,
      channel: CHANNEL,
      dueAt: NINE - 3 * DAY,
      date: told.date,
      told,
    });
    const { id: incidentId } = await place.incident('/sunday');
    await place.stores.alerts.put({
      incidentId,
      channel: CHANNEL,
      at: NINE - 2 * DAY,
      revision: 1,
      held: 'budget',
    });
    const { model } = await readDigest(place);
    expect(model.heldAlerts.map(({ surface }) => surface)).toEqual(['/sunday']);
    expect(model.changes?.since).toBe('2026-01-25');
  });
});
