/** Reads what an incident's chart is drawn from. */
import type { HourlyMetricId } from '../../core/detect/hours/hourly-finding.ts';
import type { Hour } from '../../core/hours.ts';
import type { Incident } from '../../core/incident/incident.ts';
import type { ChartStretch, IncidentChart } from '../../core/incident/incident-chart.ts';
import type { Sensitivity } from '../../core/records.ts';
import type { PageHourRow, Stores } from '../ports.ts';
import type { ReadExpected } from './expected-hours.ts';

interface ChartContext {
  stores: {
    hours: Pick<Stores['hours'], 'readPageHours'>;
    hourlyFindings: Pick<Stores['hourlyFindings'], 'judgedUntil' | 'list'>;
  };
  expectedOf: ReadExpected;
  sensitivity: Sensitivity;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** As many as a native chart has points. */
const LATEST_HOURS = 20;
/** A course is shown with so much of what was normal before it; of a very long one the last two weeks. */
const HOURS_BEFORE = 12;
const MOST_COURSE = 14 * DAY;

/**
 * The leader's judged hours: the last twenty, or the incident's course. What the judge told of an hour is as it told
 * it; what it expected of the others is found anew, as it keeps no hour that was normal. An hour without a row has no
 * figure.
 * @returns null where fewer than two hours have a figure.
 */
export async function readIncidentChart(
  { stores, expectedOf, sensitivity }: ChartContext,
  incident: Incident,
  stretch: ChartStretch = 'latest',
): Promise<IncidentChart | null> {
  const { lead, picture } = incident;
  const until = (await stores.hourlyFindings.judgedUntil()) ?? picture.latest.hour + HOUR;
  const range = stretch === 'latest' ? { start: until - LATEST_HOURS * HOUR, end: until } : courseOf(incident, until);
  const [rows, findings, expected] = await Promise.all([
    stores.hours.readPageHours(range, [lead.surface]),
    stores.hourlyFindings.list(range, sensitivity),
    expectedOf(lead, range),
  ]);
  const own = new Map(
    findings
      .filter(({ surface, metric }) => surface === lead.surface && metric === lead.metric)
      .map((finding) => [finding.hour, finding]),
  );
  const seen = new Map(rows.map((row) => [row.hour, row]));
  const perView = picture.count?.per === 'views';
  const points = Array.from({ length: Math.round((range.end - range.start) / HOUR) }, (_, index) => {
    const hour = range.start + index * HOUR;
    const finding = own.get(hour);
    const row = seen.get(hour);
    const known = finding ?? expected.get(hour);
    return {
      hour,
      value: finding?.current ?? (row === undefined ? null : figureOf(lead.metric, row, perView)),
      expected: known?.expected ?? null,
      lower: known?.lower ?? null,
      upper: known?.upper ?? null,
      told: finding !== undefined && finding.state !== 'recovered',
    };
  });
  return points.filter(({ value }) => value !== null).length < 2 ? null : { points };
}

/** From before its first hour to the last that was over when it ended, as far as hours are judged. */
function courseOf({ since, endedAt }: Incident, judgedUntil: number): Hour {
  const ended = endedAt === null ? judgedUntil : since + Math.floor((endedAt - since) / HOUR) * HOUR;
  const end = Math.min(judgedUntil, ended);
  return { start: Math.max(since - HOURS_BEFORE * HOUR, end - MOST_COURSE), end };
}

/** The metric of an hour; null where nothing was seen that it could be a rate of. */
function figureOf(metric: HourlyMetricId, row: PageHourRow, perView: boolean): number | null {
  const { pageviews, requests } = row;
  const rate = (count: number, exposure: number): number | null => (exposure > 0 ? count / exposure : null);
  switch (metric) {
    case 'error_rate':
      return rate(row.errors, perView ? pageviews : requests);
    case 'failure_rate':
      return rate(row.request_failures, requests);
    case 'dropoff_rate':
      return rate(row.dropoffs, pageviews);
    case 'traffic':
      return pageviews > 0 ? pageviews : requests;
  }
}
