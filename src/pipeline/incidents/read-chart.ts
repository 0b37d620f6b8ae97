/** Reads what an incident's chart is drawn from. */
import type { HourlyMetricId } from '../../core/detect/hours/hourly-finding.ts';
import type { Incident } from '../../core/incident/incident.ts';
import type { IncidentChart } from '../../core/incident/incident-chart.ts';
import type { Sensitivity } from '../../core/records.ts';
import type { PageHourRow, Stores } from '../ports.ts';

interface ChartStores {
  hours: Pick<Stores['hours'], 'readPageHours'>;
  hourlyFindings: Pick<Stores['hourlyFindings'], 'judgedUntil' | 'list'>;
}

const HOUR = 3_600_000;
/** As many as a native chart has points. */
const HOURS = 20;

/**
 * The leader's last twenty judged hours. What was expected is kept of hours that were outside normal only, so the
 * others have a figure without it; an hour without a row has no figure.
 * @returns null where fewer than two hours have a figure.
 */
export async function readIncidentChart(
  { stores, sensitivity }: { stores: ChartStores; sensitivity: Sensitivity },
  { lead, picture }: Incident,
): Promise<IncidentChart | null> {
  const until = (await stores.hourlyFindings.judgedUntil()) ?? picture.latest.hour + HOUR;
  const range = { start: until - HOURS * HOUR, end: until };
  const [rows, findings] = await Promise.all([
    stores.hours.readPageHours(range, [lead.surface]),
    stores.hourlyFindings.list(range, sensitivity),
  ]);
  const own = findings.filter(({ surface, metric }) => surface === lead.surface && metric === lead.metric);
  const perView = picture.count?.per === 'views';
  const points = Array.from({ length: HOURS }, (_, index) => {
    const hour = range.start + index * HOUR;
    const finding = own.find((one) => one.hour === hour);
    const row = rows.find((one) => one.hour === hour);
    return {
      hour,
      value: finding?.current ?? (row === undefined ? null : figureOf(lead.metric, row, perView)),
      lower: finding?.lower ?? null,
      upper: finding?.upper ?? null,
    };
  });
  return points.filter(({ value }) => value !== null).length < 2 ? null : { points };
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
