import { headline } from '../explain/describe.ts';
import { buildFacts } from '../facts/ledger.ts';
import { formatDay } from '../facts/render.ts';
import type { Priority } from '../records.ts';
import { startOfDay } from '../window.ts';
import type { Chart, ChartMark, ChartPoint } from './chart.ts';
import { drawableName } from './chart-name.ts';
import { axisOf } from './metric-axis.ts';

/** So long a name leaves room for the figure beside it. */
const NAME = 34;

interface ChartContext {
  timezone: string;
  currency: string;
  /** Releases that people named. */
  marks: readonly ChartMark[];
}

/** The days before a priority's judged one, of the metric that leads; null with fewer than two that have a figure. */
export function chartOfPriority(priority: Priority, { timezone, currency, marks }: ChartContext): Chart | null {
  const { series, since, findings } = priority.pattern_record;
  if (series.points.filter(({ value }) => value !== null).length < 2) return null;
  const { label, unit } = axisOf(series.metric);
  const down = findings[0]?.direction === 'down';
  const points = series.points.map(({ date, value, expected, interval }): ChartPoint => {
    const [lower, upper] = interval ?? [null, null];
    const edge = down ? lower : upper;
    const isBeyond = value !== null && (edge === null || (down ? value < edge : value > edge));
    const isFlagged = date >= since && (date === priority.date ? value !== null : isBeyond);
    return { start: startOfDay(date, timezone), value, expected, lower, upper, flagged: isFlagged };
  });
  return {
    title: titleOf(priority, { timezone, currency }),
    measure: label,
    unit,
    grain: 'day',
    timezone,
    points,
    marks: [...releasesOf(findings, timezone), ...marks],
  };
}

/** What the finding says the errors began with; only the day is known, so the line stands where that day begins. */
function releasesOf(findings: Priority['pattern_record']['findings'], timezone: string): ChartMark[] {
  return findings.flatMap(({ rule, evidence: { release, began } }) =>
    rule === 'release' && typeof release === 'string' && typeof began === 'string'
      ? [{ at: startOfDay(began, timezone), name: release }]
      : [],
  );
}

function titleOf(priority: Priority, context: Omit<ChartContext, 'marks'>): string {
  const named = { ...priority, entity_key: drawableName(priority.entity_key, NAME, 'One page') };
  const said = headline(named, buildFacts(named, context));
  const { since } = priority.pattern_record;
  return / since /.test(said) ? said : `${said} since ${formatDay(since)}`;
}
