/**
 * What the pipeline needs from outside. Adapters implement these; app.ts injects them.
 * A store is bound to one workspace when it is created, so no method can forget it.
 */

import type { DrillReport } from '../core/backtest/drill.ts';
import type { Label } from '../core/backtest/label.ts';
import type { Chart } from '../core/chart/chart.ts';
import type { PriorityOutline } from '../core/delivery/home-week.ts';
import type { SourceHistory } from '../core/delivery/source-cadence.ts';
import type { DayTotals } from '../core/detect/gaps-of-totals.ts';
import type { HourHistory, SurfaceHour } from '../core/detect/hour-history.ts';
import type { HourlyFinding, ToldFinding } from '../core/detect/hours/hourly-finding.ts';
import type { Improvement } from '../core/detect/improvement.ts';
import type { HourlyStates } from '../core/detect/judge-hours.ts';
import type { FailureCount } from '../core/detect/name-failures.ts';
import type { Hour } from '../core/hours.ts';
import type { PageHour } from '../core/incident/page-hour.ts';
import type { MaintenanceWindow } from '../core/maintenance.ts';
import type { CheckedQuery } from '../core/query/metric-query.ts';
import type { MetricResult } from '../core/query/metric-result.ts';
import type { SegmentRow } from '../core/query/segments.ts';
import type { Vocabulary } from '../core/query/vocabulary.ts';
import type { Reconciled, Reconciliation } from '../core/reconciliation.ts';
import type {
  AggregateRow,
  AuditEntry,
  DateRange,
  EntityRef,
  EntityType,
  EpisodeReach,
  EventType,
  Explanation,
  Fact,
  Finding,
  JsonObject,
  Priority,
  ReleaseDay,
  Role,
  Sensitivity,
  SignatureDay,
  Source,
  StorableEvent,
  SurfaceDay,
  SurfaceDetail,
} from '../core/records.ts';
import type { WorkspaceConfig } from '../core/workspace-config.ts';
import type {
  AssessmentStore,
  EffectStore,
  ExecutionStore,
  OwnerNoticeStore,
  ProposalStore,
  StopStore,
} from './acting.ts';
import type { AnnotationStore } from './annotations.ts';
import type { AnswerUpkeep, GapStore, ModelSpendStore, ReceiptStore, ThreadStore } from './answers.ts';
import type { AuditChain, AuditFilter } from './audit/audit-chain.ts';
import type { BackfillStore } from './backfill/backfill-store.ts';
import type { Declarer } from './declarer.ts';
import type { DeliveryStore } from './deliveries.ts';
import type { IdentityStore } from './identity.ts';
import type { AlertStore, IncidentStore, MuteStore } from './incidents.ts';
import type { RunbookStore } from './runbooks.ts';
import type { SectionEmbeddingStore } from './section-embeddings.ts';
import type { SignatureStore } from './signatures.ts';
import type { DigestStore, SubscriptionStore, VoteStore } from './subscriptions.ts';
import type { SurfaceStore } from './surfaces.ts';
import type { ThemeStore } from './themes.ts';
import type { WhyStore } from './why.ts';

export type { Declarer };

/** Epoch milliseconds. */
export type Clock = () => number;
/** A new UUIDv7. */
export type NewId = () => string;

export interface Log {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

// --- events and rollups -----------------------------------------------------------------------

export interface EventStore {
  /** A session for one file or delivery: occurrence numbers of identical events without an id count within it. */
  beginImport(): Promise<EventImport>;
}

/** What became of a batch. */
export interface Written {
  stored: number;
  /** Known already, or twice in the batch. */
  duplicates: number;
}

/** Stores small deliveries that came at the same time in one transaction. */
export interface EventGroupStore {
  /** Occurrence numbers count within each. @returns what became of each, in their order. */
  writeTogether(batches: readonly (readonly StorableEvent[])[]): Promise<Written[]>;
}

export interface EventImport {
  /**
   * Stores a batch in one transaction: staged, deduped, its buckets marked dirty, freshness moved.
   * Either the whole batch is stored or nothing of it.
   */
  write(batch: readonly StorableEvent[]): Promise<Written>;
  /** Frees what the session holds; safe to call twice. */
  end(): Promise<void>;
}

export interface RollupStore {
  /** Recomputes every dirty (date, surface) bucket, in the workspace's zone. Safe to call at any time, from any process. */
  aggregateDirty(): Promise<{ buckets: number; dates: string[] }>;
  /** Days of the half-open range that have buckets to recompute, oldest first. */
  listDirtyDates(range: DateRange): Promise<string[]>;
  /** Marks every bucket that has events dirty, so that the next aggregate rebuilds all. */
  markAllDirty(): Promise<void>;
  /** Upserts daily rows a team already has; never recomputed from events. */
  upsertAggregates(rows: readonly AggregateRow[]): Promise<void>;
  /** Rows ordered by surface, then date. */
  readSurfaceDays(range: DateRange): Promise<SurfaceDay[]>;
  readSurfaceDetails(date: string, surfaces?: readonly string[]): Promise<SurfaceDetail[]>;
  readReleaseDays(range: DateRange): Promise<ReleaseDay[]>;
  readSignatureDays(range: DateRange): Promise<SignatureDay[]>;
  /** Distinct accounts and users with an error of that signature that day, and what those accounts carry a month (minor units). */
  readSignatureReach(
    date: string,
    signature: string,
  ): Promise<{ accounts: number; users: number; revenue_at_risk: number }>;
  /** Deep links of that day's errors and tickets on a surface, latest first. */
  readLinks(
    date: string,
    entity: { entity_type: EntityType; entity_key: string },
    limit: number,
  ): Promise<{ label: string; url: string }[]>;
  /** Whom each surface's episode hit, up to and including `date`; nothing of a surface without events. */
  readEpisodeReach(
    date: string,
    episodes: readonly { surface: string; since: string }[],
  ): Promise<{ surface: string; reach: EpisodeReach }[]>;
  /** The surfaces' events by value of each dimension, on `date` and over the `days` before `since`. */
  readSegments(of: { date: string; since: string; days: number; surfaces: readonly string[] }): Promise<SegmentRow[]>;
  /** Failed requests of those pages that day, by endpoint and status, from events. */
  readFailures(date: string, surfaces: readonly string[]): Promise<FailureCount[]>;
  /** What became of the left events of each day and page, from events; none are read where none is declared. */
  readReconciled(range: DateRange, reconciliations: readonly Reconciliation[]): Promise<Reconciled[]>;
  /** What all surfaces together had on each day that has rows. */
  readDayTotals(range: DateRange): Promise<DayTotals[]>;
  /** First and last date that has rows; null when nothing was ever aggregated. */
  dateSpan(): Promise<{ first: string; last: string } | null>;
}

export interface HourStore {
  /**
   * Recomputes every dirty (hour, surface) bucket of recent days: those that have hours, and the last five weeks of the
   * data. Safe to call at any time, from any process.
   * @param since a day (YYYY-MM-DD) from which on hours are wanted, however old.
   * @returns how many hours were recomputed.
   */
  aggregateDirty(since?: string): Promise<{ hours: number }>;
  /** Deletes the rows of hours more than `days` before the data's end, and what was found in them; says how many hours' rows. */
  prune(days: number): Promise<number>;
  /** The rows of every hour that starts within the range, as columns. */
  readSurfaceHours(range: Hour): Promise<HourHistory>;
  /** What all pages had together in each of these hours that has rows, under the empty name. */
  readAllPages(range: Hour): Promise<SurfaceHour[]>;
  /** One page's hours, with what is left of all pages' under the empty name: a few rows, and the totals of all. */
  readPageAmongAll(range: Hour, surface: string, all: readonly SurfaceHour[]): Promise<HourHistory>;
  /** What is known of these pages in the hours that start within the range; nothing of an hour without a row. */
  readPageHours(range: Hour, surfaces: readonly string[]): Promise<PageHourRow[]>;
  /** Distinct accounts and users with an error, a failed request, a drop-off or a ticket on any of these pages. */
  readHit(range: Hour, surfaces: readonly string[]): Promise<{ accounts: number; users: number }>;
  /** When (epoch milliseconds) each release was first seen on its page before an instant; those that were. */
  readFirstSeen(releases: readonly ReleaseOnPage[], before: number): Promise<(ReleaseOnPage & { at: number })[]>;
}

export interface ReleaseOnPage {
  surface: string;
  release: string;
}

export interface PageHourRow extends Omit<PageHour, 'release'> {
  surface: string;
  /** Start of the hour, epoch milliseconds. */
  hour: number;
  release: { name: string; share: number } | null;
}

export interface HourlyFindingStore {
  /** Until when (epoch milliseconds, excluded) hours are judged, and what was learned from them. */
  load(): Promise<(HourlyStates & { judgedUntil: number }) | undefined>;
  /**
   * Stores what a tick learned and found, in one transaction.
   * @param before what was judged when the tick began; undefined for nothing.
   * @returns false, with nothing stored, where somebody else has judged since.
   */
  save(
    tick: HourlyStates & { before: number | undefined; judgedUntil: number; findings: readonly ToldFinding[] },
  ): Promise<boolean>;
  /** What is told at a setting of the knob of the hours that start within the range, by hour, surface and metric. */
  list(range: Hour, sensitivity: Sensitivity): Promise<HourlyFinding[]>;
  /** Until when hours are judged. */
  judgedUntil(): Promise<number | undefined>;
}

export interface MetricStore {
  /**
   * Computes a checked query: read-only, bound parameters, a statement timeout, at most its limit of groups.
   * @param at `asOf` (epoch ms): what is later is not there yet; `funnels` and `outcomes` as the workspace declares them.
   * @throws SeepassError `query_too_slow` past the timeout, `database_unavailable`.
   */
  answer(query: CheckedQuery, at: MetricSetting): Promise<MetricResult>;
  /** What questions may name. Cheap: remembered for a minute. */
  vocabulary(): Promise<Vocabulary>;
}

export interface CountStore {
  /** Counts anew every day that has new events, for questions to be answered from. Safe at any time, from any process. */
  aggregateDirty(): Promise<{ days: number }>;
}

export interface MetricSetting {
  asOf: number;
  config: WorkspaceConfig;
  /** Days (YYYY-MM-DD) that sums and ratios of sums leave out. */
  without?: readonly string[];
}

export interface FreshnessStore {
  list(): Promise<SourceFreshness[]>;
  /** The hours of the range in which each source sent, oldest first; times are epoch milliseconds. */
  readHours(range: { start: number; end: number }): Promise<SourceHistory[]>;
}

export interface SourceFreshness {
  source: Source;
  /** Epoch milliseconds. */
  first_event_at: number;
  last_event_at: number;
  last_received_at: number;
  events_total: number;
  /** Kinds of events it ever sent. */
  types: EventType[];
}

// --- judged days ------------------------------------------------------------------------------

/** What was judged of one day, whether or not it had anything to say. */
export interface JudgedDay {
  date: string;
  /** Epoch milliseconds. */
  as_of: number;
  surfaces: number;
  findings: number;
  priorities: number;
  summary: JudgedDaySummary;
}

export interface JudgedDaySummary {
  /** Expected number of flagged findings that are chance, over the day's tests; null where not known. */
  expected_false: number | null;
  /** Surfaces below the exposure floor, and surfaces without enough history. */
  too_small: number;
  insufficient_history: number;
  /** Surfaces that a declared maintenance window covers for more than an hour of the day. */
  under_maintenance: number;
  /** When enough history will be there (YYYY-MM-DD); null when it is. */
  baselines_ready_on: string | null;
  /** Sources that were silent that day while others spoke. */
  gap_sources: Source[];
  /** Surfaces whose episode ended with this day. */
  back_to_normal: string[];
  /** What is significantly better than normal since this day, least probable first. */
  improvements: Improvement[];
}

/** A day whose figures are too low, as these sources sent nothing. */
interface SourceGap {
  date: string;
  sources: Source[];
}

export interface PriorityStore {
  /** Replaces everything said of that day, in one transaction. */
  replaceDay(day: JudgedDay, findings: readonly Finding[], priorities: readonly Priority[]): Promise<void>;
  findDay(date: string): Promise<JudgedDay | undefined>;
  latestDay(): Promise<JudgedDay | undefined>;
  /** The judged days of the half-open range, by date. */
  listDays(range: DateRange): Promise<JudgedDay[]>;
  /** Ranked, best first; the first few where a limit is given. */
  listPriorities(date: string, limit?: number): Promise<Priority[]>;
  /** Where priorities of the half-open range were and how bad, without what was found: cheap for many days. */
  listOutlines(range: DateRange): Promise<PriorityOutline[]>;
  listFindings(range: DateRange): Promise<Finding[]>;
  /** Judged days on which sources were silent while others spoke, by date. */
  listGaps(range: DateRange): Promise<SourceGap[]>;
  findExplanation(date: string, entity: EntityRef): Promise<Explanation | undefined>;
  saveExplanation(date: string, entity: EntityRef, explanation: Explanation): Promise<void>;
}

export interface Explainer {
  /** Never throws for a model's sake: an adapter that fails falls back to the template. */
  explain(priority: Priority, facts: readonly Fact[]): Promise<Explanation>;
}

// --- messages ---------------------------------------------------------------------------------

/** A message as the platform takes it. `blocks` are plain Block Kit objects. */
export interface OutgoingMessage {
  text: string;
  blocks: JsonObject[];
  /** Posted as a picture; the rest is what stands for it where it cannot be drawn or shared. */
  chart?: Chart;
}

interface OutboxItemBase {
  id: string;
  kind: string;
  channel: string;
  subject: string;
  sequence: number;
  message: OutgoingMessage;
  /** How often it was claimed, this time included; a try that Slack put off does not count. */
  attempts: number;
  /** Whether an earlier try may have got through. */
  mayBePosted: boolean;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** A message of its own, one in the thread of its parent, or its parent shown anew. */
export type OutboxItem = OutboxItemBase &
  ({ operation: 'post'; parent: null } | { operation: 'reply' | 'update'; parent: ParentMessage });

/** The message that a reply or an update belongs to. */
export interface ParentMessage {
  /** Its own key in the outbox. */
  id: string;
  /** Null where nobody could tell whether it was posted. */
  ts: string | null;
  /** Epoch milliseconds. */
  createdAt: number;
}

/** That the platform refuses the app as a whole, such as a revoked token. */
export interface DeliveryHold {
  /** The platform's own code. */
  reason: string;
  /** Epoch milliseconds: when it began, and when delivery is tried again. */
  since: number;
  until: number;
}

/** A message to put into the outbox. */
export interface NewOutboxItem {
  kind: string;
  channel: string;
  subject: string;
  /** Of updates: a higher one shows more recent things, and takes the place of lower ones that still wait. */
  sequence: number;
  message: OutgoingMessage;
  /** Left out for a message of its own. It waits until its parent, the first message of that subject, is posted. */
  operation?: 'reply' | 'update';
  parent?: { kind: string; subject: string };
}

export interface OutboxStore {
  /** Puts a message in once per (kind, channel, subject, sequence); false when it was there already. */
  enqueue(item: NewOutboxItem): Promise<boolean>;
  /** The same for many at once: for each, whether it was put in. */
  enqueueAll<Item extends NewOutboxItem>(items: readonly Item[]): Promise<ReadonlyMap<Item, boolean>>;
  /**
   * Leases what is due to this owner, at most one message of each of `channels` channels, and takes the channels' turns:
   * the next message of a channel is due a second later. Channels are served in turn. An expired lease may be taken over.
   * In a channel, messages of their own come before replies and updates, each oldest first; what waits for another try
   * holds back later ones about the same.
   */
  claim(owner: string, leaseMs: number, channels: number): Promise<OutboxItem[]>;
  /** Whether anything waits whose time has come. Cheap: asked all the time. */
  hasDue(): Promise<boolean>;
  /** Ends what waits in vain: updates that a newer one has replaced, and what belongs to a message that failed. */
  settle(): Promise<{ superseded: number; failed: number }>;
  markSent(id: string, owner: string, messageTs: string): Promise<void>;
  /** Tried and not accepted: due again at `retryAt` (epoch ms), or failed for good when null. */
  markNotSent(
    id: string,
    owner: string,
    error: string,
    then: { retryAt: number | null; mayBePosted: boolean },
  ): Promise<void>;
  /** It may have been posted, and nobody can tell: never tried again. */
  markUncertain(id: string, owner: string, error: string): Promise<void>;
  /** An uncertain message was found in its channel after all. */
  markFound(id: string, messageTs: string): Promise<void>;
  /** The platform put it off, and nothing was posted: due again at `until` (epoch ms). The try does not count. */
  postpone(id: string, owner: string, error: string, then: { until: number; mayBePosted: boolean }): Promise<void>;
  /** Nothing goes to that channel before `until` (epoch ms). */
  holdChannel(channel: string, until: number): Promise<void>;
  /** Fails everything that waits for a channel. @returns how many messages. */
  failChannel(channel: string, error: string): Promise<number>;
  /** Nothing goes to any channel before `until` (epoch ms). @returns false where that was so already. */
  hold(reason: string, until: number): Promise<boolean>;
  held(): Promise<DeliveryHold | undefined>;
  /** @returns false where nothing was held. */
  release(): Promise<boolean>;
  /** The latest message of its own (no update) of a subject, by sequence. */
  find(
    kind: string,
    channel: string,
    subject: string,
  ): Promise<{ status: string; message_ts: string | null } | undefined>;
  findByMessage(channel: string, messageTs: string): Promise<{ kind: string; subject: string } | undefined>;
}

export interface Messenger {
  /**
   * Posts once; `key` travels in the message's metadata so that it can be found again.
   * @param thread the ts of the message it replies to.
   * @returns its ts; of a chart that became a picture, the file's id.
   */
  post(channel: string, message: OutgoingMessage, key: string, thread?: string): Promise<string>;
  /** Shows a message of ours anew, with the key it has. Doing it again changes nothing. */
  update(channel: string, ts: string, message: OutgoingMessage, key: string): Promise<void>;
  /**
   * The ts of the message that carries this key, when the channel, or the thread, has it.
   * @param where `since` (epoch ms): it cannot be older than that.
   * @throws DeliveryError also where too much was said since to tell.
   */
  findByKey(channel: string, key: string, where: { since: number; thread?: string }): Promise<string | undefined>;
}

// --- jobs, settings, people -------------------------------------------------------------------

export interface JobStore {
  /** True when this owner may run the tick now: nobody has finished it and no live lease is held. */
  claim(job: string, scheduledFor: number, owner: string, leaseMs: number): Promise<boolean>;
  extend(job: string, scheduledFor: number, owner: string, leaseMs: number): Promise<void>;
  finish(job: string, scheduledFor: number, owner: string, error: string | null): Promise<void>;
  /** Gives a tick back as if nobody had run it; nothing happens where it is somebody else's by now. */
  release(job: string, scheduledFor: number, owner: string): Promise<void>;
  /** Who runs that tick just now, and since when (epoch ms). */
  holder(job: string, scheduledFor: number): Promise<{ owner: string; since: number } | undefined>;
  /** The latest tick that was finished, epoch ms. */
  lastDone(job: string): Promise<number | undefined>;
}

export interface SettingsStore {
  get(key: string): Promise<unknown>;
  /** Writes the setting and its audit row in one transaction. */
  set(key: string, value: unknown, actor: string): Promise<void>;
}

export interface RoleStore {
  /** The roles granted in the database; installer and configured admins are added by policy. */
  rolesOf(userId: string): Promise<Role[]>;
  grant(userId: string, role: Role, by: string): Promise<void>;
  /** Takes back what was granted here; nothing happens where nothing was. */
  revoke(userId: string, role: Role, by: string): Promise<void>;
  /** Who was granted the role here, by user id. */
  list(role: Role): Promise<string[]>;
}

export interface AuditStore {
  append(entry: Omit<AuditEntry, 'id' | 'at'>): Promise<void>;
  /** Latest first. */
  list(limit: number): Promise<AuditEntry[]>;
  /** Those that fit, latest first. */
  find(filter: AuditFilter, limit: number): Promise<AuditEntry[]>;
}

/** A window that a person declared. */
export interface StoredMaintenance extends MaintenanceWindow {
  id: string;
  created_by: string;
  /** Epoch milliseconds. */
  created_at: number;
}

export interface MaintenanceStore {
  /**
   * Stores a window with its audit row in one transaction. Days judged before keep what was said of them.
   * @throws SeepassError `bad_arguments` when it ends before it begins, or says no reason.
   */
  add(window: MaintenanceWindow, by: Declarer): Promise<StoredMaintenance>;
  /** Windows that overlap the range, by beginning. */
  list(range: Hour): Promise<StoredMaintenance[]>;
  /**
   * Takes a window back as if it had never been declared; the audit row keeps what it was.
   * @throws SeepassError `not_found` when there is none, or somebody else was first.
   */
  cancel(id: string, by: Declarer): Promise<void>;
}

export interface LabelStore {
  /** Stores what was said of an entity's day, with its audit row; saying it again replaces it. */
  put(label: Omit<Label, 'id' | 'created_at'> & { role: Role; channel: string | null }): Promise<void>;
  /** By date. */
  list(range: DateRange): Promise<Label[]>;
}

export interface DrillStore {
  put(report: DrillReport): Promise<void>;
  /** With when it ran, epoch milliseconds. */
  latest(): Promise<(DrillReport & { ran_at: number }) | undefined>;
}

/** Every store, bound to one workspace. */
export interface Stores {
  events: EventStore & EventGroupStore;
  rollups: RollupStore;
  themes: ThemeStore;
  signatures: SignatureStore;
  hours: HourStore;
  hourlyFindings: HourlyFindingStore;
  incidents: IncidentStore;
  alerts: AlertStore;
  mutes: MuteStore;
  metrics: MetricStore;
  counts: CountStore;
  why: WhyStore;
  freshness: FreshnessStore;
  surfaces: SurfaceStore;
  identity: IdentityStore;
  priorities: PriorityStore;
  outbox: OutboxStore;
  jobs: JobStore;
  settings: SettingsStore;
  roles: RoleStore;
  audit: AuditStore;
  auditChain: AuditChain;
  proposals: ProposalStore;
  executions: ExecutionStore;
  stops: StopStore;
  effects: EffectStore;
  assessments: AssessmentStore;
  ownerNotices: OwnerNoticeStore;
  labels: LabelStore;
  maintenance: MaintenanceStore;
  drills: DrillStore;
  answers: AnswerUpkeep;
  receipts: ReceiptStore;
  threads: ThreadStore;
  gaps: GapStore;
  annotations: AnnotationStore;
  modelSpend: ModelSpendStore;
  votes: VoteStore;
  digests: DigestStore;
  subscriptions: SubscriptionStore;
  runbooks: RunbookStore;
  sectionEmbeddings: SectionEmbeddingStore;
  deliveries: DeliveryStore;
  backfills: BackfillStore;
  /** True the first time a key is seen: Slack may deliver one event many times. */
  firstDelivery(key: string): Promise<boolean>;
}
