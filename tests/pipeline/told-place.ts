/** A workspace of its own on a database that a file's tests share, with judged days, incidents and deeds to tell of. */
import { createHash } from 'node:crypto';
import { v7 } from 'uuid';
import type { Subscription } from '../../src/core/delivery/subscription.ts';
import type { Incident } from '../../src/core/incident/incident.ts';
import { createPreparer } from '../../src/core/prepare-event.ts';
import type { EntityRef, Event, Priority } from '../../src/core/records.ts';
import { startOfDay } from '../../src/core/window.ts';
import type { JudgedDay, Stores } from '../../src/pipeline/ports.ts';
import type { NewSubscription } from '../../src/pipeline/subscriptions.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { incidentOf } from '../slack/incident-models.ts';
import { digestIn, timezone } from '../slack/world.ts';
import { actingOn } from '../support/acting.ts';
import { createStoreContext } from '../support/store-context.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const CHANNEL = 'C0000001';
/** Friday 30 January, 09:00 in Berlin: digests are due. */
export const NINE = Date.UTC(2026, 0, 30, 8);

export class Place {
  readonly stores: Stores;
  now = NINE;

  constructor(handle: DatabaseHandle, workspace: string) {
    this.stores = createStores(handle, createStoreContext({ workspace, clock: () => this.now }));
  }

  get context() {
    return { stores: this.stores, timezone, currency: 'USD', clock: () => this.now };
  }

  async judged(date: string, priorities: readonly Priority[], summary: Partial<JudgedDay['summary']> = {}) {
    const counts = { surfaces: 40, findings: priorities.length, priorities: priorities.length };
    const plain = { expected_false: 0.2, too_small: 0, insufficient_history: 0, under_maintenance: 0 };
    const rest = { baselines_ready_on: null, gap_sources: [], back_to_normal: [], improvements: [] };
    const day = { date, as_of: NINE, ...counts, summary: { ...plain, ...rest, ...summary } };
    await this.stores.priorities.replaceDay(
      day,
      [],
      priorities.map((priority) => ({ ...priority, date })),
    );
  }

  /** A page's views of a day, of which so many have an error. */
  async viewed(date: string, surface: string, views: number, errors: number): Promise<void> {
    const noon = startOfDay(date, timezone) + 12 * HOUR;
    const events = Array.from({ length: views + errors }, (_, index): Event => {
      const isError = index >= views;
      const common = { ts: noon + index, surface, account: 'Acme', user: 'u1', severity: null, value: null, meta: {} };
      const id = `${date}${surface}${index}`;
      return { ...common, id, source: isError ? 'sentry' : 'posthog', type: isError ? 'error' : 'pageview' };
    });
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const prepare = createPreparer({ currency: 'USD', sha256, pseudonym: (user) => user, keyId: 'k1' });
    const session = await this.stores.events.beginImport();
    await session.write(events.map(prepare));
    await session.end();
    await this.stores.rollups.aggregateDirty();
  }

  subscribe(over: Partial<NewSubscription> = {}): Promise<Subscription> {
    return this.stores.subscriptions.add({ ...digestIn(CHANNEL), nextDueAt: NINE, ...over }, 'system');
  }

  async incident(surface: string, over: Partial<Incident> = {}): Promise<Incident> {
    const lead = { surface, metric: 'error_rate', direction: 'up' } as const;
    const members = [{ surface, metric: 'error_rate', since: NINE - 2 * DAY, recovered: false } as const];
    const incident = incidentOf({ id: v7(), number: 0, lead, members, since: NINE - 2 * DAY, ...over });
    const [stored] = (await this.stores.incidents.save([{ from: null, incident, entries: [] }], 'system')) ?? [];
    if (!stored) throw new Error('The incident was not stored.');
    return stored;
  }

  /** Proposes, approves and carries out an action for a priority of a day. */
  async done(title: string, of: EntityRef & { date: string }, at: number): Promise<void> {
    this.now = at;
    const parameters = { would_call: 'deploy.rollback', with: {}, expect: 'Fewer errors.' };
    const action = { type: 'simulate', title, risk: 'low', parameters } as const;
    const acting = actingOn(this.stores, { clock: () => this.now, policy: { admins: [], approvers: ['U0000MAYA'] } });
    const subject = { kind: 'priority', ...of } as const;
    const { id } = await acting.desk.propose({ subject, action, why: '', expectation: null }, 'system');
    await acting.desk.act(id, { kind: 'approve', version: 1 }, { actor: 'U0000MAYA', channel: CHANNEL });
    await acting.idle();
    this.now = NINE;
  }
}
