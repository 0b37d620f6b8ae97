import type { HomeModel } from '../../../core/delivery/home-model.ts';
import { badDays, type DayHealth, type GroupWeek, type HomeWeek } from '../../../core/delivery/home-week.ts';
import { countOf, formatDay, formatRange, SEVERITY_SHAPES } from '../../../core/facts/render.ts';
import { sourceNames } from '../../../core/query/answer/sources-of.ts';
import type { JsonObject } from '../../../core/records.ts';
import { addDays } from '../../../core/window.ts';
import { quote, shorten } from '../../mrkdwn.ts';
import { context, header, section } from '../elements.ts';
import { shownAt } from './lists.ts';

const SHOWN = 10;
/** With its shapes and words, a row of fixed width that a phone shows on one line. */
const NAME = 20;

/** A week by group of pages: a shape a day, the worst first. A day that was not judged is a dash, never calm. */
export function buildWeek({ week }: HomeModel, scale: number): JsonObject[] {
  if (week === null) return [];
  const shown = week.groups.slice(0, shownAt(scale, SHOWN));
  return [header('This week'), section(rows(week, shown)), context(legend(week, shown.length))];
}

function rows({ groups, judged, days }: HomeWeek, shown: readonly GroupWeek[]): string {
  // Preformatted, so that a day stands below the same day.
  if (groups.length > 0) return `\`\`\`\n${shown.map(rowOf).join('\n')}\n\`\`\``;
  const of = judged === days.length ? `on any of the ${judged} days` : `on the ${countOf(judged, 'judged day')}`;
  return `Nothing was outside normal ${of}.`;
}

/** "· · – ○ ◐ ● ●  /checkout: high, 4 days" */
function rowOf(week: GroupWeek): string {
  const name = week.group === null ? 'no page' : quote(shorten(week.group, NAME), NAME);
  return `${week.health.map(shapeOf).join(' ')}  ${name}: ${week.worst}, ${countOf(badDays(week), 'day')}`;
}

function shapeOf(health: DayHealth): string {
  if (health === null) return '–';
  return health === 'normal' ? '·' : SEVERITY_SHAPES[health];
}

function legend({ days, judged, groups, gaps }: HomeWeek, shown: number): string {
  const [first = ''] = days;
  const range = formatRange({ start: first, end: addDays(days.at(-1) ?? first, 1) });
  const shapes = `${SEVERITY_SHAPES.high} high ${SEVERITY_SHAPES.medium} medium ${SEVERITY_SHAPES.low} low · normal`;
  return [
    `${range}, oldest first: ${shapes}${judged < days.length ? ' – not judged' : ''}.`,
    groups.length > shown ? `Showing ${shown} of ${countOf(groups.length, 'group')}.` : '',
    groups.length > 0 ? `Nothing else was outside normal on the ${countOf(judged, 'judged day')}.` : '',
    ...gaps.map(({ date, sources }) => `${formatDay(date)} lacks ${sourceNames(sources, 'and')}.`),
  ]
    .filter(Boolean)
    .join(' ');
}
