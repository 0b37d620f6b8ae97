import { findDimension } from '../../core/catalogue/index.ts';
import { countOf, formatDay, joinWords } from '../../core/facts/render.ts';
import { labelOf } from '../../core/query/answer/figure-words.ts';
import { formatWindow } from '../../core/query/answer/period-words.ts';
import { bodyOf, plain, strong } from '../../core/query/answer/spans.ts';
import { writeTop } from '../../core/query/told/top.ts';
import { whyWindows } from '../../core/query/why/windows.ts';
import { dateInZone } from '../../core/window.ts';
import type { JudgedDay } from '../ports.ts';
import type { AnswerIntent } from './ask-deps.ts';
import { findJudgedDay, isAboutKnown, prioritiesAbout } from './judged.ts';

/** "What should we fix?": the priorities of the latest judged day of the period. */
export const answerTop: AnswerIntent = async ({ query }, ask) => {
  if (query === null) return { body: bodyOf([plain('The priorities of which day?')]), reason: 'ambiguous' };
  const { request, timezone: zone, currency, stores } = ask;
  const today = dateInZone(request.asOf, zone);
  const day = await findJudgedDay(stores, query.window, today);
  if (day === undefined) {
    const latest = await stores.priorities.latestDay();
    const when = formatWindow(whyWindows(query, request.asOf, zone).now, today);
    const known =
      latest === undefined ? ' Nothing has been judged yet.' : ` The latest judged day is ${formatDay(latest.date)}.`;
    const followUps =
      latest === undefined
        ? []
        : [{ label: `Top of ${formatDay(latest.date)}`, question: `top issues on ${latest.date}` }];
    const headline = [strong(`No day was judged in ${when}.`), plain(known)];
    return { body: bodyOf(headline, { followUps }), reason: 'no_data' };
  }
  const all = await stores.priorities.listPriorities(day.date);
  const priorities = prioritiesAbout(query, all);
  const ignored = Object.keys(query.filters).filter((dimension) => !isAboutKnown(dimension));
  const body = writeTop({
    query,
    date: day.date,
    surfaces: day.surfaces,
    priorities,
    total: all.length,
    ignored:
      ignored.length === 0
        ? null
        : `by ${joinWords(
            ignored.map((id) => labelOf(findDimension(id) ?? { label: id })),
            'or',
          )}`,
    quiet: all.length === 0 ? describeQuiet(day) : null,
    setting: { asOf: request.asOf, zone, currency },
  });
  const listed = priorities
    .slice(0, query.limit)
    .map(({ entity_type, entity_key }) => ({ dimension: entity_type, value: entity_key }));
  return { body, reason: null, listed };
};

/** No data and too little data are answers of their own, never quiet. */
function describeQuiet({ surfaces, summary }: JudgedDay): string {
  const {
    insufficient_history: young,
    too_small: small,
    under_maintenance: away,
    baselines_ready_on: readyOn,
  } = summary;
  const ready = readyOn === null ? '' : ` Baselines are ready on ${formatDay(readyOn)}.`;
  if (surfaces === 0)
    return away > 0
      ? `${countOf(away, 'page')} under maintenance, so none was judged.`
      : 'No event of that day names a page, so nothing could be judged.';
  if (young >= surfaces) return `It is too early to tell: no page has enough history yet.${ready}`;
  const left = [
    young > 0 ? `${countOf(young, 'page')} without enough history` : '',
    away > 0 ? `${countOf(away, 'page')} under maintenance` : '',
    small > 0 ? `${countOf(small, 'page')} too small to judge daily` : '',
  ].filter(Boolean);
  return `${countOf(surfaces, 'page')} judged, nothing outside normal.${left.length > 0 ? ` Left out: ${joinWords(left)}.` : ''}${ready}`;
}
