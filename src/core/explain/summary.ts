import { figure, type LeadKind, type Reading } from './reading.ts';
import { say, sentences } from './say.ts';

/** What happened, how bad it is against normal, and what rose with it. */
export function writeSummary(reading: Reading): string {
  const wordings = reading.slow ? SLOW[reading.kind] : ofTheDay(reading);
  const lead = say(reading.facts, ...(wordings ?? []), '{entity} left its normal range on {weekday}.');
  return sentences(lead, ...companionSentences(reading));
}

function ofTheDay(reading: Reading): readonly string[] {
  if (reading.kind === 'errors' && (figure(reading, 'error_rate.current') ?? 0) > 1) return SEVERAL_ERRORS_A_VIEW;
  if (reading.kind === 'traffic-drop' && figure(reading, 'traffic.current') === 0) return NO_TRAFFIC;
  return DAY[reading.kind];
}

const DAY: Readonly<Record<LeadKind, readonly string[]>> = {
  errors: [
    '{error_rate.current} of {pageviews} views failed on {weekday}; normal is {error_rate.baseline} ({error_rate.range}).',
    '{error_rate.current} of {pageviews} views failed on {weekday}; normal is {error_rate.baseline}.',
    '{error_rate.current} of {pageviews} views failed on {weekday}. There is no baseline yet to compare it with.',
    '{errors.count} errors on {weekday}, without a view count to set them against.',
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
  'traffic-drop': [
    '{traffic.current} views on {weekday} where {traffic.baseline} were expected: {traffic.drop} are missing.',
    'Far fewer views than expected on {weekday}.',
  ],
  'new-signature': [
    '{entity} is new: {lead.current} errors on {weekday}, none of it before.',
    '{entity} is new: {errors.count} errors on {weekday}, none of it before.',
    '{entity} is new since {since}.',
  ],
  'spreading-signature': [
    '{entity} is spreading: seen on {lead.current} pages on {weekday}, normally {lead.expected}.',
    '{entity} is spreading to more pages.',
  ],
  signature: [
    '{lead.current} errors of {entity} on {weekday}; {lead.expected} would be normal.',
    '{lead.current} errors of {entity} on {weekday}.',
    '{errors.count} errors of {entity} on {weekday}.',
  ],
  other: [],
};

/** A rate above the whole means several errors a view; a percentage would read as a mistake. */
const SEVERAL_ERRORS_A_VIEW = [
  '{errors.count} errors on {pageviews} views on {weekday}, {error_rate.ratio} the normal rate.',
  '{errors.count} errors on {pageviews} views on {weekday}.',
];

const NO_TRAFFIC = ['No views at all on {weekday}, where {traffic.baseline} were expected.'];

const SLOW: Readonly<Partial<Record<LeadKind, readonly string[]>>> = {
  errors: slowly('{lead.current} of views failed'),
  dropoffs: slowly('{lead.current} of views ended in a drop-off'),
  tickets: [
    '{lead.ratio} the normal tickets a view over the last {lead.window}. Each day alone looks ordinary; the rise is slow.',
    'Tickets have been rising slowly since {since}.',
  ],
  failures: slowly('{lead.current} of requests failed'),
  latency: slowly('p95 latency was {lead.current}'),
};

function slowly(fact: string): readonly string[] {
  return [
    `${fact} over the last {lead.window}; normal is {lead.expected}. Each day alone looks ordinary; the rise is slow.`,
    `${fact}; normal is {lead.expected}. It has been rising slowly since {since}.`,
    'A slow rise since {since} that no single day shows.',
  ];
}

/** What a companion metric did, as the first sentence about one and as a further one. */
const COMPANIONS: Readonly<Record<string, readonly [first: string, further: string]>> = {
  dropoff_rate: [
    'Drop-offs rose with it: {dropoff_rate.current} against {dropoff_rate.baseline}.',
    'So did drop-offs: {dropoff_rate.current} against {dropoff_rate.baseline}.',
  ],
  ticket_rate: [
    'Tickets rose with it: {tickets.count} against {tickets.expected}.',
    'So did tickets: {tickets.count} against {tickets.expected}.',
  ],
  error_rate: [
    'Errors rose with it: {error_rate.current} of views against {error_rate.baseline}.',
    'So did errors: {error_rate.current} of views against {error_rate.baseline}.',
  ],
  failure_rate: [
    'Failed requests rose with it: {failure_rate.current} against {failure_rate.baseline}.',
    'So did failed requests: {failure_rate.current} against {failure_rate.baseline}.',
  ],
  latency_p95: [
    'p95 latency rose with it: {latency_p95.current} against {latency_p95.baseline}.',
    'So did p95 latency: {latency_p95.current} against {latency_p95.baseline}.',
  ],
};

const MOST_COMPANIONS = 2;

function companionSentences(reading: Reading): string[] {
  const falling = reading.kind === 'traffic-drop';
  const said: string[] = [];
  for (const metric of reading.companions) {
    const wording = COMPANIONS[metric]?.[said.length === 0 ? 0 : 1];
    if (wording === undefined) continue;
    const text = say(reading.facts, falling ? wording.replace('rose with it', 'rose meanwhile') : wording);
    if (text !== null && said.length < MOST_COMPANIONS) said.push(text);
  }
  return said;
}
