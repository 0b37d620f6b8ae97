import { hash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import type { Assessment, CauseCategory } from '../../../src/core/assess/assessment.ts';
import { rungOf } from '../../../src/core/assess/rung.ts';
import { staysWithin } from '../../../src/core/explain/ladder.ts';
import { createPreparer } from '../../../src/core/prepare-event.ts';
import { generateProduct } from '../../../src/demo/generate.ts';
import { assessDay, assessPriority } from '../../../src/pipeline/assess/assess-day.ts';
import { type AssessContext, asWritten } from '../../../src/pipeline/assess/context.ts';
import { createAssessDesk } from '../../../src/pipeline/assess/desk.ts';
import { ingest } from '../../../src/pipeline/ingest.ts';
import { runCycle } from '../../../src/pipeline/run-cycle.ts';
import { createStores } from '../../../src/postgres/stores.ts';
import { eventsSource } from '../../../src/sources/events.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { silentLog } from '../../support/silent-log.ts';
import { createStoreContext } from '../../support/store-context.ts';

const JUDGED = '2026-01-29';
/** What the demo plants into its last day, and what an engineer would look at first, or second. */
const PLANTED: readonly (readonly [page: string, cause: CauseCategory])[] = [
  ['/checkout', 'release'],
  ['/checkout', 'payment'],
  ['/webhooks/orders', 'credentials'],
  ['/search', 'database'],
];

describeOnOneDatabase('assessing the last day of the demo product', (open) => {
  let context: AssessContext;
  let asked = 0;

  beforeAll(async () => {
    const storeContext = createStoreContext();
    const stores = createStores(await open(), storeContext);
    const prepare = createPreparer({
      currency: 'USD',
      sha256: (text) => hash('sha256', text, 'hex'),
      pseudonym: (user) => hash('sha256', user, 'hex'),
      keyId: 'k1',
    });
    const product = generateProduct({
      days: 36,
      surfaces: 40,
      events: 60_000,
      endDate: '2026-01-30',
      timezone: 'Europe/Berlin',
    });
    const { clock } = storeContext;
    const accept = (value: unknown) => {
      const parsed = eventsSource.parse(value, { now: clock(), currency: 'USD' }, false);
      return parsed.event === undefined ? { reason: parsed.reason } : { event: prepare(parsed.event) };
    };
    const records = [[...product.events].map((value, index) => ({ line: index + 1, value }))];
    await ingest(records, { store: stores.events, accept, clock });
    const common = { timezone: 'Europe/Berlin', currency: 'USD', log: silentLog, clock };
    await runCycle({ stores, chosen: { first: JUDGED, last: JUDGED }, asOf: clock(), ...common });
    const metrics = {
      ...stores.metrics,
      answer: (...of: Parameters<typeof stores.metrics.answer>) => {
        asked += 1;
        return stores.metrics.answer(...of);
      },
    };
    const sha256 = (text: string) => hash('sha256', text, 'hex');
    context = { stores: { ...stores, metrics }, ...common, runbooks: null, write: asWritten, sha256 };
  }, 120_000);

  const on = async (page: string): Promise<Assessment> => {
    const found = await createAssessDesk(context).ofPriority(JUDGED, { entity_type: 'surface', entity_key: page });
    if (!found) throw new Error(`nothing is assessed on ${page}`);
    return found;
  };

  it.each(PLANTED)('names what was planted on %s: %s', async (page, cause) => {
    const { hypotheses } = await on(page);
    expect(hypotheses.slice(0, 2).map(({ category }) => category)).toContain(cause);
  });

  it('writes once, and keeps what is there while no fact changes', async () => {
    const first = await assessDay(context, { date: JUDGED, limit: 3 });
    const again = await assessDay(context, { date: JUDGED, limit: 3 });
    expect(first.written + first.kept).toBe(3);
    expect(again).toEqual({ written: 0, kept: 3 });
  });

  it('asks a bounded number of closed queries', async () => {
    const [priority] = await context.stores.priorities.listPriorities(JUDGED, 1);
    if (!priority) throw new Error('nothing was judged');
    asked = 0;
    await assessPriority(context, priority);
    expect(asked).toBeGreaterThan(10);
    expect(asked).toBeLessThanOrEqual(20);
  });

  it('ties every claim to facts it has, and claims no more than its checks confirm', async () => {
    const { stores } = context;
    for (const priority of await stores.priorities.listPriorities(JUDGED, 6)) {
      const { stored } = await assessPriority(context, priority);
      const { assessment } = stored;
      const known = new Set(assessment.facts.map(({ id }) => id));
      const claims = [assessment.cause.text, ...assessment.evidence, ...assessment.uncertainties];
      for (const { text, factIds } of claims) {
        expect(
          factIds.filter((id) => !known.has(id)),
          text,
        ).toEqual([]);
        expect(staysWithin(rungOf(assessment), text), text).toBe(true);
      }
      expect(JSON.stringify(assessment)).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  it('goes on without an answer where a check fails', async () => {
    const [priority] = await context.stores.priorities.listPriorities(JUDGED, 1);
    if (!priority) throw new Error('nothing was judged');
    const metrics = { ...context.stores.metrics, answer: () => Promise.reject(new Error('the database is away')) };
    const { stored } = await assessPriority({ ...context, stores: { ...context.stores, metrics } }, priority);
    expect(stored.assessment.cause).toMatchObject({ category: 'unknown', confidence: 'low' });
  });
});
