import { beforeAll, expect, it } from 'vitest';
import type { Finding } from '../../src/core/records.ts';
import { whyNot } from '../../src/pipeline/why-not.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { DATE, priorityOf } from '../slack/models.ts';
import { timezone } from '../slack/world.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { finding } from '../support/priority.ts';
import { CHANNEL, DAY, HOUR, NINE, Place } from './told-place.ts';

const BY = { actor: 'U0000MAYA', role: 'viewer', channel: CHANNEL } as const;

describeOnOneDatabase('why nobody was told of a page', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
  });

  /** /checkout and /cart have a day of views; /tiny has three. */
  async function enter(workspace: string) {
    const place = new Place(handle, workspace);
    await place.viewed(DATE, '/checkout', 400, 20);
    await place.viewed(DATE, '/tiny', 3, 0);
    const ask = async (surface: string, { date = null as string | null, channel = CHANNEL } = {}) => {
      const { headline, lines } = await whyNot(place.stores, { surface, date, channel }, { timezone, now: NINE });
      return [headline, ...lines].join('\n');
    };
    const found = async (findings: Partial<Finding>[]) => {
      await place.judged(DATE, []);
      const day = await place.stores.priorities.findDay(DATE);
      if (day)
        await place.stores.priorities.replaceDay(
          day,
          findings.map((one) => finding('spike', 'error_rate', one)),
          [],
        );
    };
    return { place, ask, found };
  }

  it('is asked of a page that somebody has seen, and a day that was judged', async () => {
    const { place, ask } = await enter('unknown');
    await expect(ask('/checkout')).rejects.toMatchObject({
      code: 'not_found',
      message: 'Nothing has been judged yet.',
    });
    await place.judged(DATE, []);
    await expect(ask('/chekout')).rejects.toMatchObject({ code: 'not_found', fix: 'Nearest: /checkout.' });
    await expect(ask('/checkout', { date: '2026-01-02' })).rejects.toMatchObject({
      message: 'Fri 2 Jan was not judged.',
      fix: 'The latest judged day is Thu 29 Jan.',
    });
    expect(await ask('/CHECKOUT')).toBe(
      'Nothing was outside normal on /checkout on Thu 29 Jan.\nErrors: 5% of 400 views.\nDrop-offs: 0% of 400 views.',
    );
  });

  it.each<[string, Partial<Finding>[], string, string]>([
    ['is too small', [], '/tiny', '/tiny is too small to judge by one day: 3 views or requests'],
    [
      'moved by less than is asked for',
      [{ current: 0.05, expected: 0.04, q_value: 0.2 }],
      '/checkout',
      '/checkout moved on Thu 29 Jan, but by less than this workspace asks for: errors per view 1.3x normal',
    ],
    [
      'has too little history',
      [{ rule: 'insufficient-history', direction: null, current: 3, expected: 14 }],
      '/checkout',
      '/checkout has 3 days of history and needs 14 days',
    ],
    [
      'was under maintenance',
      [{ rule: 'under-maintenance', direction: null }],
      '/checkout',
      '/checkout was under declared maintenance on Thu 29 Jan',
    ],
  ])('says that it %s', async (name, findings, surface, words) => {
    const { ask, found } = await enter(`found ${name}`);
    await found(findings);
    expect(await ask(surface)).toContain(words);
  });

  it('says that a source sent nothing', async () => {
    const { place, ask } = await enter('gap');
    await place.judged(DATE, [], { gap_sources: ['sentry'] });
    expect(await ask('/checkout')).toContain('as far as can be told: some sources sent nothing that day.');
  });

  it('says where it was told, and what kept it from being told here', async () => {
    const { place, ask } = await enter('told');
    const led = { ...priorityOf(1, '/checkout'), members: [{ entity_type: 'surface', entity_key: '/tiny' } as const] };
    await place.judged(DATE, [led]);
    const why = 'on Thu 29 Jan as #1';
    expect(await ask('/checkout')).toContain(`${why}, but this channel has no digest.`);
    const { number } = await place.subscribe({ surfaces: ['/pay*'] });
    expect(await ask('/checkout')).toContain(`${why}, and not told here because this channel did not subscribe`);
    await place.stores.subscriptions.end(number, BY);
    await place.subscribe();
    expect(await ask('/checkout')).toContain('/checkout was told: as #1 of Thu 29 Jan.');
    expect(await ask('/tiny')).toContain('/tiny was told: with #1, /checkout, as one cause');
    const { mutes } = place.stores;
    for (const pattern of ['/checkout', '/tiny'])
      await mutes.add({ target: 'surface', pattern, until: NINE + DAY, reason: null }, BY);
    expect(await ask('/checkout')).toContain('because it is snoozed until Sat 31 Jan, 09:00 Europe/Berlin.');
    await place.stores.subscriptions.pause(CHANNEL, 'is_archived');
    expect(await ask('/checkout')).toContain('because delivery to this channel is paused');
  });

  it.each([
    ['budget', 'because this channel had had its pings of the week'],
    ['quiet_hours', 'because it came in quiet hours, which hold all but high severity'],
    ['rule_demoted', 'because alerts of this kind were wrong too often'],
    ['snoozed', 'because it is snoozed'],
    ['ignored', 'because it is ignored for good'],
    [null, 'INC-1 was told here.'],
  ] as const)('says of its incident, held for %s, what became of it', async (held, words) => {
    const { place, ask } = await enter(`alert ${held}`);
    await place.judged(DATE, []);
    const { id: incidentId } = await place.incident('/checkout', { openedAt: NINE - 10 * HOUR });
    expect(await ask('/checkout')).toContain('INC-1 was not told here because this channel asked for no alerts.');
    await place.stores.alerts.put({ incidentId, channel: CHANNEL, at: NINE - 9 * HOUR, revision: 1, held });
    expect(await ask('/checkout')).toContain(words);
    expect(await ask('/checkout', { channel: 'C2' })).toContain('this channel asked for no alerts');
    expect(await ask('/tiny')).not.toContain('INC-1');
  });
});
