/** "Why did it change?", "why is #2?", "who is hit?": the evidence ladder on the period asked about. */

import type { Metric } from '../../core/catalogue/define.ts';
import { findMetric } from '../../core/catalogue/index.ts';
import { bodyOf, fixed, plain } from '../../core/query/answer/spans.ts';
import type { MetricQuery } from '../../core/query/metric-query.ts';
import type { Reading } from '../../core/query/reading.ts';
import type { ChangeTest } from '../../core/query/why/change-test.ts';
import { gatherEvidence, testMeasured, type WhyEvidence } from '../../core/query/why/evidence.ts';
import { findGapDays } from '../../core/query/why/gap-days.ts';
import { type DayMeasures, measuredOf, WHY_MEASURES } from '../../core/query/why/measured.ts';
import { rankByMovement } from '../../core/query/why/most-moved.ts';
import { type ChangeRow, WHY_DIMENSIONS, type WhyDimension } from '../../core/query/why/split.ts';
import type { Why } from '../../core/query/why/why.ts';
import { writeWhy } from '../../core/query/why/why-body.ts';
import { ONE_ACCOUNT } from '../../core/query/why/why-words.ts';
import { type WhyWindows, whyWindows } from '../../core/query/why/windows.ts';
import type { DateRange, Finding, Priority } from '../../core/records.ts';
import { addDays, dateInZone } from '../../core/window.ts';
import type { Slice } from '../why.ts';
import type { AnswerIntent, AnswerOutcome, AskContext } from './ask-deps.ts';
import { findPriority } from './judged.ts';
import { testLevel } from './level.ts';
import { answerMetricQuestion } from './metric.ts';
import { sliceOf } from './slice.ts';
import { watermarkOf } from './watermark.ts';
import { noData, tooFew, tooSmall } from './why-none.ts';
import { type About, likelyReason, mayNameAccounts, readMarks, readQuotes, readReach } from './why-surroundings.ts';

/** Before a priority's episode, as the daily judge holds its contributors against. */
const CONTRAST_DAYS = 7;
const RELEASE_DAYS = 28;

export const answerWhy: AnswerIntent = async (reading, ask) => {
  const { query } = reading;
  if (query === null)
    return { body: bodyOf([plain('Which figure, page or error should I look into?')]), reason: 'ambiguous' };
  const { asOf } = ask.request;
  const asIs = whyWindows(query, asOf, ask.timezone);
  const days = await readDays(ask, sliceOf(query), asIs);
  if (isUnheardOf(query, days, asIs)) return noData(query, asIs, ask);
  const today = dateInZone(asOf, ask.timezone);
  const priority = await findPriority(ask.stores, query, until(asIs.now, today));
  const metric = chooseMetric(query, priority, days, asIs);
  const asked = { ...query, metric: metric.id };
  if (asIs.partial && priority === null && measuredOf(metric)?.exposure === null) return soFar(asked, asIs, ask);
  const slice = sliceOf(asked);
  const own = hasFilters(slice) ? await readDays(ask, slice, asIs) : days;
  const measured = measuredOf(metric);
  const windows = measured ? { ...asIs, without: findGapDays(own, measured, await readGaps(ask, asIs)) } : asIs;
  const test = measured ? testMeasured(own, measured, windows) : await testLevel(ask, asked, windows);
  if (test === null) return noData(asked, windows, ask);
  const empty = measured && emptyPeriod(test, windows);
  if (empty) return noData(asked, { ...windows, now: empty }, ask);
  const small = measured?.exposure ? tooFew(own, measured.exposure, metric, windows.now) : null;
  if (small !== null) return tooSmall(small, asked, metric, windows, ask);
  const about = { ask, query: asked, metric, slice };
  const looked = test.outside === false && priority !== null ? zoomOn(priority, windows) : windows;
  const { evidence, rows } = await look(about, looked, own, test);
  const changed = test.outside !== false || looked !== windows;
  const why: Why = {
    query: asked,
    metric,
    chosen: query.metric === null,
    windows,
    looked,
    test,
    evidence,
    rows,
    accountsNamed: mayNameAccounts(ask),
    reach: changed ? await readReach(about, looked.now) : null,
    priority,
    marks: await readMarks(about, looked.now),
    quotes: changed ? await readQuotes(about, looked.now, evidence) : [],
    sources: (await ask.stores.freshness.list()).map(({ source }) => source),
    watermark: await watermarkOf(ask),
    setting: { asOf, zone: ask.timezone, currency: ask.currency },
  };
  return { body: writeWhy(why, priority && (await likelyReason(ask, priority))), reason: null };
};

/** What has come of a count today says nothing beside whole days: it is told beside as much of the day before. */
async function soFar(query: MetricQuery, { before }: WhyWindows, ask: AskContext): Promise<AnswerOutcome> {
  const compared = { ...query, compare: before, group_by: [], grain: null };
  const { body, reason } = await answerMetricQuestion({ ...METRIC_READING, query: compared }, ask);
  if (reason !== null) return { body, reason };
  const later = [plain('Why is looked into by whole days: ask again when today is over.')];
  return { body: { ...body, sentences: [...body.sentences, fixed(later)] }, reason };
}

const METRIC_READING: Omit<Reading, 'query'> = {
  intent: 'metric',
  reason: null,
  confidence: 1,
  choices: [],
  about: null,
  notes: [],
};

/** Nothing of what is counted by day came up there, in either period. */
function isUnheardOf({ metric }: MetricQuery, days: readonly DayMeasures[], { now, before }: WhyWindows): boolean {
  const known = metric === null ? undefined : findMetric(metric);
  if (known && measuredOf(known) === undefined) return false;
  return !days.some(
    (day) =>
      ((day.date >= now.start && day.date < now.end) || (day.date >= before.start && day.date < before.end)) &&
      WHY_MEASURES.some((measure) => day[measure] !== 0),
  );
}

/** A period from before anybody sent any of it, which has no figure. */
const emptyPeriod = ({ days }: ChangeTest, { now, before }: WhyWindows): DateRange | null =>
  days.now === 0 ? now : days.before === 0 ? before : null;

/** What is judged of a day rests on all of it, so nothing is known of one that is not over. */
const until = ({ start, end }: DateRange, today: string): DateRange => ({ start, end: end < today ? end : today });

const hasFilters = ({ filters }: Slice): boolean => Object.keys(filters).length > 0;

function readDays(ask: AskContext, slice: Slice, { now, before, history }: WhyWindows): Promise<DayMeasures[]> {
  const start = before.start < history.start ? before.start : history.start;
  return ask.stores.why.readDays({ start, end: now.end }, slice, ask.request.asOf);
}

/** Days the daily judge found to be gaps. */
function readGaps({ stores, request, timezone }: AskContext, { before, now, history }: WhyWindows): Promise<Finding[]> {
  const start = before.start < history.start ? before.start : history.start;
  return stores.priorities.listFindings(until({ start, end: now.end }, dateInZone(request.asOf, timezone)));
}

/** The one asked about, else what leads the priority, else what moved most. */
function chooseMetric(
  query: MetricQuery,
  priority: Priority | null,
  days: readonly DayMeasures[],
  windows: WhyWindows,
): Metric {
  const lead = query.metric ?? priority?.pattern_record.findings[0]?.metric;
  const known = lead === undefined ? undefined : findMetric(lead);
  if (known) return known;
  const [most] = rankByMovement(days, windows);
  const chosen = most?.metric ?? findMetric('error_rate');
  if (!chosen) throw new RangeError('the catalogue has no error_rate');
  return chosen;
}

async function look(
  { ask, metric, slice }: About,
  windows: WhyWindows,
  days: readonly DayMeasures[],
  asked: ChangeTest,
): Promise<{ evidence: WhyEvidence; rows: ChangeRow[] }> {
  const { asOf } = ask.request;
  const { now, before } = windows;
  const dimensions = WHY_DIMENSIONS.filter((each) => isWorthSplitting(each, metric, slice));
  const measured = measuredOf(metric);
  const measures = measured && [measured.count];
  const { without } = windows;
  const rows = await ask.stores.why.readChange({
    now,
    before,
    slice,
    dimensions,
    without,
    ...(measures && { measures }),
    asOf,
  });
  const range = { start: addDays(now.start, -RELEASE_DAYS), end: now.end };
  const releases = await ask.stores.why.readReleaseStarts(range, slice.surface, asOf);
  const tested = measured ? {} : { tested: asked };
  const evidence = gatherEvidence({ metric, windows, days, rows, releases, ...tested });
  const told = windows.partial ? withoutCounts(evidence) : evidence;
  return { evidence: mayNameAccounts(ask) ? told : withoutNames(told), rows };
}

/** Errors and themes are looked at whatever the metric: they may have risen with it. */
function isWorthSplitting(dimension: WhyDimension, { dimensions }: Metric, { surface, filters }: Slice): boolean {
  if (filters[dimension] !== undefined) return false;
  if (dimension === 'surface') return (surface === null || surface.includes('*')) && dimensions.includes(dimension);
  return dimension === 'error_signature' || dimension === 'ticket_topic' || dimensions.includes(dimension);
}

/** Counts of a day that is not over did not fall with anything. */
const withoutCounts = (evidence: WhyEvidence): WhyEvidence => ({
  ...evidence,
  companions: evidence.companions.filter(({ metric }) => measuredOf(metric)?.exposure !== null),
});

function withoutNames(evidence: WhyEvidence): WhyEvidence {
  const { contributors } = evidence;
  if (!contributors) return evidence;
  const explained = contributors.explained.map((each) =>
    each.dimension === 'account' ? { ...each, value: ONE_ACCOUNT } : each,
  );
  return { ...evidence, contributors: { ...contributors, explained } };
}

/** As the daily judge splits it: the flagged day against the week before its episode. */
function zoomOn({ date, pattern_record }: Priority, windows: WhyWindows): WhyWindows {
  const { since } = pattern_record;
  return {
    now: { start: date, end: addDays(date, 1) },
    before: { start: addDays(since, -CONTRAST_DAYS), end: since },
    history: { start: windows.history.start, end: date },
    partial: false,
    cut: false,
    without: windows.without,
  };
}
