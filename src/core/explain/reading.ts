import type { Fact, Finding, Priority, Signal } from '../records.ts';
import { classifyError, type ErrorFamily } from './error-family.ts';
import { type Rung, strongestRung } from './ladder.ts';

/** What a priority is about, so that each kind has its own words. */
export type LeadKind =
  | 'errors'
  | 'error-count'
  | 'conversion'
  | 'dropoffs'
  | 'tickets'
  | 'failures'
  | 'reconciliation'
  | 'latency'
  | 'traffic-drop'
  | 'gap'
  | 'new-signature'
  | 'spreading-signature'
  | 'signature'
  | 'other';

/** A priority as the words see it: what leads, how strong the evidence is, what rose along. */
export interface Reading {
  priority: Priority;
  facts: readonly Fact[];
  kind: LeadKind;
  /** True when the main finding is about a slow rise over several days rather than the judged day. */
  slow: boolean;
  rung: Rung | null;
  /** What kind of error leads, by its name; null where none is known. */
  family: ErrorFamily | null;
  /** Metrics other than the lead's that are also flagged, worst first. */
  companions: string[];
}

const KIND_BY_METRIC: Readonly<Record<string, LeadKind>> = {
  error_rate: 'errors',
  errors: 'error-count',
  dropoff_rate: 'dropoffs',
  ticket_rate: 'tickets',
  failure_rate: 'failures',
  latency_p95: 'latency',
  conversion_rate: 'conversion',
};

const KIND_BY_RULE: Readonly<Record<string, LeadKind>> = {
  'new-signature': 'new-signature',
  'spreading-signature': 'spreading-signature',
  'traffic-drop': 'traffic-drop',
  'ingest-gap': 'gap',
  reconciliation: 'reconciliation',
};

/** Errors and failed requests are counted from the same events, so one never corroborates the other. */
const SAME_EVENTS: readonly string[] = ['error_rate', 'errors', 'failure_rate'];

const CO_OCCURRENCE_HINTS: Readonly<Record<string, readonly string[]>> = {
  'errors+dropoffs co-occur': ['error_rate', 'dropoff_rate'],
  'errors+tickets co-occur': ['error_rate', 'ticket_rate'],
};

/** Reads a priority for its words. Pure; tolerant of rules it has never heard of. */
export function readPriority(priority: Priority, facts: readonly Fact[]): Reading {
  const record = priority.pattern_record;
  const lead = record.findings[0];
  const signature =
    priority.entity_type === 'error_signature' ? priority.entity_key : record.top_error_signatures[0]?.sig;
  return {
    priority,
    facts,
    kind: kindOf(priority, lead),
    slow: lead !== undefined && isSlow(lead),
    rung: strongestRung(record),
    family: signature === undefined ? null : classifyError(signature),
    companions: companionsOf(priority, lead),
  };
}

/** The value of a numeric fact; undefined where it is not known. */
export function figure(reading: Pick<Reading, 'facts'>, id: string): number | undefined {
  const value = reading.facts.find((fact) => fact.id === id)?.value;
  return typeof value === 'number' ? value : undefined;
}

/**
 * True when views under other releases failed about as often that day: then the release is not what sets it apart.
 * More failures than views is no rate to compare by: those releases hardly served any views.
 */
export function otherReleasesFailToo(reading: Pick<Reading, 'facts'>): boolean {
  const under = figure(reading, 'release.rate_under');
  const others = figure(reading, 'release.rate_other_releases_that_day');
  return under !== undefined && others !== undefined && others <= 1 && others >= under / 2;
}

/** Fewer errors than this, or a smaller share of them, says nothing about the rest. */
const WORTH_NAMING = { errors: 8, share: 0.4 } as const;

/** True when a single kind of error is enough of enough errors to be told about. */
export function oneErrorStandsOut(reading: Pick<Reading, 'facts'>): boolean {
  const [errors, share] = [figure(reading, 'errors.count') ?? 0, figure(reading, 'signature.1.share') ?? 0];
  return errors >= WORTH_NAMING.errors && share >= WORTH_NAMING.share;
}

const MEASURE_WORDS: Readonly<Record<string, string>> = { pageviews: 'views', dropoffs: 'drop-offs' };

/** What stopped arriving in a gap, as a plural: "views", "tickets". */
export function silentMeasure({ priority }: Pick<Reading, 'priority'>): string {
  const measure = priority.pattern_record.findings[0]?.metric ?? 'events';
  return MEASURE_WORDS[measure] ?? (/^[a-z]+$/.test(measure) ? measure : 'events');
}

/** True when a signal has a baseline and is above its range; false also where nobody can tell. */
export function isUp(signal: Signal | null): boolean {
  return signal !== null && signal.baseline !== null && !stayedNormal(signal);
}

/** True when a signal has a baseline and stayed in its range; false also where nobody can tell. */
export function stayedNormal(signal: Signal | null): boolean {
  if (signal === null || signal.baseline === null) return false;
  return signal.interval === null ? signal.current <= signal.baseline : signal.current <= signal.interval[1];
}

function kindOf(priority: Priority, lead: Finding | undefined): LeadKind {
  if (priority.entity_type === 'error_signature') {
    const rules = priority.pattern_record.findings.map((finding) => finding.rule);
    const special = ['new-signature', 'spreading-signature'].find((rule) => rules.includes(rule));
    return KIND_BY_RULE[special ?? ''] ?? 'signature';
  }
  return lead === undefined ? 'other' : (KIND_BY_RULE[lead.rule] ?? KIND_BY_METRIC[lead.metric] ?? 'other');
}

/** A strong judged day is no slow rise, even where a longer window speaks more clearly still. */
function isSlow({ evidence, z }: Finding): boolean {
  return typeof evidence.window_days === 'number' && evidence.window_days > 1 && (z === null || Math.abs(z) < 3);
}

function companionsOf(priority: Priority, lead: Finding | undefined): string[] {
  const { findings, hints } = priority.pattern_record;
  const flagged = findings.filter((finding) => finding.direction === 'up').map((finding) => finding.metric);
  const hinted = hints.flatMap((hint) => CO_OCCURRENCE_HINTS[hint] ?? []);
  const metric = lead?.metric ?? '';
  const same = SAME_EVENTS.includes(metric) ? SAME_EVENTS : [metric];
  return [...new Set([...flagged, ...hinted])].filter((other) => !same.includes(other));
}
