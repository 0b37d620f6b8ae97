/** Seed 000's LLM-ready record of one flagged entity. */
import type {
  Contributors,
  EntityType,
  EpisodeReach,
  Finding,
  PatternRecord,
  Signal,
  SignatureDay,
  SurfaceDay,
  SurfaceDetail,
  TopSignature,
  TopTopic,
} from '../records.ts';
import { dateOf, dayNumber, weekEndingOn } from '../window.ts';
import type { DayVerdict } from './detect.ts';
import { entityId } from './episodes.ts';
import type { History } from './history.ts';
import { hintsOf } from './labels.ts';
import { type Measurement, NO_POINT, toSignal } from './measurement.ts';

/** What the rollups know of an entity besides its counts; read for the flagged ones only. */
export interface EntityDetail {
  detail?: SurfaceDetail | undefined;
  links?: { label: string; url: string }[] | undefined;
  /** Of an error signature: whom it hit that day. Minor units. */
  reach?: { accounts: number; users: number; revenue_at_risk: number } | undefined;
  /** Over the episode. */
  episodeReach?: EpisodeReach | undefined;
  contributors?: Contributors | undefined;
}

const CHART_DAYS = 30;
/** One entity may lead with several findings: the worse for people comes first, then the less likely by chance. */
const LEAD_ORDER = [
  'traffic-drop',
  'failure-storm',
  'reconciliation',
  'spike error_rate',
  'error-count',
  'spike dropoff_rate',
  'conversion-drop',
  'latency',
  'spike ticket_rate',
  'signature-spike',
  'new-signature',
  'spreading-signature',
];

/** Findings that flag an entity, main one first; relations of it after them. */
function orderFindings(findings: readonly Finding[]): Finding[] {
  const place = ({ rule, metric }: Finding): number => {
    const at = LEAD_ORDER.findIndex((entry) => entry === rule || entry === `${rule} ${metric}`);
    return at < 0 ? LEAD_ORDER.length : at;
  };
  return [...findings].sort(
    (a, b) => place(a) - place(b) || (a.p_value ?? 0) - (b.p_value ?? 0) || (a.metric < b.metric ? -1 : 1),
  );
}

/** The finding an entity leads with. */
export function leadOf(findings: readonly Finding[]): Finding | undefined {
  return orderFindings(findings)[0];
}

/** @param minorUnits minor units of money in a major one: 100 for most currencies. */
export function buildPatternRecord(
  verdict: DayVerdict,
  history: History,
  entity: { entity_type: EntityType; entity_key: string; findings: readonly Finding[] },
  known: EntityDetail,
  minorUnits = 100,
): PatternRecord {
  const findings = orderFindings(entity.findings);
  const lead = findings[0];
  const surfaces =
    entity.entity_type === 'surface'
      ? [entity.entity_key]
      : signatureRowsOn(verdict, history, entity.entity_key).map(({ surface }) => surface);
  const rows = history.surfaces.flatMap(({ surface, rows }) =>
    surfaces.includes(surface) ? (rows[verdict.slot] ?? []) : [],
  );
  const own = verdict.measurements.get(entityId(entity.entity_type, entity.entity_key)) ?? [];
  const row = rows[0];
  const total = (pick: (row: SurfaceDay) => number): number => rows.reduce((sum, each) => sum + pick(each), 0);
  const views = total(({ pageviews }) => pageviews);
  const signature =
    entity.entity_type === 'error_signature' ? own.find(({ metric }) => metric === 'errors') : undefined;
  const errors = signature?.current ?? total((each) => each.errors);
  const perView = (count: number): Signal => plainSignal(views > 0 ? count / views : 0);
  const find = (metric: string): Measurement | undefined => own.find((each) => each.metric === metric);
  const signalOf = (metric: string, fallback: Signal): Signal => {
    const measured = find(metric);
    return measured ? toSignal(measured) : fallback;
  };
  const requests = total((each) => each.requests);
  const failures = total((each) => each.request_failures);
  const p95 = Math.max(0, ...rows.map(({ latency_p95 }) => latency_p95 ?? 0));
  const reach = known.reach;
  const exposure = reach?.revenue_at_risk ?? total((each) => each.revenue_at_risk);
  const conversion = find('conversion_rate');
  return {
    entity_type: entity.entity_type,
    entity_key: entity.entity_key,
    window: weekEndingOn(verdict.date),
    signals: {
      pageviews: views,
      error_rate: signalOf('error_rate', signature ? signatureRate(signature, views) : perView(errors)),
      dropoff_rate: signalOf('dropoff_rate', perView(total((each) => each.dropoffs))),
      ticket_rate: signalOf('ticket_rate', perView(total((each) => each.tickets))),
      affected_accounts: reach?.accounts ?? total((each) => each.affected_accounts),
      affected_users: reach?.users ?? total((each) => each.affected_users),
      revenue_at_risk: exposure / minorUnits,
      errors,
      dropoffs: total((each) => each.dropoffs),
      tickets: total((each) => each.tickets),
      requests,
      request_failures: failures,
      failure_rate: requests > 0 ? signalOf('failure_rate', plainSignal(failures / requests)) : null,
      latency_p95: p95 > 0 ? signalOf('latency_p95', plainSignal(p95)) : null,
      traffic: signalOf('pageviews', signalOf('requests', plainSignal(views > 0 ? views : requests))),
      ...(conversion ? { conversion_rate: toSignal(conversion) } : {}),
    },
    top_error_signatures: signaturesOf(verdict, history, entity, known),
    top_ticket_topics: known.detail?.top_ticket_topics ?? ([] satisfies TopTopic[]),
    context: { ...releaseOf(findings, row), env: known.detail?.env_top ?? null },
    hints: hintsOf(findings),
    findings,
    series: chartOf(verdict, lead, own),
    ...(lead
      ? verdict.episodeOf(entity.entity_type, entity.entity_key, lead.metric)
      : { since: verdict.date, days: 1 }),
    links: known.links ?? [],
    ...(known.contributors ? { contributors: known.contributors } : {}),
    ...(known.episodeReach ? { reach: known.episodeReach } : {}),
  };
}

/** The judged day's rows of a signature, most errors first. */
export function signatureRowsOn(verdict: DayVerdict, history: History, signature: string): SignatureDay[] {
  const known = history.signatures.find((entry) => entry.signature === signature);
  return (known?.rows ?? [])
    .filter(({ date, errors }) => date === verdict.date && errors > 0)
    .sort((a, b) => b.errors - a.errors || (a.surface < b.surface ? -1 : 1));
}

/** A level nothing was expected of: shown, not judged. */
function plainSignal(current: number): Signal {
  return { current, baseline: null, delta_pct: null, z: null, p_value: null, interval: null };
}

/** A signature's count per view of the surfaces it is on, so that it reads like any error rate. */
function signatureRate(measured: Measurement, views: number): Signal {
  if (views <= 0) return plainSignal(0);
  const signal = toSignal(measured);
  return {
    ...signal,
    current: signal.current / views,
    baseline: signal.baseline === null ? null : signal.baseline / views,
    interval: signal.interval && [signal.interval[0] / views, signal.interval[1] / views],
  };
}

function signaturesOf(
  verdict: DayVerdict,
  history: History,
  entity: { entity_type: EntityType; entity_key: string },
  known: EntityDetail,
): TopSignature[] {
  if (entity.entity_type === 'surface') return known.detail?.top_error_signatures ?? [];
  const rows = signatureRowsOn(verdict, history, entity.entity_key);
  const count = rows.reduce((sum, row) => sum + row.errors, 0);
  return count > 0 ? [{ sig: entity.entity_key, count, example: rows[0]?.example ?? '' }] : [];
}

function releaseOf(
  findings: readonly Finding[],
  row: SurfaceDay | undefined,
): Pick<PatternRecord['context'], 'release_top' | 'release_share'> {
  const { release, share } = findings.find(({ rule }) => rule === 'release')?.evidence ?? {};
  if (typeof release === 'string' && typeof share === 'number') return { release_top: release, release_share: share };
  return { release_top: row?.release_top ?? null, release_share: row?.release_share ?? null };
}

function chartOf(verdict: DayVerdict, lead: Finding | undefined, own: readonly Measurement[]): PatternRecord['series'] {
  const measured = own.find(({ metric }) => metric === lead?.metric);
  const first = verdict.slot - CHART_DAYS + 1;
  return {
    metric: lead?.metric ?? 'error_rate',
    points: Array.from({ length: CHART_DAYS }, (_, index) => {
      const slot = first + index;
      const date = dateOf(dayNumber(verdict.date) + 1 - CHART_DAYS + index);
      return { date, ...(slot < 0 || !measured ? NO_POINT : measured.at(slot)) };
    }),
  };
}
