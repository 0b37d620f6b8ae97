/** What goes along with a change, and what speaks against: gathered from figures of both periods, each one tested. */

import type { Metric } from '../../catalogue/define.ts';
import { findMetric } from '../../catalogue/index.ts';
import type { Contributors, DateRange } from '../../records.ts';
import { adjustForMany, type ChangeTest, type DayVolume, SIGNIFICANT, testChange } from './change-test.ts';
import { silentDays } from './gap-days.ts';
import { type DayMeasures, drivenBy, type Measured, measuredOf, type WhyMeasure } from './measured.ts';
import { findReleases, type ReleaseEvidence, type ReleaseStarts } from './releases.ts';
import { findRisen } from './risen.ts';
import { type ChangeRow, type Counted, explainChange, splitByTraffic } from './split.ts';
import { findUnmoved, type Unmoved } from './unmoved.ts';
import type { WhyWindows } from './windows.ts';

/** Another metric of the same pages that moved too. */
export interface Companion {
  metric: Metric;
  test: ChangeTest;
  q: number;
  /** It was out of line a day or more before. */
  precedes: boolean;
}

export interface WhyEvidence {
  test: ChangeTest;
  contributors: Contributors | undefined;
  /** A count's change by traffic and by rate, events over the whole period. */
  traffic: { traffic: number; rate: number } | undefined;
  companions: readonly Companion[];
  /** Of those that could be tested, the ones that stayed as they were. */
  steady: readonly Metric[];
  releases: readonly ReleaseEvidence[];
  /** Kinds of error and themes of tickets that are new or came up more than they used to. */
  signatures: readonly Counted[];
  themes: readonly Counted[];
  unmoved: Unmoved | undefined;
}

export interface WhyFigures {
  metric: Metric;
  windows: WhyWindows;
  /** Of the history and both periods. */
  days: readonly DayMeasures[];
  rows: readonly ChangeRow[];
  releases: ReleaseStarts;
  /** Of a metric that does not add up from day to day: tested by the caller. */
  tested?: ChangeTest;
}

const COMPANIONS = ['error_rate', 'failure_rate', 'dropoff_rate', 'conversion_rate', 'ticket_rate', 'pageviews'];
/** Counted from the same events, so that one never goes along with the other. */
const SAME_EVENTS: readonly (readonly string[])[] = [
  ['errors', 'request_failures'],
  ['dropoffs'],
  ['actions'],
  ['tickets'],
];
const MOST_LISTED = 3;

/** Everything the figures tell. @param rows of both periods; where there are none, nothing is split. */
export function gatherEvidence(figures: WhyFigures): WhyEvidence {
  const { metric, windows, days, rows } = figures;
  const measured = measuredOf(metric);
  const test = measured ? testMeasured(days, measured, windows) : figures.tested;
  if (!test) throw new RangeError(`${metric.id} does not add up from day to day`);
  const { companions, steady } = findCompanions(figures, measured, test);
  return {
    test,
    contributors: measured && explainChange(rows, measured, test.days),
    traffic: measured && trafficOf(days, measured, windows, test),
    companions,
    steady,
    releases: findReleases(figures, measured, test),
    signatures: findRisen(rows, 'error_signature', 'errors'),
    themes: findRisen(rows, 'ticket_topic', 'tickets'),
    unmoved: measured && findUnmoved(rows, measured, test),
  };
}

/** The test of one metric between the periods. */
export function testMeasured(days: readonly DayMeasures[], measured: Measured, windows: WhyWindows): ChangeTest {
  const usable = days.filter(({ date }) => !windows.without.includes(date));
  const within = (range: DateRange) => usable.filter(({ date }) => date >= range.start && date < range.end);
  return testChange({
    now: volumesOfPeriod(within(windows.now), measured),
    before: volumesOfPeriod(within(windows.before), measured),
    history: volumes(within(windows.history).filter(isKnownOf(measured)), measured),
    kind: measured.kind,
  });
}

/** Before anybody sent any, a zero is no figure. */
const isKnownOf =
  ({ count, exposure }: Measured) =>
  ({ unknown }: DayMeasures): boolean =>
    !unknown.includes(count) && (exposure === null || !unknown.includes(exposure));

/** As an answer has it: a ratio is over all views of a period that any of is known, a count over the days that are. */
function volumesOfPeriod(days: readonly DayMeasures[], measured: Measured): DayVolume[] {
  const known = days.filter(isKnownOf(measured));
  return volumes(known.length > 0 && measured.exposure !== null ? days : known, measured);
}

const volumes = (days: readonly DayMeasures[], { count, exposure }: Measured): DayVolume[] =>
  days.map((day) => ({ date: day.date, count: day[count], exposure: exposure === null ? 1 : day[exposure] }));

function findCompanions({ days, windows }: WhyFigures, measured: Measured | undefined, lead: ChangeTest) {
  const own = SAME_EVENTS.find((group) => measured && group.includes(measured.count)) ?? [measured?.count];
  const tested = COMPANIONS.flatMap((id) => {
    const metric = findMetric(id);
    const other = metric && measuredOf(metric);
    if (!metric || !other || own.includes(other.count)) return [];
    const test = testMeasured(days, other, windows);
    return test.p === null ? [] : [{ metric, test }];
  });
  const q = adjustForMany(tested.map(({ test }) => test));
  const judged = tested.map((each, index) => ({ ...each, q: q[index] ?? 1 }));
  const companions = judged
    .filter((each) => each.q < SIGNIFICANT && each.test.outside)
    .sort((a, b) => a.q - b.q)
    .map((each): Companion => ({ ...each, precedes: isEarlier(each.test.onset, lead.onset) }));
  const steady = judged.filter(({ test }) => test.outside === false).map(({ metric }) => metric);
  return { companions: companions.slice(0, MOST_LISTED), steady };
}

const isEarlier = (a: string | null, b: string | null): boolean => a !== null && b !== null && a < b;

function trafficOf(days: readonly DayMeasures[], measured: Measured, windows: WhyWindows, test: ChangeTest) {
  const driver = measured.exposure === null ? drivenBy(measured.count) : null;
  if (driver === null || test.days.now !== test.days.before) return undefined;
  // Views that did not arrive are no fewer views.
  const silent = silentDays(days, driver).filter((date) => date >= windows.before.start && date < windows.now.end);
  if (silent.length > 0) return undefined;
  const total = ({ start, end }: DateRange) => {
    const own = days.filter(({ date }) => date >= start && date < end && !windows.without.includes(date));
    const sum = (of: WhyMeasure) => own.reduce((all, day) => all + day[of], 0);
    return { count: sum(measured.count), volume: sum(driver) };
  };
  return splitByTraffic(total(windows.before), total(windows.now));
}
