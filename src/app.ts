import { hostname } from 'node:os';
import { createActingWork } from './acting-work.ts';
import { createActionTypes } from './action-types.ts';
import { askDeps } from './asking.ts';
import { assessContext } from './assessing.ts';
import { createAuditKeeping } from './audit-keeping.ts';
import { createChartPainter } from './charts/chart-painter.ts';
import type { Config } from './config.ts';
import { DIGEST_ITEMS } from './core/delivery/digest-model.ts';
import type { Incident } from './core/incident/incident.ts';
import type { ChartStretch } from './core/incident/incident-chart.ts';
import { createCycleSteps } from './cycle-steps.ts';
import { inThread, type Judging, runDrillInThread } from './cycle-thread.ts';
import { createDeliveryWork } from './delivery-work.ts';
import { readDocument } from './documents/read-document.ts';
import { createDuePosts } from './due-posts.ts';
import { SeepassError } from './errors.ts';
import { createAcceptance, createPreparation } from './event-acceptance.ts';
import { createHourlyWork } from './hourly-work.ts';
import { type HttpServer, startHttpServer } from './http/server.ts';
import { createModelUse } from './model-use.ts';
import type { OpenStores } from './open-stores.ts';
import { createProposalAnnouncer } from './pipeline/acting/announce.ts';
import { createDigestAnnouncer } from './pipeline/acting/refresh-digests.ts';
import { createAnswering } from './pipeline/ask/answering.ts';
import { assessDay } from './pipeline/assess/assess-day.ts';
import { assessIncidents } from './pipeline/assess/assess-incidents.ts';
import { createAssessDesk } from './pipeline/assess/desk.ts';
import { proposeForDay, proposeForIncident } from './pipeline/assess/propose.ts';
import { createThemeAssigner } from './pipeline/assign-themes.ts';
import { pauseChannel, tellChannelTrouble } from './pipeline/channel-trouble.ts';
import { coalesce } from './pipeline/coalesce.ts';
import { createCycleDesk } from './pipeline/cycle-desk.ts';
import { deliverOutbox } from './pipeline/deliver.ts';
import { createDayJudge } from './pipeline/due/judge-once.ts';
import { explainDay, templateExplainer } from './pipeline/explain.ts';
import { createGroupCommit } from './pipeline/group-commit.ts';
import { createHomeDesk } from './pipeline/home.ts';
import { createIncidentDesk } from './pipeline/incidents/desk.ts';
import { createExpectedHours } from './pipeline/incidents/expected-hours.ts';
import { readIncidentChart } from './pipeline/incidents/read-chart.ts';
import { listRules, restoreRule } from './pipeline/incidents/rules.ts';
import { ingest } from './pipeline/ingest.ts';
import { createIngestRules } from './pipeline/ingest-rules.ts';
import { labelDay } from './pipeline/label.ts';
import { enqueueOnboarding } from './pipeline/onboarding.ts';
import { createOwnerNotices } from './pipeline/owner-notices.ts';
import type { Clock, Log, NewId } from './pipeline/ports.ts';
import { mayPost, type PostingPolicy } from './pipeline/posting-policy.ts';
import { createRunbookDesk } from './pipeline/runbooks/desk.ts';
import { readWorkspaceSettings } from './pipeline/workspace-settings.ts';
import { repeatEvery } from './repeat-every.ts';
import { type Job, type Scheduler, startScheduler } from './scheduler.ts';
import { createSlackApp, type SlackApp, type SlackTransport } from './slack/app.ts';
import { incidentRenderers } from './slack/incident-renderers.ts';
import { buildApprovedPost } from './slack/views/approved-post.ts';
import { buildOnboarding } from './slack/views/onboarding.ts';
import { buildOwnerNotice } from './slack/views/owner-notice.ts';
import { buildPausedChannel } from './slack/views/paused-channel.ts';
import { buildProposalCard } from './slack/views/proposal-card.ts';
import { buildProposalLine } from './slack/views/proposal-line.ts';
import { eventsSource } from './sources/events.ts';
import { webhooks } from './sources/index.ts';
import { createFetchFromTool } from './tool-access.ts';

/** A channel takes a message a second: a turn that is missed by a beat is not missed by much. */
const OUTBOX_BEAT_MS = 250;
/** What is due at a full minute leaves in its first seconds. */
const DUE_BEAT_MS = 5_000;
/** Whoever approved waits to see what came of it. */
const ACTING_BEAT_MS = 2_000;
/** Snoozes end and quiet hours are over at a minute; nobody waits for the second. */
const INCIDENT_BEAT_MS = 15_000;
/** `config apply` by another process holds here, too, for what comes in from then on. */
const RULES_BEAT_MS = 30_000;
/** Priorities of a day that are assessed before anybody asks. */
const ASSESSED = 3;
/** Weekly, when nobody waits for anything. */
const DRILL_CRON = '30 3 * * 0';
const RETENTION_CRON = '10 3 * * *';

export interface AppOptions {
  readonly config: Config;
  /** Migrated; the caller closes it after stop(). */
  readonly opened: OpenStores;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** False leaves hours, drills and the digest of the day it starts on to the caller: the demo posts its own. */
  readonly schedule?: boolean;
  /** Repeats the app's own work; by timers unless said. */
  readonly repeat?: typeof repeatEvery;
  /** Judges days and hours; in a thread of its own unless said. */
  readonly judging?: Judging;
}

export interface App {
  /** Connects Slack, opens the HTTP port, starts the schedule. @throws SeepassError that names the setting to mend. */
  start(): Promise<void>;
  /** Finishes what is under way; never throws. */
  stop(): Promise<void>;
  /** The morning of the configured channel: aggregate, judge, explain, post. Safe to repeat: one such digest a day. */
  runDigest(asOf: number): Promise<void>;
  /** The hourly tick: aggregate, judge, follow incidents, alert, correct what late data changed. Safe to repeat. */
  runHours(asOf: number): Promise<void>;
  /** What is running, for people; known after start(). */
  readonly description: string;
  /** Where POST /v1/events is; known after start(). */
  readonly httpUrl: string;
}

/**
 * The composition root: the only place that knows every adapter.
 * @throws SeepassError `bad_config` when Slack is not connected or a prompt is unusable.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { config, opened, clock, newId, log, schedule = true, repeat = repeatEvery, judging = inThread } = options;
  const { handle, stores } = opened;
  const { timezone, currency } = config;
  const owner = `${hostname()}:${process.pid}:${newId().slice(-8)}`;
  const policy = { admins: config.admins, approvers: config.approvers };
  const assignThemes = createThemeAssigner({ themes: stores.themes, clock });
  const ingestRules = createIngestRules(stores);
  const preparation = createPreparation(config, opened.target, clock, ingestRules);
  const accept = createAcceptance(preparation)(eventsSource);
  const model = await createModelUse(config, { stores, clock, log });
  const explainer = model?.explainer ?? templateExplainer;
  const assessing = assessContext(config, { stores, clock, log }, model);

  const asking = { ...askDeps(config, opened, { clock, newId, log }, model), memberships: () => slack.memberships };
  const answering = createAnswering(asking);
  const renderers = incidentRenderers(timezone);
  /** What an admin chose holds over the environment, from the next tick on. */
  const sensitivityNow = async () => (await readWorkspaceSettings(stores.settings)).sensitivity ?? config.sensitivity;
  const expectedOf = createExpectedHours({ stores, timezone });
  const chartOf = async (incident: Incident, stretch?: ChartStretch) =>
    readIncidentChart({ stores, expectedOf, sensitivity: await sensitivityNow() }, incident, stretch);
  const charts = createChartPainter();
  const stopping = new AbortController();
  const incidentDesk = createIncidentDesk({
    ...{ stores, policy, timezone, clock, log, chartOf },
    mention: (user) => `<@${user}>`,
    ...renderers,
  });
  const mayPostTo = (channel: string) => mayPost(posting, channel);
  const notices = createOwnerNotices({
    ...{ stores, policy, clock, mayPost: mayPostTo, mention: (user) => `<@${user}>` },
    renderNotice: (notice, to) => buildOwnerNotice(notice, to, timezone),
  });
  const actions = createActionTypes(config, {
    ...{ stores, policy, timezone, notices, desk: incidentDesk, mayPost: mayPostTo, renderPost: buildApprovedPost },
    subscribing: { subscribe: (wish, by) => slack.subscribing.subscribe(wish, by) },
  });
  const acting = createActingWork({
    ...{ stores, policy, owner, timezone, clock, newId, log, stopping: stopping.signal },
    notices,
    actions,
    groupMembers: (group) => slack.groupMembers(group),
    announce: (proposal) => announce(proposal),
    wake: () => void actingBeat.now().catch(onActingError),
    mention: (user) => `<@${user}>`,
  });
  const proposing = { stores, desk: acting.desk, timezone, log };
  const assessLive = () =>
    assessIncidents({ ...assessing, propose: (...found) => proposeForIncident(proposing, ...found) });
  const assessFirst = (date: string) => assessDay(assessing, { date, limit: ASSESSED });
  const proposeFirst = (date: string) => proposeForDay(proposing, { date, limit: DIGEST_ITEMS });
  const explain = (date: string) =>
    explainDay({ stores, explainer, date, limit: DIGEST_ITEMS, currency, timezone, log });
  const trouble = { stores, admins: config.admins, renderNotice: buildPausedChannel, log };
  const pause: PostingPolicy['pause'] = (channel, reason) => pauseChannel(trouble, channel, reason);
  const announce = createProposalAnnouncer({
    stores,
    desk: acting.desk,
    announceInDigests: createDigestAnnouncer({ stores, refresh: (channel, ts) => slack.refreshDigest(channel, ts) }),
    renderCard: (view) => buildProposalCard(view, timezone),
    renderLine: (kind, view) => buildProposalLine(kind, view, timezone),
  });
  const slack: SlackApp = createSlackApp({
    ...slackAccess(config),
    apiUrl: config.slack.apiUrl,
    stores,
    timezone,
    currency,
    clock,
    log,
    newId,
    answering,
    subscribable: { listed: config.channels, minute: config.digest.schedule.minute },
    pauseChannel: pause,
    home: createHomeDesk({
      ...{ proposals: acting.desk, actions },
      stores,
      policy,
      hasModel: model !== null,
      sensitivity: config.sensitivity,
      clock,
      timezone,
      currency,
    }),
    label: (request) => labelDay(request, { stores, policy }),
    drawChart: charts.draw,
    desk: incidentDesk,
    chartOf,
    rules: {
      list: () => listRules(stores, clock()),
      restore: (name, actor) => restoreRule({ stores, ...renderers }, name, { actor, at: clock() }),
    },
    proposals: acting.desk,
    stop: acting.stop,
    cycle: { run: (by, show) => cycle.run(by, show) },
    ownerNotices: notices,
    assessments: createAssessDesk(assessing),
    runbooks: createRunbookDesk({ stores, readDocument, policy, timezone, clock }),
  });

  const posting: PostingPolicy = {
    channels: slack.directory,
    listed: config.channels,
    pause,
  };

  const deliver = repeat(
    OUTBOX_BEAT_MS,
    async () => {
      await deliverOutbox({
        ...{ stores, messenger: slack.messenger, owner, clock, log, stopping: stopping.signal },
        onChannelTrouble: (found) => tellChannelTrouble(trouble, found),
      });
    },
    (error) => log.error({ err: error }, 'could not deliver the outbox; trying again'),
  );

  const duePosts = createDuePosts({
    config,
    stores,
    answering,
    channels: slack.directory,
    policy: posting,
    prepareDay: createDayJudge({ jobs: stores.jobs, owner, log, judge: judgeDay }),
    catchUp: schedule,
    owner,
    clock,
    log,
    stopping: stopping.signal,
  });
  const hourly = createHourlyWork({
    ...{ config, stores, judging, threadInput, clock, log },
    incidentContext: async () => ({
      ...{ stores, timezone, clock, newId, log, chartOf, ...renderers },
      mayPost: mayPostTo,
      sensitivity: await sensitivityNow(),
    }),
    assessIncidents: assessLive,
    deliver: () => deliver.now(),
  });
  const cycle = createCycleDesk({
    ...{ stores, policy, timezone, clock, newId, log },
    steps: createCycleSteps({
      ...{ hourly, judging, threadInput, explain, acting },
      assessIncidents: assessLive,
      assessDay: assessFirst,
      proposeForDay: proposeFirst,
      deliver: () => deliver.now(),
    }),
  });
  const beat = repeat(INCIDENT_BEAT_MS, hourly.beat, (error) =>
    log.error({ err: error }, 'could not see to the incidents; trying again'),
  );
  const onActingError = (error: unknown) => log.error({ err: error }, 'could not see to the proposals; trying again');
  const actingBeat = repeat(ACTING_BEAT_MS, acting.beat, onActingError);
  const due = repeat(DUE_BEAT_MS, duePosts.post, (error) =>
    log.error({ err: error }, 'could not post what is due; trying again'),
  );

  const rulesBeat = repeat(RULES_BEAT_MS, ingestRules.refresh, (error) =>
    log.error({ err: error }, 'could not read the rules for events; those of before hold on'),
  );

  // What came in is stored: a theme that cannot be told now is told by the next cycle.
  const onStored = coalesce(() =>
    assignThemes().catch((err: unknown) => log.warn({ err }, 'no themes for new tickets yet')),
  );
  const eventGroups = createGroupCommit(stores.events);
  const fetchNeed = createFetchFromTool(config.tools, clock);
  const deliveries = createDeliveryWork({
    ...(fetchNeed && { fetchNeed }),
    ...{ config, target: opened.target, stores, webhooks, preparation, onStored, repeat, clock, newId, log },
  });

  const audit = createAuditKeeping({ stores, log });

  async function runDigest(asOf: number): Promise<void> {
    await duePosts.postDigest(asOf);
    await deliver.now();
  }

  async function judgeDay(date: string, asOf: number): Promise<void> {
    await judging.runCycle({ ...(await threadInput(asOf)), chosen: { first: date, last: date } });
    await explain(date);
    await assessFirst(date);
    await proposeFirst(date);
  }

  async function threadInput(asOf: number) {
    const { workspace, failureStatuses, logLevel, ticketClustering } = config;
    const sensitivity = await sensitivityNow();
    const settings = { workspace, failureStatuses, logLevel, timezone, currency, ticketClustering, sensitivity };
    return { database: handle.join, ...settings, asOf };
  }

  let http: HttpServer | undefined;
  let scheduler: Scheduler | undefined;
  let nextDigest: number | null = null;
  let rehearsal: Promise<void> | undefined;
  return {
    runDigest,
    runHours: hourly.run,
    get httpUrl() {
      return http?.url ?? '';
    },
    get description() {
      const digest =
        nextDigest === null
          ? 'no digest yet (SEEPASS_CHANNEL, or /seepass subscribe)'
          : `next digest ${new Date(nextDigest).toISOString()}`;
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
    await ingestRules.refresh();
    rulesBeat.start();
    http = await startHttpServer({
      ...config.http,
      ingestToken: config.ingestToken?.reveal(),
      ingest: async (records) => {
        const report = await ingest([records], { store: eventGroups, accept, clock });
        if (report.stored > 0) await onStored();
        return report;
      },
      webhooks: deliveries.door,
      readiness: async () => {
        await handle.pool.query('SELECT 1');
      },
      ...(slack.requestListener ? { slackListener: slack.requestListener } : {}),
      log,
    });
    await slack.start();
    const { homeUrl } = slack;
    await enqueueOnboarding({ stores, admins: config.admins, clock, render: () => buildOnboarding(homeUrl) });
    deliver.start();
    deliveries.start();
    await duePosts.ensureDefaults();
    nextDigest = await asking.nextDigest(clock());
    due.start();
    rehearsal = slack.rehearse().catch((err: unknown) => log.debug({ err }, 'the first to open the Home waits longer'));
    beat.start();
    audit.start();
    actingBeat.start();
    scheduler = startScheduler({ jobs: schedule ? planJobs() : [], timezone, store: stores.jobs, owner, clock, log });
  }

  function planJobs(): Job[] {
    return [
      { name: 'hours', cron: `${config.hours.settleMinutes} * * * *`, run: hourly.run },
      { name: 'drill', cron: DRILL_CRON, run: runDrill },
      { name: 'audit-retention', cron: RETENTION_CRON, run: audit.drop },
      { name: 'delivery-retention', cron: RETENTION_CRON, run: deliveries.prune },
    ];
  }

  async function runDrill(asOf: number): Promise<void> {
    const outcome = await runDrillInThread(await threadInput(asOf));
    if ('refused' in outcome) log.info(outcome, 'no fire drill this week');
  }

  async function stop(): Promise<void> {
    await scheduler?.stop();
    stopping.abort();
    await actingBeat.stop();
    await acting.settled();
    await beat.stop();
    await due.stop();
    await deliver.stop();
    await http?.stop();
    await deliveries.stop();
    await rulesBeat.stop();
    await slack.stop();
    // After the last that may leave an entry.
    await audit.stop();
    await charts.stop();
    await rehearsal;
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
