/** Metric questions that have no honest figure: what there is instead, and what it would take. */
import { findDimension, sampleLabel } from '../../catalogue/index.ts';
import { formatDay, formatMoment } from '../../facts/render.ts';
import { addDays, daysBetween, localInstant, startOfDay } from '../../window.ts';
import type { FollowUp, Span } from '../answer-body.ts';
import type { CheckedQuery } from '../metric-query.ts';
import type { Figure } from '../metric-result.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { type MetricAsked, todayOf } from './asked.ts';
import { isChurn } from './caveats.ts';
import { definitionOf } from './context-line.ts';
import { dayWords } from './day-words.ts';
import { formatNamed, labelOf } from './figure-words.ts';
import type { MetricAnswer } from './metric-answer.ts';
import { choice, longer, weekBefore } from './other-window.ts';
import { formatShortWindow, hasHours, periodPhrase } from './period-words.ts';
import { phraseQuestion } from './phrase-question.ts';
import { scopeWords } from './scope-words.ts';
import { sourceNames, sourcesOf } from './sources-of.ts';
import { bodyOf, noteSentence, plain, strong } from './spans.ts';
import { tooEarly } from './too-early.ts';
import { tooSmall } from './too-small.ts';
import { isBeyondTotals, untoldByTotals } from './totals-words.ts';
import { findUnknown, type Unknown } from './unknown-value.ts';

/** What is asked when the window lies before the data: the same from its first day on. */
export function sinceFirstDay(query: CheckedQuery, firstDate: string, today: string): CheckedQuery {
  return { ...query, window: { start: firstDate, end: addDays(today, 1) }, compare: null, group_by: [], grain: null };
}

/** Whether the whole window lies before the metric's first data. */
export function isBeforeData({ query, result }: Pick<MetricAsked, 'query' | 'result'>): boolean {
  return result.first_date !== null && query.window.end.slice(0, 10) <= result.first_date && !hasHours(query.window);
}

/**
 * The answer where there is none to give; null where there is.
 * @param vocabulary what has data at all.
 * @param followed the latest period of a retention that can be told, where the one asked about cannot.
 * @param since the same figure from the first day of data on, where the window lies before it.
 */
export function abstain(
  asked: MetricAsked,
  vocabulary: Vocabulary,
  since: Figure | null,
  followed: { query: CheckedQuery; figure: Figure } | null = null,
): MetricAnswer | null {
  const { query, result, setting } = asked;
  const today = todayOf(setting);
  if (query.window.start.slice(0, 10) > today) return future(asked);
  const unknown = findUnknown(query, vocabulary);
  if (isBeyondTotals(asked)) return beyondTotals(asked);
  if (result.first_date === null) return neverAny(asked, vocabulary);
  if (isBeforeData(asked)) return beforeData(asked, result.first_date, vocabulary, since);
  if (unknown !== null && result.total.figure.sample === 0) return unknownValue(asked, unknown);
  if (followed !== null && result.total.figure.value === null) return tooEarly(asked, followed.query, followed.figure);
  if (isSilent(asked)) return silent(asked);
  const { figure } = result.total;
  const { at_least: atLeast } = asked.metric.minimum_sample;
  if (figure.value === null && figure.sample === 0) return nothingToCount(asked);
  if (atLeast > 1 && figure.sample < atLeast) return tooSmall(asked);
  return figure.value === null ? nothingToCount(asked) : null;
}

function none(asked: MetricAsked, headline: Span[], followUps: FollowUp[], more: string[] = []): MetricAnswer {
  const body = bodyOf(headline, {
    sentences: [...asked.notes.map(noteSentence), ...more].map((text) => [plain(text)]),
    context: [definitionOf(asked.metric)],
    followUps,
  });
  return { body, reason: 'no_data', listed: [] };
}

function future(asked: MetricAsked): MetricAnswer {
  const { phrase } = periodPhrase(asked.query.window, todayOf(asked.setting));
  const past = { ...asked.query, window: weekBefore(todayOf(asked.setting)), compare: null };
  return none(
    asked,
    [strong('That is still to come.'), plain(` Nothing is known ${phrase}, and I make no forecasts.`)],
    [choice('The past 7 days', past)],
  );
}

function neverAny(asked: MetricAsked, { sources, surfaces }: Vocabulary): MetricAnswer {
  const { metric } = asked;
  if (sources.length === 0 && surfaces.length === 0)
    return none(
      asked,
      [strong('There is no data yet.'), plain(' Nothing has been imported, and no source is connected.')],
      [],
      ['Import a file (seepass import events.jsonl), or connect a source: see the README.'],
    );
  const declared = METHODS_WITH_CONFIG[metric.id];
  if (declared !== undefined)
    return none(asked, [strong(`No data for ${labelOf(metric)} yet.`), plain(` ${declared}`)], []);
  return none(
    asked,
    [
      strong(`No data for ${labelOf(metric)} yet:`),
      plain(` no source has sent any. It comes from ${sourceNames(sourcesOf(metric))}; connect it, or import a file.`),
    ],
    [],
  );
}

const METHODS_WITH_CONFIG: Readonly<Record<string, string>> = {
  activation_rate: 'Say in the workspace config what activation means: seepass config apply <file>.',
};

/** "No Intercom data before 3 Jan. From then to now: 212 tickets." */
function beforeData(asked: MetricAsked, first: string, { sources }: Vocabulary, since: Figure | null): MetricAnswer {
  const { query, metric, setting } = asked;
  const today = todayOf(setting);
  const senders = sourcesOf(metric).filter((source) => sources.includes(source));
  const what = senders.length === 1 ? `${sourceNames(senders)} data` : `data for ${labelOf(metric)}`;
  const day = formatShortWindow({ start: first, end: addDays(first, 1) }, today);
  const now =
    since?.value == null
      ? ''
      : ` From then to now: ${formatNamed(since.value, metric, setting.currency)}${scopeWords(query)}.`;
  return none(
    asked,
    [strong(`No ${what} before ${day}.`), plain(now)],
    [choice(`Since ${day}`, sinceFirstDay(query, first, today))],
  );
}

function unknownValue(asked: MetricAsked, { dimension, value, nearest }: Unknown): MetricAnswer {
  const { query } = asked;
  const noun = dimension === 'surface' ? 'page' : labelOf({ label: findDimension(dimension)?.label ?? dimension });
  const instead = nearest.map((name): FollowUp => {
    const other =
      dimension === 'surface' && query.surface !== null
        ? { ...query, surface: name }
        : { ...query, filters: { ...query.filters, [dimension]: name } };
    return { label: name.slice(0, 75), question: phraseQuestion({ ...other, compare: null }) };
  });
  const [first] = nearest;
  return none(
    asked,
    [strong(`I know no ${noun} ${value}.`), plain(first === undefined ? '' : ` Nearest: ${nearest.join(', ')}.`)],
    instead,
  );
}

/** A quiet night is no fault of a source. */
const LONG_SILENCE_MS = 26 * 3_600_000;

/** The sources fell silent before the window began. */
function isSilent({ query, result, setting }: MetricAsked): boolean {
  if (result.watermark === null || result.total.figure.sample > 0) return false;
  const { start } = query.window;
  const begins = localInstant(start, setting.zone) ?? startOfDay(start, setting.zone);
  return result.watermark < begins;
}

function silent(asked: MetricAsked): MetricAnswer {
  const { query, result, metric, setting } = asked;
  const today = todayOf(setting);
  const last = formatMoment(result.watermark ?? 0, setting.zone);
  const { phrase } = periodPhrase(query.window, today);
  const isLong = setting.asOf - (result.watermark ?? 0) > LONG_SILENCE_MS;
  const check = isLong ? `: check ${sourceNames(sourcesOf(metric))}` : '';
  return none(
    asked,
    [
      strong(`No data for ${labelOf(metric)} ${phrase}.`),
      plain(` The latest that has arrived is from ${last}${check}.`),
    ],
    [],
  );
}

/** Only daily totals are known of the time asked about: a zero would be a claim about what nobody counted. */
function beyondTotals(asked: MetricAsked): MetricAnswer {
  const { query, result, setting } = asked;
  const today = todayOf(setting);
  const untold = untoldByTotals(asked);
  const byDay = { ...query, grain: 'day' as const };
  const first = result.first_date;
  return none(
    asked,
    [
      strong(`Daily totals do not tell ${untold}.`),
      plain(` That takes events, and of ${dayWords(result.totals_only, today)} only daily totals were imported.`),
    ],
    [
      ...(untold.endsWith(' by the hour') && !hasHours(query.window) ? [choice('By day', byDay)] : []),
      ...(first !== null && first > query.window.start.slice(0, 10) && !hasHours(query.window)
        ? [choice(`Since ${formatDay(first)}`, sinceFirstDay(query, first, today))]
        : []),
    ],
  );
}

/** A ratio over nothing, a percentile of nothing. */
function nothingToCount(asked: MetricAsked): MetricAnswer {
  const { query, metric, setting } = asked;
  const { phrase } = periodPhrase(query.window, todayOf(setting));
  if (isChurn(metric) && !hasHours(query.window)) {
    const days = daysBetween(query.window.start, query.window.end);
    const before = days === 1 ? 'on the day before' : `in the ${days} days before`;
    return none(
      asked,
      [strong(`Nobody can tell who left ${phrase}`), plain(`: no account was seen${scopeWords(query)} ${before}.`)],
      [longer(asked)],
    );
  }
  const lacks = labelOf({ label: sampleLabel(metric) });
  return none(
    asked,
    [strong(`No ${lacks}${scopeWords(query)} ${phrase}`), plain(`, so there is no ${labelOf(metric)} to tell.`)],
    [longer(asked)],
  );
}
