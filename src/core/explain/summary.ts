import { figure, type LeadKind, type Reading, silentMeasure } from './reading.ts';
import { say, sentences } from './say.ts';

/** What happened, how bad it is against normal, and what rose with it. */
export function writeSummary(reading: Reading): string {
  const wordings = reading.slow ? SLOW[reading.kind] : ofTheDay(reading);
  const lead = say(reading.facts, ...(wordings ?? []), '{entity} left its normal range on {weekday}.');
  return sentences(lead, ...companionSentences(reading));
}

function ofTheDay(reading: Reading): readonly string[] {
  if (reading.kind === 'errors' && (figure(reading, 'error_rate.current') ?? 0) > 1) return SEVERAL_ERRORS_A_VIEW;
  if (reading.kind === 'traffic-drop') return trafficWordings(reading);
  if (reading.kind === 'gap') return gapWordings(reading);
  return DAY[reading.kind];
}

const DAY: Readonly<Record<LeadKind, readonly string[]>> = {
  errors: [
    '{error_rate.current} of {pageviews} views failed on {weekday}; normal is {error_rate.baseline} ({error_rate.range}).',
    '{error_rate.current} of {pageviews} views failed on {weekday}; normal is {error_rate.baseline}.',
    '{error_rate.current} of {pageviews} views failed on {weekday}. There is no baseline yet to compare it with.',
    '{errors.count} errors on {weekday}, without a view count to set them against.',
  ],
  'error-count': [
    '{errors.count} errors on {weekday}; {lead.expected} would be normal.',
    '{errors.count} errors on {weekday}.',
  ],
  conversion: [
    '{lead.current} of {pageviews} views ended in an action on {weekday}; normal is {lead.expected}.',
    'Fewer views than normal ended in an action on {weekday}.',
  ],
  dropoffs: [
    '{dropoff_rate.current} of {pageviews} views ended in a drop-off on {weekday}; normal is {dropoff_rate.baseline} ({dropoff_rate.range}).',
    '{dropoff_rate.current} of {pageviews} views ended in a drop-off on {weekday}; normal is {dropoff_rate.baseline}.',
    '{dropoff_rate.current} of {pageviews} views ended in a drop-off on {weekday}. There is no baseline yet to compare it with.',
    '{dropoffs.count} drop-offs on {weekday}, without a view count to set them against.',
  ],
  tickets: [
    '{tickets.count} tickets on {pageviews} views on {weekday}; {tickets.expected} would be normal.',
    '{tickets.count} tickets on {weekday}, {lead.ratio} normal.',
    '{tickets.count} tickets on {weekday}. There is no baseline yet to compare them with.',
  ],
  failures: [
    '{failure_rate.current} of {requests.count} requests failed on {weekday}; normal is {failure_rate.baseline} ({failure_rate.range}).',
    '{failure_rate.current} of {requests.count} requests failed on {weekday}; normal is {failure_rate.baseline}.',
    '{failure_rate.current} of {requests.count} requests failed on {weekday}. There is no baseline yet to compare it with.',
    '{request_failures.count} requests failed on {weekday}.',
  ],
  latency: [
    'p95 latency was {latency_p95.current} over {requests.count} requests on {weekday}; normal is {latency_p95.baseline} ({latency_p95.range}).',
    'p95 latency was {latency_p95.current} over {requests.count} requests on {weekday}; normal is {latency_p95.baseline}.',
    'p95 latency was {latency_p95.current} on {weekday}. There is no baseline yet to compare it with.',
  ],
  reconciliation: [
    '{reconciliation.count} of {reconciliation.exposure} ({lead.current}) on {weekday} were "{reconciliation.label}" after {reconciliation.within}; normal is {lead.expected}, and {reconciliation.tolerance} is tolerated.',
    '{reconciliation.count} on {weekday} were "{reconciliation.label}"; normal is {lead.expected}.',
  ],
  'traffic-drop': [],
  gap: [],
  'new-signature': [
    '{entity} is new: {new_signature.count} errors on {weekday}, {new_signature.share_of_errors} of all errors that day.',
    '{entity} is new: {errors.count} errors on {weekday}.',
    '{entity} is new since {since}.',
  ],
  'spreading-signature': [
    '{entity} is spreading: seen on {spreading_signature.surfaces} pages on {weekday}, on at most {spreading_signature.most_surfaces_before} on any day before.',
    '{entity} is spreading to more pages.',
  ],
  signature: [
    '{entity} came up {lead.current} times on {weekday}; {lead.expected} would be normal.',
    '{entity} came up {errors.count} times on {weekday}.',
  ],
  other: [],
};

/** A rate above the whole means several errors a view; a percentage would read as a mistake. */
const SEVERAL_ERRORS_A_VIEW = [
  '{errors.count} errors on {pageviews} views on {weekday}, {error_rate.ratio} the normal rate.',
  '{errors.count} errors on {pageviews} views on {weekday}.',
];

function gapWordings(reading: Reading): readonly string[] {
  const things = silentMeasure(reading);
  const plain = `Hardly any ${things} arrived on {weekday}, while other data went on.`;
  const amount = figure(reading, 'lead.current') === 0 ? `No ${things}` : `Only {lead.current} ${things}`;
  return [`${amount} arrived on {weekday} where {lead.expected} were expected, while other data went on.`, plain];
}

function trafficWordings(reading: Reading): readonly string[] {
  const things = reading.priority.pattern_record.findings[0]?.metric === 'requests' ? 'requests' : 'views';
  const plain = `Far fewer ${things} than expected on {weekday}.`;
  if (figure(reading, 'lead.current') === 0)
    return [`No ${things} at all on {weekday}, where {lead.expected} were expected.`, plain];
  return [`{lead.current} ${things} on {weekday} where {lead.expected} were expected: {lead.drop} are missing.`, plain];
}

const SLOW: Readonly<Partial<Record<LeadKind, readonly string[]>>> = {
  errors: slowly('errors', '{error_rate.current} of views failed, normally {error_rate.baseline}'),
  'error-count': slowly('errors', 'it was {errors.count}, normally {lead.expected}'),
  dropoffs: slowly('drop-offs', '{dropoff_rate.current} of views ended in one, normally {dropoff_rate.baseline}'),
  tickets: slowly('tickets', 'it was {tickets.count}, normally {tickets.expected}'),
  failures: slowly('failed requests', '{failure_rate.current} of requests failed, normally {failure_rate.baseline}'),
  conversion: slowly('actions', '{lead.current} of views ended in an action, normally {lead.expected}'),
  reconciliation: [
    '{lead.window_count} in the last {lead.window} were "{reconciliation.label}", where {lead.window_expected} would be normal. On {weekday} it was {reconciliation.count} of {reconciliation.exposure}.',
  ],
  signature: slowly('errors of {entity}', 'it was {lead.current}, normally {lead.expected}'),
  latency: [
    'p95 latency over the last {lead.window} was {lead.window_ratio} normal: {latency_p95.current} on {weekday}, normally {latency_p95.baseline}.',
  ],
};

function slowly(things: string, today: string): readonly string[] {
  const window = `{lead.window_count} ${things} in the last {lead.window}, where {lead.window_expected} would be normal`;
  return [`${window}. On {weekday} ${today}: the days together show it better than any day alone.`, `${window}.`];
}

/** What a companion metric did, as the first sentence about one and as a further one. */
const COMPANIONS: Readonly<Record<string, readonly [first: string, further: string]>> = {
  dropoff_rate: [
    'Drop-offs rose with it: {dropoff_rate.current} against {dropoff_rate.baseline}.',
    'So did drop-offs: {dropoff_rate.current} against {dropoff_rate.baseline}.',
  ],
  ticket_rate: [
    'Tickets rose with it: {tickets.count}, normally {tickets.expected}.',
    'So did tickets: {tickets.count}, normally {tickets.expected}.',
  ],
  error_rate: [
    'Errors rose with it: {error_rate.current} of views against {error_rate.baseline}.',
    'So did errors: {error_rate.current} of views against {error_rate.baseline}.',
  ],
  failure_rate: [
    'Failed requests rose with it: {failure_rate.current} against {failure_rate.baseline}.',
    'So did failed requests: {failure_rate.current} against {failure_rate.baseline}.',
  ],
  unmatched_rate: [
    '{reconciliation.count} of {reconciliation.exposure} were "{reconciliation.label}".',
    '{reconciliation.count} of {reconciliation.exposure} were "{reconciliation.label}".',
  ],
  latency_p95: [
    'p95 latency rose with it: {latency_p95.current} against {latency_p95.baseline}.',
    'So did p95 latency: {latency_p95.current} against {latency_p95.baseline}.',
  ],
};

const MOST_COMPANIONS = 2;

function companionSentences(reading: Reading): string[] {
  const falling = reading.kind === 'traffic-drop' || reading.kind === 'conversion';
  const said: string[] = [];
  for (const metric of reading.companions) {
    const wording = COMPANIONS[metric]?.[said.length === 0 ? 0 : 1];
    if (wording === undefined) continue;
    const text = say(reading.facts, falling ? wording.replace('rose with it', 'rose meanwhile') : wording);
    if (text !== null && said.length < MOST_COMPANIONS) said.push(text);
  }
  return said;
}
