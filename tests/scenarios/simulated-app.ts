/** The app in a local workspace with time in the caller's hands: what it does by the clock, it does when told to. */
import { v7 } from 'uuid';
import { createChartPainter } from '../../src/charts/chart-painter.ts';
import { loadConfig } from '../../src/config.ts';
import { DIGEST_ITEMS } from '../../src/core/delivery/digest-model.ts';
import { createDuePosts } from '../../src/due-posts.ts';
import { aggregateHours } from '../../src/pipeline/aggregate-hours.ts';
import { correctDigests } from '../../src/pipeline/correct-digests.ts';
import { deliverOutbox } from '../../src/pipeline/deliver.ts';
import { createDayJudge } from '../../src/pipeline/due/judge-once.ts';
import { explainDay, templateExplainer } from '../../src/pipeline/explain.ts';
import { beatIncidents } from '../../src/pipeline/incidents/beat.ts';
import type { IncidentContext } from '../../src/pipeline/incidents/context.ts';
import { createIncidentDesk } from '../../src/pipeline/incidents/desk.ts';
import { createExpectedHours } from '../../src/pipeline/incidents/expected-hours.ts';
import { followIncidents } from '../../src/pipeline/incidents/follow.ts';
import { readIncidentChart } from '../../src/pipeline/incidents/read-chart.ts';
import { judgeHours } from '../../src/pipeline/judge-hours.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import { runCycle } from '../../src/pipeline/run-cycle.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { incidentRenderers } from '../../src/slack/incident-renderers.ts';
import { buildCorrection } from '../../src/slack/views/correction.ts';
import { CHANNEL, startWorld, storesOf } from '../slack/world.ts';
import { noAnswering } from '../support/no-answering.ts';
import { silentLog } from '../support/silent-log.ts';
import { SETTINGS, TIMEZONE } from './product.ts';

/** Slack takes a message a second in a channel. */
const TURN_MS = 1_100;
const SETTLE_MINUTES = 10;
const CURRENCY = 'USD';

export interface SimulatedApp {
  sandbox: Sandbox;
  stores: Stores;
  /** Epoch milliseconds; only goes on when told to. */
  readonly now: () => number;
  /** Lets time pass until then; what is due meanwhile is late. */
  passUntil(at: number): void;
  /** Aggregates what came in; the hours are then judged as the stores have them. */
  aggregate(): Promise<void>;
  /** The tick of the hour that has settled by now: judges, follows incidents, tells of them. */
  judge(): Promise<void>;
  /** Says in the threads of digests what late data changed. */
  correct(): Promise<void>;
  /** What the minute brings: snoozes end, digests are due; then everything is delivered. */
  beat(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it at an instant, with the subscriptions that a channel has by default. */
export async function startSimulatedApp(
  handle: DatabaseHandle,
  start: number,
  workspace: SandboxOptions = {},
): Promise<SimulatedApp> {
  let time = start;
  const clock = (): number => time;
  const stores = storesOf(handle, clock);
  const renderers = incidentRenderers(TIMEZONE);
  const expectedOf = createExpectedHours({ stores, timezone: TIMEZONE });
  const chartOf: Required<IncidentContext>['chartOf'] = (incident, stretch) =>
    readIncidentChart({ stores, expectedOf, sensitivity: 'normal' }, incident, stretch);
  const charts = createChartPainter();
  const common = { stores, timezone: TIMEZONE, clock, log: silentLog };
  const mayPost = async (): Promise<boolean> => true;
  const incidents: IncidentContext = { ...common, ...renderers, chartOf, mayPost, sensitivity: 'normal', newId: v7 };
  const policy = { admins: [], approvers: [] };
  const world = await startWorld(handle, {
    stores: () => stores,
    sandbox: { ...workspace, clock },
    app: {
      clock,
      chartOf,
      drawChart: charts.draw,
      desk: createIncidentDesk({ ...common, ...renderers, chartOf, policy, mention: (user) => `<@${user}>` }),
    },
  });
  const { sandbox, app } = world;
  const stopping = new AbortController().signal;
  const rejudge = async (date: string, asOf: number): Promise<void> => {
    await runCycle({ ...common, chosen: { first: date, last: date }, asOf, currency: CURRENCY });
  };
  const due = createDuePosts({
    ...common,
    config: loadConfig({ ...SETTINGS, SEEPASS_CHANNEL: CHANNEL }),
    answering: noAnswering,
    channels: app.directory,
    policy: { channels: app.directory, listed: [], pause: async () => undefined },
    prepareDay: createDayJudge({
      jobs: stores.jobs,
      owner: 'simulated',
      log: silentLog,
      async judge(date, asOf) {
        await rejudge(date, asOf);
        const { timezone, log } = common;
        await explainDay({
          stores,
          explainer: templateExplainer,
          date,
          limit: DIGEST_ITEMS,
          currency: CURRENCY,
          timezone,
          log,
        });
      },
    }),
    catchUp: false,
    owner: 'simulated',
    stopping,
  });
  await due.ensureDefaults();

  async function deliver(): Promise<void> {
    // A turn of the channel at a time, until nothing was sent in one.
    for (;;) {
      const { messenger } = app;
      const { sent } = await deliverOutbox({ stores, messenger, owner: 'simulated', clock, log: silentLog });
      if (sent === 0) return;
      time += TURN_MS;
    }
  }

  return {
    sandbox,
    stores,
    now: clock,
    passUntil(at) {
      time = Math.max(time, at);
    },
    aggregate: () =>
      aggregateHours({ ...common, hours: stores.hours, asOf: time, settleMinutes: SETTLE_MINUTES, keptDays: 90 }),
    async judge() {
      await judgeHours({ ...common, asOf: time, settleMinutes: SETTLE_MINUTES });
      await followIncidents(incidents);
      await deliver();
    },
    async correct() {
      await correctDigests({ ...common, asOf: time, currency: CURRENCY, rejudge, renderCorrection: buildCorrection });
      await deliver();
    },
    async beat() {
      await due.post();
      await beatIncidents(incidents, time);
      await deliver();
    },
    async stop() {
      await world.stop();
      await charts.stop();
    },
  };
}
