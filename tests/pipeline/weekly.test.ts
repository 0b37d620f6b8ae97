import { beforeAll, describe, expect, it } from 'vitest';
import { createDigestPoster, createWeeklyPoster } from '../../src/pipeline/due/digest-poster.ts';
import { postDue } from '../../src/pipeline/due/post-due.ts';
import { buildWeekly } from '../../src/pipeline/weekly.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { buildDigestMessage } from '../../src/slack/views/digest.ts';
import { buildWeeklyMessage } from '../../src/slack/views/weekly.ts';
import { priorityOf } from '../slack/models.ts';
import { textOf, timezone } from '../slack/world.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { CHANNEL, DAY, HOUR, NINE, Place } from './told-place.ts';

const WEDNESDAY = '2026-01-28';
const THURSDAY = '2026-01-29';
const scored = (rank: number, surface: string, score: number) => ({ ...priorityOf(rank, surface), score });

describeOnOneDatabase('the digest of the week', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
  });

  /** /checkout was worst on the last day, /search on the day before; /cart is over. */
  async function enter(workspace: string) {
    const place = new Place(handle, workspace);
    await place.judged('2026-01-22', [scored(1, '/too-early', 90)]);
    await place.judged('2026-01-26', []);
    await place.judged(WEDNESDAY, [scored(1, '/search', 80), scored(2, '/cart', 50), scored(3, '/checkout', 40)]);
    await place.judged(THURSDAY, [scored(1, '/checkout', 70), scored(2, '/search', 60)]);
    const weekly = await place.subscribe({
      kind: 'weekly',
      schedule: { minute: 540, weekdays: [5], zone: timezone },
    });
    return { place, weekly };
  }

  describe('of judged days, incidents and deeds', () => {
    it('has each cause once, by its worst day, and counts the days it was told', async () => {
      const { place, weekly } = await enter('causes');
      const week = await buildWeekly(place.context, weekly, NINE);
      expect(week).toMatchObject({
        range: { start: '2026-01-23', end: '2026-01-30' },
        judgedDays: 3,
        total: 3,
        over: 1,
      });
      expect(
        week.items.map(({ item: { priority }, days, goesOn, toldAbove }) => [
          priority.entity_key,
          priority.date,
          days,
          goesOn,
          toldAbove,
        ]),
      ).toEqual([
        ['/search', WEDNESDAY, 2, true, null],
        ['/checkout', THURSDAY, 2, true, null],
        ['/cart', WEDNESDAY, 1, false, null],
      ]);
    });

    it('leaves out what is quiet, and pages nobody asked for', async () => {
      const { place, weekly } = await enter('quiet');
      const by = { actor: 'U_MAYA', role: 'viewer', channel: CHANNEL } as const;
      await place.stores.mutes.add({ target: 'surface', pattern: '/search', until: null, reason: null }, by);
      const week = await buildWeekly(place.context, { ...weekly, surfaces: ['/checkout*', '/search'] }, NINE);
      expect(week.items.map(({ item }) => item.priority.entity_key)).toEqual(['/checkout']);
    });

    it('counts the incidents and alerts of its seven days alone, and what people made of them', async () => {
      const { place, weekly } = await enter('counts');
      const openedAt = NINE - 3 * DAY;
      const useful = { state: 'resolved', endedBy: 'U_MAYA', endedAt: openedAt + 2 * HOUR, openedAt } as const;
      const one = await place.incident('/a', useful);
      const two = await place.incident('/b', {
        ...useful,
        state: 'closed',
        closure: 'false',
        endedAt: openedAt + 4 * HOUR,
      });
      await place.incident('/c', { ...useful, openedAt: NINE - 20 * DAY, endedAt: NINE - 10 * DAY });
      await place.incident('/today', { openedAt: NINE - HOUR });
      const decide = (incidentId: string, at: number, held: 'budget' | null) =>
        place.stores.alerts.put({ incidentId, channel: CHANNEL, at, revision: 1, held });
      await decide(one.id, openedAt, null);
      await decide(two.id, openedAt, 'budget');
      await decide((await place.incident('/d', { openedAt: NINE - HOUR })).id, NINE - HOUR, null);
      expect(await buildWeekly(place.context, weekly, NINE)).toMatchObject({
        incidents: { opened: 2, ended: 2, medianLength: 2 * HOUR },
        alerts: { posted: 1, held: 1 },
        judgedByPeople: { useful: 1, false: 1 },
      });
    });

    it('names what was carried out', async () => {
      const { place, weekly } = await enter('deeds');
      const of = { date: WEDNESDAY, entity_type: 'surface', entity_key: '/search' } as const;
      await place.done('Roll back', of, NINE - 2 * DAY);
      expect((await buildWeekly(place.context, weekly, NINE)).done).toEqual(['Roll back']);
    });
  });

  describe('beside a digest of the day', () => {
    const posting = (place: Place) => {
      const context = { ...place.context, prepareDay: async () => undefined, renderDigest: buildDigestMessage };
      const digest = createDigestPoster(context);
      const weekly = createWeeklyPoster({ ...context, renderWeekly: buildWeeklyMessage });
      const { subscriptions } = place.stores;
      return {
        weekly,
        post: (owner: string) =>
          postDue({
            subscriptions,
            posters: { digest, weekly, question: digest },
            owner,
            clock: context.clock,
            log: silentLog,
          }),
      };
    };
    const outboxOf = async (workspace: string) => {
      const rows = await handle.kysely
        .selectFrom('outbox')
        .select(['kind', 'channel', 'payload'])
        .where('workspace_id', '=', workspace)
        .orderBy('id')
        .execute();
      return rows.map(({ kind, channel, payload }) => ({ kind, channel, words: textOf(payload.blocks) }));
    };

    it('comes after it, whichever is taken first, and neither is posted twice', async () => {
      const { place, weekly } = await enter('order');
      const daily = await place.subscribe();
      await posting(place).weekly(weekly, NINE);
      expect((await outboxOf('order')).map(({ kind }) => kind)).toEqual(['digest', 'weekly']);
      expect(await posting(place).post('one')).toMatchObject({ posted: 2 });
      expect(await outboxOf('order')).toHaveLength(2);
      expect(await place.stores.subscriptions.find(daily.number)).toMatchObject({ nextDueAt: NINE + DAY });
    });

    it('comes after it in each of many channels, with three processes at it', async () => {
      const { place, weekly } = await enter('many');
      const channels = Array.from({ length: 5 }, (_, index) => `C1${index}`);
      for (const channel of channels) {
        const { kind, schedule } = weekly;
        await place.subscribe({ kind, schedule, channel });
        await place.subscribe({ channel });
      }
      await Promise.all(['one', 'two', 'three'].map((owner) => posting(place).post(owner)));
      const posted = await outboxOf('many');
      for (const channel of channels)
        expect(posted.filter((each) => each.channel === channel).map(({ kind }) => kind)).toEqual(['digest', 'weekly']);
    });

    it('does not repeat what that one says of a page, nor what was done', async () => {
      const { place } = await enter('no repeats');
      await place.subscribe();
      const of = { date: WEDNESDAY, entity_type: 'surface', entity_key: '/search' } as const;
      await place.done('Roll back on Tuesday', of, NINE - 3 * DAY);
      await place.done('Warn the provider', { ...of, entity_key: '/cart' }, NINE - 10 * HOUR);
      await posting(place).post('one');
      const [daily, weekly] = await outboxOf('no repeats');
      expect(daily?.words).toContain('*Done:* Warn the provider');
      expect(weekly?.words).toContain(
        '*2 · ● /checkout* · 2 days, still going on, worst on Thu 29 Jan: in the digest above',
      );
      expect(weekly?.words).toMatch(
        /\*1 · ● \/search: .*\* · 2 days, still going on\n.*How it is now is in the digest above\./,
      );
      expect(weekly?.words).toMatch(/\*3 · ● \/cart: .*\* · 1 day, over\n/);
      expect(weekly?.words).toContain('done: Roll back on Tuesday');
      expect(weekly?.words).not.toContain('Warn the provider');
      const said = (words = '') => new Set(words.split('\n').filter((line) => line.length > 40));
      expect([...said(weekly?.words)].filter((line) => said(daily?.words).has(line))).toEqual([]);
    });

    it('stands alone where the day has another hour, another channel, or is paused', async () => {
      const { place, weekly } = await enter('alone');
      await place.subscribe({ schedule: { minute: 600, weekdays: [5], zone: timezone }, nextDueAt: NINE + HOUR });
      await place.subscribe({ channel: 'C2' });
      await place.subscribe({ surfaces: ['/paused'], channel: 'C3' });
      await place.stores.subscriptions.pause('C3', 'is_archived');
      await posting(place).weekly(weekly, NINE);
      const posted = await outboxOf('alone');
      expect(posted.map(({ kind }) => kind)).toEqual(['weekly']);
      expect(posted[0]?.words).not.toContain('above');
    });
  });
});
