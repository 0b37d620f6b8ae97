import { hostname } from 'node:os';
import { createActingWork } from './acting-work.ts';
import { createActionTypes } from './action-types.ts';
import { askDeps } from './asking.ts';
import { createAuditKeeping } from './audit-keeping.ts';
import { createChartPainter } from './charts/chart-painter.ts';
import type { Config } from './config.ts';
import { createCycleSteps } from './cycle-steps.ts';
import { inThread, type Judging, runDrillInThread } from './cycle-thread.ts';
import { createDayWork } from './day-work.ts';
import { createDeliveryWork } from './delivery-work.ts';
import { readDocument } from './documents/read-document.ts';
import { createDuePosts } from './due-posts.ts';
import { createEmbedder, createEmbeddingKeeping } from './embedding-use.ts';
import { createAcceptance, createPreparation } from './event-acceptance.ts';
import { createHourlyWork } from './hourly-work.ts';
import { type HttpServer, startHttpServer } from './http/server.ts';
import { createIncidentWork } from './incident-work.ts';
import { createModelUse } from './model-use.ts';
import type { OpenStores } from './open-stores.ts';
import { createProposalAnnouncer } from './pipeline/acting/announce.ts';
import { createDigestAnnouncer } from './pipeline/acting/refresh-digests.ts';
import { createAnswering } from './pipeline/ask/answering.ts';
import { createThemeAssigner } from './pipeline/assign-themes.ts';
import { pauseChannel, tellChannelTrouble } from './pipeline/channel-trouble.ts';
import { coalesce } from './pipeline/coalesce.ts';
import { createCycleDesk } from './pipeline/cycle-desk.ts';
import { deliverOutbox } from './pipeline/deliver.ts';
import { createDayJudge } from './pipeline/due/judge-once.ts';
import { createGroupCommit } from './pipeline/group-commit.ts';
import { createHomeDesk } from './pipeline/home.ts';
import { ingest } from './pipeline/ingest.ts';
import { createIngestRules } from './pipeline/ingest-rules.ts';
import { labelDay } from './pipeline/label.ts';
import { enqueueOnboarding } from './pipeline/onboarding.ts';
import { createOwnerNotices } from './pipeline/owner-notices.ts';
import type { Clock, Log, NewId } from './pipeline/ports.ts';
import { mayPost, type PostingPolicy, whyOutOfReach } from './pipeline/posting-policy.ts';
import { createRunbookDesk } from './pipeline/runbooks/desk.ts';
import { repeatEvery } from './repeat-every.ts';
import { type Job, type Scheduler, startScheduler } from './scheduler.ts';
import { createSlackApp, type SlackApp } from './slack/app.ts';
import { buildApprovedPost } from './slack/views/approved-post.ts';
import { buildOnboarding } from './slack/views/onboarding.ts';
import { buildOwnerNotice } from './slack/views/owner-notice.ts';
import { buildPausedChannel } from './slack/views/paused-channel.ts';
import { buildProposalCard } from './slack/views/proposal-card.ts';
import { buildProposalLine } from './slack/views/proposal-line.ts';
import { slackAccess } from './slack-access.ts';
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

  const embedder = createEmbedder(config);
  const embedding = createEmbeddingKeeping(embedder, { stores, log, repeat });
  const asking = {
    ...askDeps(config, opened, { clock, newId, log }, model, embedder),
    memberships: () => slack.memberships,
  };
  const answering = createAnswering(asking);
  const charts = createChartPainter();
  const stopping = new AbortController();
  const mention = (user: string) => `<@${user}>`;
  const mayPostTo = (channel: string) => mayPost(posting, channel);
  const incidents = createIncidentWork({ config, stores, policy, clock, newId, log, mayPost: mayPostTo, mention });
  const notices = createOwnerNotices({
    ...{ stores, policy, clock, log, mayPost: mayPostTo, mention },
    whyOutOfReach: (channel) => whyOutOfReach(posting, channel),
    fallbacks: config.admins,
    renderNotice: (notice, to, untold) => buildOwnerNotice(notice, { to, untold }, timezone),
  });
  const actions = createActionTypes(config, {
    ...{ stores, policy, timezone, notices, desk: incidents.desk, mayPost: mayPostTo, renderPost: buildApprovedPost },
    subscribing: { subscribe: (wish, by) => slack.subscribing.subscribe(wish, by) },
  });
  const acting = createActingWork({
    ...{ stores, policy, owner, timezone, clock, newId, log, stopping: stopping.signal, notices, actions, mention },
    groupMembers: (group) => slack.groupMembers(group),
    announce: (proposal) => announce(proposal),
    wake: () => void actingBeat.now().catch(onActingError),
  });
  const proposals = acting.desk;
  const day = createDayWork({ config, stores, judging, threadInput, model, proposals, clock, log });
  const trouble = { stores, admins: config.admins, renderNotice: buildPausedChannel, log };
  const pause: PostingPolicy['pause'] = (channel, reason) => pauseChannel(trouble, channel, reason);
  const announce = createProposalAnnouncer({
    stores,
    desk: proposals,
    announceInDigests: createDigestAnnouncer({ stores, refresh: (channel, ts) => slack.refreshDigest(channel, ts) }),
    renderCard: (view) => buildProposalCard(view, timezone),
    renderLine: (kind, view) => buildProposalLine(kind, view, timezone),
  });
  const slack: SlackApp = createSlackApp({
    ...slackAccess(config),
    apiUrl: config.slack.apiUrl,
    ...{ stores, timezone, currency, clock, log, newId, answering, proposals },
    subscribable: { listed: config.channels, minute: config.digest.schedule.minute },
    pauseChannel: pause,
    home: createHomeDesk({
      ...{ stores, policy, proposals, actions, clock, timezone, currency },
      hasModel: model !== null,
      sensitivity: config.sensitivity,
    }),
    label: (request) => labelDay(request, { stores, policy }),
    drawChart: charts.draw,
    desk: incidents.desk,
    chartOf: incidents.chartOf,
    rules: incidents.rules,
    stop: acting.stop,
    cycle: { run: (by, show) => cycle.run(by, show) },
    ownerNotices: notices,
    assessments: day.assessments,
    runbooks: createRunbookDesk({ stores, readDocument, policy, timezone, clock, findByMeaning: asking.findByMeaning }),
  });

  const posting: PostingPolicy = { channels: slack.directory, listed: config.channels, pause };

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
    ...{ config, stores, answering, owner, clock, log, stopping: stopping.signal },
    channels: slack.directory,
    policy: posting,
    prepareDay: createDayJudge({ jobs: stores.jobs, owner, log, judge: day.judge }),
    catchUp: schedule,
  });
  const hourly = createHourlyWork({
    ...{ config, stores, judging, threadInput, clock, log },
    incidentContext: incidents.context,
    assessIncidents: day.assessIncidents,
    deliver: () => deliver.now(),
  });
  const cycle = createCycleDesk({
    ...{ stores, policy, timezone, clock, newId, log },
    steps: createCycleSteps({
      ...{ hourly, day, judging, threadInput, acting },
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

  async function threadInput(asOf: number) {
    const { workspace, failureStatuses, logLevel, ticketClustering } = config;
    const sensitivity = await incidents.sensitivityNow();
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
    embedding.start();
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
    await embedding.stop();
    await slack.stop();
    // After the last that may leave an entry.
    await audit.stop();
    await charts.stop();
    await rehearsal;
  }
}
