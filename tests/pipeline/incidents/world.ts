/** A workspace in which a test says what the hourly judge found, and when it is. */

import type { HourlyFinding } from '../../../src/core/detect/hours/hourly-finding.ts';
import { incidentName } from '../../../src/core/incident/incident-ref.ts';
import type { IncidentContext } from '../../../src/pipeline/incidents/context.ts';
import { createIncidentDesk } from '../../../src/pipeline/incidents/desk.ts';
import type { Stores } from '../../../src/pipeline/ports.ts';
import type { NewSubscription } from '../../../src/pipeline/subscriptions.ts';
import { bulkInsert } from '../../../src/postgres/bulk-insert.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { createStores } from '../../../src/postgres/stores.ts';
import { HOUR, START } from '../../core/incident/made-up.ts';
import { silentLog } from '../../support/silent-log.ts';
import { createStoreContext } from '../../support/store-context.ts';

export class World {
  readonly handle: DatabaseHandle;
  readonly stores: Stores;
  now = START;
  /** Channels that may not be posted to any more. */
  readonly barred = new Set<string>();

  constructor(handle: DatabaseHandle) {
    this.handle = handle;
    this.stores = createStores(handle, createStoreContext({ clock: () => this.now }));
  }

  get context(): IncidentContext {
    const { incidents, alerts, mutes, votes, outbox, settings, hours, hourlyFindings, maintenance, subscriptions } =
      this.stores;
    return {
      stores: { incidents, alerts, mutes, votes, outbox, settings, hours, hourlyFindings, maintenance, subscriptions },
      mayPost: async (channel) => {
        if (this.barred.has(channel)) await subscriptions.pause(channel, 'shared');
        return !this.barred.has(channel);
      },
      sensitivity: 'normal',
      timezone: 'Europe/Berlin',
      clock: () => this.now,
      newId: createStoreContext().newId,
      log: silentLog,
      renderIncident: ({ number, state, severity, revision }) =>
        says(`${incidentName(number)} ${state} ${severity} r${revision}`),
      renderEntry: ({ kind, actor }) => says(`${kind} by ${actor}`),
      renderRule: ({ metric, isDemoted }) => says(`${metric} ${isDemoted ? 'demoted' : 'restored'}`),
    };
  }

  get desk() {
    const policy = { admins: ['U_ADMIN'], approvers: [] };
    return createIncidentDesk({ ...this.context, stores: this.stores, policy });
  }

  async subscribe(channel: string, over: Partial<NewSubscription> = {}): Promise<void> {
    const asked: NewSubscription = {
      kind: 'alerts',
      channel,
      surfaces: [],
      severity: 'low',
      schedule: null,
      question: null,
      quiet: null,
      weeklyBudget: 10,
      nextDueAt: null,
      ...over,
    };
    await this.stores.subscriptions.add(asked, { actor: 'U1', role: 'viewer', channel });
  }

  /** Has an hour judged, so many after `START`, and moves the clock to ten minutes after its end. */
  async judged(index: number, findings: readonly HourlyFinding[] = []): Promise<void> {
    const start = START + index * HOUR;
    const { kysely } = this.handle;
    const counts = {
      pageviews: 500,
      requests: 0,
      errors: 30,
      request_failures: 0,
      dropoffs: 20,
      actions: 0,
      tickets: 0,
      replies: 0,
    };
    const pages = [...new Set(['/home', ...findings.map(({ surface }) => surface)])].map((surface) => ({
      ...counts,
      workspace_id: 'local',
      hour: new Date(start),
      surface,
      affected_accounts: 0,
      affected_users: 0,
      revenue: 0,
      revenue_at_risk: 0,
      top_error_signatures: [],
      top_ticket_topics: [],
      normaliser_version: 1,
    }));
    await bulkInsert(kysely, 'hourly_surface_metrics', pages);
    const { hourlyFindings } = this.stores;
    await hourlyFindings.save({
      before: await hourlyFindings.judgedUntil(),
      judgedUntil: start + HOUR,
      product: new Uint8Array(),
      surfaces: [],
      findings: findings.map((one) => ({
        ...one,
        sensitivity: 'normal',
        hour: start,
        since: Math.min(one.since, start),
      })),
    });
    this.now = start + HOUR + 600_000;
  }

  /** Everything that was put into the outbox, oldest first: "C1 post INC-1 open medium r1". */
  async outbox(): Promise<string[]> {
    const rows = await this.handle.kysely
      .selectFrom('outbox')
      .select(['channel', 'operation', 'payload'])
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(({ channel, operation, payload }) => `${channel} ${operation} ${payload.text}`);
  }
}

const says = (text: string) => ({ text, blocks: [] });
