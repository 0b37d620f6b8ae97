import { hostname } from 'node:os';
import { actions } from './actions/index.ts';
import { askDeps } from './asking.ts';
import type { Config } from './config.ts';
import { DIGEST_ITEMS } from './core/delivery/digest-model.ts';
import { judgedDate } from './core/window.ts';
import { judgeHoursInThread, runCycleInThread, runDrillInThread } from './cycle-thread.ts';
import { SeepassError } from './errors.ts';
import { createAcceptance } from './event-acceptance.ts';
import { type HttpServer, startHttpServer } from './http/server.ts';
import { createModelUse } from './model-use.ts';
import type { OpenStores } from './open-stores.ts';
import { decideProposal, previewProposal } from './pipeline/act.ts';
import { aggregateHours } from './pipeline/aggregate-hours.ts';
import { ANSWERS_KEPT_DAYS } from './pipeline/answers.ts';
import { createAnswering } from './pipeline/ask/answering.ts';
import { createThemeAssigner } from './pipeline/assign-themes.ts';
import { deliverOutbox } from './pipeline/deliver.ts';
import { explainDay, templateExplainer } from './pipeline/explain.ts';
import { ingest } from './pipeline/ingest.ts';
import { labelDay } from './pipeline/label.ts';
import type { Clock, Log, NewId } from './pipeline/ports.ts';
import { enqueueDigest } from './pipeline/post.ts';
import { repeatEvery } from './repeat-every.ts';
import { type Job, type Scheduler, startScheduler } from './scheduler.ts';
import { createSlackApp, type SlackTransport } from './slack/app.ts';
import { buildDigestMessage } from './slack/views/digest.ts';
import { eventsSource } from './sources/events.ts';

/** A channel takes a message a second: a turn that is missed by a beat is not missed by much. */
const OUTBOX_BEAT_MS = 250;
const DAY_MS = 86_400_000;
/** Weekly, when nobody waits for anything. */
const DRILL_CRON = '30 3 * * 0';

export interface AppOptions {
  readonly config: Config;
  /** Migrated; the caller closes it after stop(). */
  readonly opened: OpenStores;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** False leaves digests to runDigest(): the demo posts its own. */
  readonly schedule?: boolean;
}

export interface App {
  /** Connects Slack, opens the HTTP port, starts the schedule. @throws SeepassError that names the setting to mend. */
  start(): Promise<void>;
  /** Finishes what is under way; never throws. */
  stop(): Promise<void>;
  /** The whole morning for a tick: aggregate, judge, explain, post. Safe to repeat: one digest per channel and day. */
  runDigest(asOf: number): Promise<void>;
  /** What is running, for people; known after start(). */
  readonly description: string;
  /** Where POST /v1/events is; known after start(). */
  readonly httpUrl: string;
}

/**
 * The composition root: the only place that knows every adapter.
 * @throws SeepassError `bad_config` when Slack is not connected or a prompt is unusable.
 */
export async function createApp({ config, opened, clock, newId, log, schedule = true }: AppOptions): Promise<App> {
  const { handle, stores } = opened;
  const { timezone, currency } = config;
  const owner = `${hostname()}:${process.pid}:${newId().slice(-8)}`;
  const policy = { admins: config.admins, approvers: config.approvers };
  const assignThemes = createThemeAssigner({ themes: stores.themes, clock });
  const accept = createAcceptance(config, opened.target, clock)(eventsSource);
  const model = await createModelUse(config, { stores, clock, log });
  const explainer = model?.explainer ?? templateExplainer;

  const slack = createSlackApp({
    ...slackAccess(config),
    apiUrl: config.slack.apiUrl,
    stores,
    timezone,
    currency,
    clock,
    log,
    newId,
    answering: createAnswering(askDeps(config, opened, { clock, newId, log }, model)),
    label: (request) => labelDay(request, { stores, policy }),
    preview: (proposal) => previewProposal(actions, proposal),
    decide: (request) =>
      decideProposal({ ...request, stores, actions, policy, timezone, clock, log, mention: (user) => `<@${user}>` }),
  });

  const stopping = new AbortController();
  const deliver = repeatEvery(
    OUTBOX_BEAT_MS,
    async () => {
      await deliverOutbox({ stores, messenger: slack.messenger, owner, clock, log, stopping: stopping.signal });
    },
    (error) => log.error({ err: error }, 'could not deliver the outbox; trying again'),
  );

  async function runDigest(asOf: number): Promise<void> {
    const { channel } = config.digest;
    if (channel === undefined)
      throw new SeepassError('bad_config', 'No channel was chosen for the digest.', { fix: 'Set SEEPASS_CHANNEL.' });
    const date = judgedDate(asOf, timezone);
    await runCycleInThread({ ...threadInput(asOf), chosen: { first: date, last: date } });
    await explainDay({ stores, explainer, date, limit: DIGEST_ITEMS, currency, timezone, log });
    const channelId = await slack.directory.channelId(channel);
    await enqueueDigest(
      { stores, timezone, currency, clock, renderDigest: buildDigestMessage },
      { channel: channelId, date },
    );
    await deliver.now();
  }

  function threadInput(asOf: number) {
    const { workspace, failureStatuses, logLevel, ticketClustering, sensitivity } = config;
    const settings = { workspace, failureStatuses, logLevel, timezone, currency, ticketClustering, sensitivity };
    return { database: handle.join, ...settings, asOf };
  }

  let http: HttpServer | undefined;
  let scheduler: Scheduler | undefined;
  return {
    runDigest,
    get httpUrl() {
      return http?.url ?? '';
    },
    get description() {
      const next = scheduler?.nextRun('digest');
      const digest = next ? `next digest ${next.toISOString()}` : 'no digest channel (SEEPASS_CHANNEL)';
      return `${handle.description}, HTTP on ${http?.url}, ${digest}`;
    },
    async start() {
      await open().catch(async (error: unknown) => {
        await stop();
        throw error;
      });
    },
    stop,
  };

  async function open(): Promise<void> {
    http = await startHttpServer({
      ...config.http,
      ingestToken: config.ingestToken?.reveal(),
      ingest: async (records) => {
        const report = await ingest([records], { store: stores.events, accept, clock });
        // What came in is stored: a theme that cannot be told now is told by the next cycle.
        if (report.stored > 0)
          await assignThemes().catch((err: unknown) => log.warn({ err }, 'no themes for new tickets yet'));
        return report;
      },
      readiness: async () => {
        await handle.pool.query('SELECT 1');
      },
      ...(slack.requestListener ? { slackListener: slack.requestListener } : {}),
      log,
    });
    await slack.start();
    deliver.start();
    scheduler = startScheduler({ jobs: schedule ? planJobs() : [], timezone, store: stores.jobs, owner, clock, log });
  }

  /** The digest first, so that it never waits for the hours. */
  function planJobs(): Job[] {
    const hours: Job = {
      name: 'hours',
      cron: `${config.hours.settleMinutes} * * * *`,
      run: runHours,
    };
    const drill: Job = { name: 'drill', cron: DRILL_CRON, run: runDrill };
    if (config.digest.channel === undefined) return [hours, drill];
    return [{ name: 'digest', cron: config.digest.cron, run: runDigest }, hours, drill];
  }

  async function runHours(asOf: number): Promise<void> {
    const { settleMinutes } = config.hours;
    await aggregateHours({ ...config.hours, hours: stores.hours, asOf, timezone, clock, log });
    await judgeHoursInThread({ ...threadInput(asOf), settleMinutes });
    const forgotten = await stores.answers.prune(asOf - ANSWERS_KEPT_DAYS * DAY_MS);
    if (forgotten > 0) log.info({ forgotten }, 'old receipts, gaps and threads are forgotten');
  }

  async function runDrill(asOf: number): Promise<void> {
    const outcome = await runDrillInThread(threadInput(asOf));
    if ('refused' in outcome) log.info(outcome, 'no fire drill this week');
  }

  async function stop(): Promise<void> {
    await scheduler?.stop();
    stopping.abort();
    await deliver.stop();
    await http?.stop();
    await slack.stop();
  }
}

function slackAccess({ slack }: Config): { botToken: string; transport: SlackTransport } {
  const fix = 'See README, "Connect your workspace". To look around without one: npm run demo';
  if (slack.botToken === undefined)
    throw new SeepassError('bad_config', 'Slack is not connected: SLACK_BOT_TOKEN is not set.', { fix });
  const botToken = slack.botToken.reveal();
  if (slack.socketMode) {
    if (slack.appToken === undefined)
      throw new SeepassError('bad_config', 'Socket mode needs SLACK_APP_TOKEN.', { fix });
    return { botToken, transport: { mode: 'socket', appToken: slack.appToken.reveal() } };
  }
  if (slack.signingSecret === undefined)
    throw new SeepassError('bad_config', 'HTTP mode needs SLACK_SIGNING_SECRET.', { fix });
  return { botToken, transport: { mode: 'http', signingSecret: slack.signingSecret.reveal() } };
}
