import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPreparer } from '../../src/core/prepare-event.ts';
import type { Event } from '../../src/core/records.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 0, 26, 12);
const MAYA = { actor: 'U1', role: 'admin', channel: 'C1' } as const;
const ALL_DAYS = { start: '2026-01-01', end: '2026-03-01' };

const prepare = createPreparer({
  currency: 'USD',
  keyId: 'k1',
  pseudonym: (user) => `p-${user}`,
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
});

/** An error on a day of the week the tests are about; 0 is its first. */
const failure = (day: number, message: string, meta: Event['meta'] = {}): Event => ({
  ts: NOON + day * DAY,
  source: 'sentry',
  type: 'error',
  account: 'acme',
  user: 'jane',
  surface: '/checkout',
  severity: null,
  value: null,
  id: null,
  meta: { message, ...meta },
});

describeOnEveryDatabase('error signatures', (open) => {
  let handle: DatabaseHandle;
  let stores: Stores;
  const newStores = () => createStores(handle, createStoreContext());

  beforeEach(async () => {
    handle = await open();
    stores = newStores();
  });
  afterEach(() => handle.close());

  const importInto = async ({ events }: Stores, failures: readonly Event[]) => {
    const session = await events.beginImport();
    await session.write(failures.map(prepare));
    await session.end();
  };
  const store = (...failures: Event[]) => importInto(stores, failures);
  /** Every event's signature, in the order of time. */
  const stored = async () =>
    (await handle.pool.query("SELECT error_signature AS s FROM events ORDER BY ts, meta ->> 'message'")).rows.map(
      ({ s }) => s,
    );
  const counted = async () => {
    await stores.rollups.aggregateDirty();
    const days = await stores.rollups.readSignatureDays(ALL_DAYS);
    return days.map(({ date, signature, errors }) => `${date} ${signature} ${errors}`);
  };

  /** The signatures of each hour that has errors. */
  const hourly = async () => {
    await stores.hours.aggregateDirty();
    const rows = await handle.kysely
      .selectFrom('hourly_surface_metrics')
      .select('top_error_signatures')
      .orderBy('hour')
      .execute();
    return rows.map(({ top_error_signatures }) => top_error_signatures.map(({ sig, count }) => `${sig} ${count}`));
  };

  const people = ['Alice', 'Bob', 'Carol', 'Dave', 'Erin', 'Frank', 'Grace', 'Heidi', 'Ivan', 'Judy'];
  const login = (day: number, name: string, meta?: Event['meta']) =>
    failure(day, `Login failed for member ${name} today`, meta);

  it('stay with their events over days and imports, while what is new joins a template that widened', async () => {
    await store(login(0, 'Zoe'), login(0, 'Yan'));
    const before = await stored();
    expect(before).toEqual(['Login failed for member Yan today', 'Login failed for member Zoe today']);
    await store(...people.map((name) => login(1, name)));
    const widened = (await stored()).slice(2);
    expect(new Set(widened)).toEqual(new Set([before[0]]));
    // Another process, which knows only what is stored.
    await importInto(newStores(), [login(2, 'Zoe'), login(2, 'Yan'), login(2, 'Quentin')]);
    expect(await stored()).toEqual([...before, ...widened, before[0], ...before]);
  });

  it('tell when and in which releases they were seen, with the earliest example and both links', async () => {
    const link = (n: number) => ({ url: `https://sentry.example.com/${n}` });
    await store(
      failure(1, 'Timed out after 30 s', { release: 'web@2', ...link(2) }),
      failure(2, 'Timed out after 7 s', { release: 'web@3', ...link(3) }),
    );
    await store(failure(0, 'Timed out after 12 s for jane@example.com', {}), failure(1, 'Timed out after 5 s'));
    await store(
      failure(0, 'Timed out after 9 s', { release: 'web@1', url: 'javascript:alert(1)' }),
      failure(3, 'Timed out after 1 s', { release: 'web@2' }),
    );
    expect(await stores.signatures.find('Timed out after <duration>')).toEqual({
      signature: 'Timed out after <duration>',
      title: 'Timed out after <duration>',
      example: 'Timed out after 9 s',
      first_url: null,
      latest_url: 'https://sentry.example.com/3',
      first_seen: NOON,
      last_seen: NOON + 3 * DAY,
      first_release: 'web@1',
      releases: ['web@2', 'web@3', 'web@1'],
      merged_into: null,
      merged: [],
    });
    expect((await stores.signatures.find('Timed out after <duration> for <email>'))?.example).toBe(
      'Timed out after 12 s for [email]',
    );
  });

  it('are listed latest first, whatever made them, and can be searched', async () => {
    await store(
      failure(0, 'x', { error_code: 'CARD_DECLINED' }),
      failure(1, 'Cannot read 7', { stack: 'TypeError: Cannot read 7\n    at pay (/srv/app/pay.js:1:2)' }),
      { ...failure(2, ''), type: 'request', source: 'api_log', meta: { status: 503, endpoint: 'POST /api/pay' } },
    );
    const list = await stores.signatures.list(10);
    expect(list.map(({ signature, title }) => [signature, title])).toEqual([
      ['HTTP_503 POST /api/pay', 'HTTP_503 POST /api/pay'],
      ['TypeError in pay', 'Cannot read <n>'],
      ['CARD_DECLINED', 'x'],
    ]);
    expect((await stores.signatures.list(10, 'cannot READ')).map(({ signature }) => signature)).toEqual([
      'TypeError in pay',
    ]);
    expect(await stores.signatures.list(1)).toHaveLength(1);
  });

  it('are counted under the one they were merged into, on old days and new ones, until that is taken back', async () => {
    await store(failure(0, 'Card refused'), failure(0, 'Payment rejected'), failure(1, 'Card refused'));
    const apart = await counted();
    expect(await hourly()).toEqual([['Card refused 1', 'Payment rejected 1'], ['Card refused 1']]);
    expect(apart).toEqual(['2026-01-26 Card refused 1', '2026-01-26 Payment rejected 1', '2026-01-27 Card refused 1']);

    await stores.signatures.merge('Card refused', 'Payment rejected', MAYA);
    const together = ['2026-01-26 Payment rejected 2', '2026-01-27 Payment rejected 1'];
    expect(await stores.rollups.readSignatureDays(ALL_DAYS)).toMatchObject([{ errors: 2 }, { errors: 1 }]);
    expect(await counted()).toEqual(together);
    const [detail] = await stores.rollups.readSurfaceDetails('2026-01-26');
    expect(detail?.top_error_signatures).toMatchObject([{ sig: 'Payment rejected', count: 2 }]);
    expect(await hourly()).toEqual([['Payment rejected 2'], ['Payment rejected 1']]);
    expect(await stores.rollups.readSignatureReach('2026-01-27', 'Payment rejected')).toMatchObject({ accounts: 1 });

    await store(failure(2, 'Card refused'));
    expect(await counted()).toEqual([...together, '2026-01-28 Payment rejected 1']);
    expect(await stores.signatures.find('Payment rejected')).toMatchObject({ merged: ['Card refused'] });

    expect(await stores.signatures.unmerge('Card refused', MAYA)).toBe('Payment rejected');
    expect(await counted()).toEqual([...apart, '2026-01-28 Card refused 1']);
    expect(await stores.audit.list(10)).toMatchObject([
      { actor: 'U1', action: 'signature.unmerge', subject_id: 'Card refused', details: { into: 'Payment rejected' } },
      { actor: 'U1', action: 'signature.merge', subject_id: 'Card refused', details: { into: 'Payment rejected' } },
    ]);
  });

  it('follow merges of merges, and refuse what makes no sense', async () => {
    await store(failure(0, 'one'), failure(0, 'two'), failure(0, 'three'));
    await stores.signatures.merge('one', 'two', MAYA);
    await stores.signatures.merge('two', 'three', MAYA);
    expect(await counted()).toEqual(['2026-01-26 three 3']);
    const refused = (from: string, into: string) => expect(stores.signatures.merge(from, into, MAYA)).rejects;
    await refused('three', 'one').toMatchObject({ code: 'bad_arguments' });
    await refused('three', 'three').toMatchObject({ code: 'bad_arguments' });
    await refused('one', 'three').toMatchObject({ code: 'conflict' });
    await refused('one', 'nothing like it').toMatchObject({ code: 'not_found' });
    await expect(stores.signatures.unmerge('three', MAYA)).rejects.toMatchObject({ code: 'conflict' });
    expect(await stores.audit.list(10)).toHaveLength(2);
    await stores.signatures.unmerge('two', MAYA);
    expect(await counted()).toEqual(['2026-01-26 three 1', '2026-01-26 two 2']);
  });

  it('of imported days merge as well, when they are read', async () => {
    await stores.rollups.upsertAggregates([
      {
        date: '2026-01-26',
        surface: '/checkout',
        pageviews: 100,
        actions: 0,
        dropoffs: 0,
        errors: 9,
        tickets: 0,
        affected_accounts: 1,
        affected_users: 1,
        revenue_at_risk: 0,
        release_top: null,
        release_share: null,
        top_error_signatures: [
          { sig: 'a', count: 5, example: 'it broke' },
          { sig: 'b', count: 4, example: 'so did it' },
        ],
        top_ticket_topics: [],
      },
    ]);
    await stores.signatures.merge('a', 'b', MAYA);
    expect(await counted()).toEqual(['2026-01-26 b 9']);
    const [detail] = await stores.rollups.readSurfaceDetails('2026-01-26');
    expect(detail?.top_error_signatures).toEqual([{ sig: 'b', count: 9, example: 'so did it' }]);
  });

  it('belong to one workspace', async () => {
    await store(failure(0, 'Card refused'));
    const other = createStores(handle, createStoreContext({ workspace: 'other' }));
    expect(await other.signatures.list(10)).toEqual([]);
    await expect(other.signatures.unmerge('Card refused', MAYA)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('that two processes made at once of one fault both stay, and the older takes what comes after', async () => {
    const [one, two] = [newStores(), newStores()];
    const rest = people.slice(2).map((name) => login(1, name));
    const [first, second] = [await one.events.beginImport(), await two.events.beginImport()];
    await first.write([login(0, 'Alice'), ...rest].map(prepare));
    await second.write([login(2, 'Bob'), ...rest.map((event) => ({ ...event, ts: event.ts + 2 * DAY }))].map(prepare));
    await Promise.all([first.end(), second.end()]);
    const made = await stored();
    await importInto(newStores(), [login(4, 'Quentin')]);
    const all = await stored();
    expect(all.slice(0, -1)).toEqual(made);
    expect(all.at(-1)).toBe('Login failed for member Alice today');
  });

  /** Two processes, each of which knows what was stored when it began. */
  const importAtOnce = async () => {
    const rest = people.slice(2).map((name) => login(1, name));
    const [first, second] = [await newStores().events.beginImport(), await newStores().events.beginImport()];
    await first.write([prepare(failure(0, 'Card refused by the bank'))]);
    await second.write([prepare(failure(0, 'Card refused by the shop'))]);
    await first.write([login(0, 'Alice'), ...rest].map(prepare));
    await second.write([login(2, 'Bob'), ...rest.map((event) => ({ ...event, ts: event.ts + 2 * DAY }))].map(prepare));
    await Promise.all([first.end(), second.end()]);
  };
  const [alice, bob] = ['Login failed for member Alice today', 'Login failed for member Bob today'];

  it('of one fault that two processes made at once are counted as one, unless somebody took them apart', async () => {
    await importAtOnce();
    const apart = await counted();
    expect(apart.filter((day) => day.includes(bob))).not.toEqual([]);
    expect([await stores.signatures.mergeTwins(), await stores.signatures.mergeTwins()]).toEqual([1, 0]);
    const together = await counted();
    expect(together.filter((day) => day.includes(bob))).toEqual([]);
    expect(together.filter((day) => day.includes('Card refused'))).toHaveLength(2);
    expect(await stores.audit.list(10)).toMatchObject([
      { actor: 'system', action: 'signature.merge', subject_id: bob, details: { into: alice } },
    ]);

    await stores.signatures.unmerge(bob, MAYA);
    expect(await stores.signatures.mergeTwins()).toBe(0);
    expect(await counted()).toEqual(apart);
  });

  it('that a person merged the other way round stay as they are', async () => {
    await importAtOnce();
    await stores.signatures.merge(alice, bob, MAYA);
    expect(await stores.signatures.mergeTwins()).toBe(0);
    expect(await stores.signatures.find(bob)).toMatchObject({ merged: [alice], merged_into: null });
  });

  it('that were apart before a word was known for a parameter stay apart', async () => {
    await store(login(0, 'Zoe'), login(0, 'Yan'));
    await store(...people.map((name) => login(1, name)));
    expect(await stores.signatures.mergeTwins()).toBe(0);
  });
});
