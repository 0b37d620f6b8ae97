/** The product's scorecard: a handful of figures against the period before, and what is open. */
import type { Metric } from '../../catalogue/define.ts';
import { headline as priorityHeadline } from '../../explain/describe.ts';
import { name } from '../../facts/fact.ts';
import { buildFacts } from '../../facts/ledger.ts';
import { countOf, formatDay, joinWords } from '../../facts/render.ts';
import type { Fact, JsonObject, Priority } from '../../records.ts';
import { type AnswerSetting, type MetricAsked, todayOf } from '../answer/asked.ts';
import { contractUnit, contractValue, formatChange, formatValue, labelOf } from '../answer/figure-words.ts';
import { formatShortWindow, formatWindow, periodPhrase } from '../answer/period-words.ts';
import { scopeWords } from '../answer/scope-words.ts';
import { sourceNames } from '../answer/sources-of.ts';
import { bodyOf, plain, strong } from '../answer/spans.ts';
import { left, right, tableOf } from '../answer/table.ts';
import type { Variation } from '../answer/variation.ts';
import type { AnswerBody, Span } from '../answer-body.ts';
import type { MetricQuery, QueryWindow } from '../metric-query.ts';

export interface Score {
  metric: Metric;
  now: number;
  before: number | null;
  variation: Variation | null;
  /** Days of either period on which a source of it was silent. */
  gaps: MetricAsked['gaps'];
}

export interface Overview {
  query: MetricQuery & { compare: QueryWindow };
  scores: readonly Score[];
  /** The best ranked of the latest judged day of the period; null where nothing is open, or nothing was judged. */
  priority: Priority | null;
  /** How many are open that day; null where nothing was judged. */
  open: number | null;
  /** The latest judged day of the period. */
  judged: string | null;
  /** The period is not over, and figures of the one before end where it has come to. */
  sameTime: boolean;
  freshness: readonly string[];
  setting: AnswerSetting;
}

type Verdict = 'better' | 'worse' | 'up' | 'down' | 'usual' | 'gap' | 'unknown';

export function writeOverview(overview: Overview): AnswerBody {
  const { query, scores, setting, priority } = overview;
  const today = todayOf(setting);
  const { phrase } = periodPhrase(query.window, today);
  const judged = scores.map((score) => ({ ...score, verdict: verdictOf(score) }));
  return bodyOf(headline(judged, `${scopeWords(query)} ${phrase}`), {
    sentences: [...moved(judged, setting), openSentence(overview)],
    table: tableOf(
      [left('What'), right('Now'), right('Before'), left('Change')],
      judged.map(({ metric, now, before, verdict }) => [
        metric.label,
        formatValue(now, metric, setting.currency),
        before === null ? '–' : formatValue(before, metric, setting.currency),
        WORDS[verdict],
      ]),
    ),
    context: [
      `${formatWindow(query.window, today)} against ${formatShortWindow(query.compare, today)}, ${setting.zone}`,
      ...(overview.sameTime ? ['figures before are up to the same point'] : []),
      '"better" and "worse" are more than a figure moves most weeks',
      ...overview.freshness,
    ],
    links: priority?.pattern_record.links.slice(0, 2) ?? [],
    followUps: followUps(judged, query, priority),
    facts: [...judged.flatMap((score) => factsOf(score, setting)), ...priorityFacts(priority, setting)],
    rows: judged.map((score) => rowOf(score, setting)),
  });
}

type Judged = Score & { verdict: Verdict };

const WORDS: Readonly<Record<Verdict, string>> = {
  better: 'better',
  worse: 'worse',
  up: 'up',
  down: 'down',
  usual: 'as usual',
  gap: 'a day is missing',
  unknown: 'too early to tell',
};

function verdictOf({ metric, now, before, variation }: Score): Verdict {
  if (before === null || !variation?.tested)
    return variation?.tested === false && variation.why === 'gap' ? 'gap' : 'unknown';
  if (!variation.outside) return 'usual';
  const direction = now > before ? 'up' : 'down';
  if (metric.good === 'neither') return direction;
  return metric.good === direction ? 'better' : 'worse';
}

function headline(judged: readonly Judged[], where: string): Span[] {
  const of = (verdict: Verdict) => judged.filter((score) => score.verdict === verdict);
  const [worse, better] = [of('worse'), of('better')];
  const names = (scores: readonly Judged[]): string => joinWords(scores.map(({ metric }) => labelOf(metric)));
  const untold = gapWords(of('gap'));
  if (worse.length > 0)
    return [
      strong(`Worse${where}: ${names(worse)}.`),
      plain(better.length > 0 ? ` Better: ${names(better)}.` : untold === '' ? ' The rest is as usual.' : ''),
      plain(untold),
    ];
  if (better.length > 0)
    return [strong(`Better${where}: ${names(better)}.`), plain(` Nothing got worse than usual.${untold}`)];
  const told = judged.filter(({ verdict }) => verdict !== 'unknown' && verdict !== 'gap');
  if (told.length === 0)
    return [
      strong(`The figures${where}`),
      plain(untold === '' ? ': too few days before to say what is usual.' : `.${untold}`),
    ];
  if (untold !== '') return [strong(`As usual${where}: ${names(told)}.`), plain(untold)];
  return [strong(`All as usual${where}:`), plain(` no figure moved more than it does most weeks.`)];
}

/** Beside what can be told: what a day that lacks data leaves open. */
function gapWords(open: readonly Judged[]): string {
  const gaps = open.flatMap((score) => score.gaps);
  if (gaps.length === 0) return '';
  const [days, sources] = [new Set(gaps.map(({ date }) => date)), new Set(gaps.flatMap((gap) => gap.sources))];
  const who = sourceNames([...sources], 'and');
  const when = joinWords([...days].sort().map(formatDay));
  return ` ${capital(who)} sent nothing on ${when}, so ${countOf(open.length, 'figure')} cannot be told from before.`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What moved, worst first, with its figures. */
function moved(judged: readonly Judged[], { currency }: AnswerSetting): Span[][] {
  const order: Verdict[] = ['worse', 'better', 'up', 'down'];
  return order.flatMap((verdict) =>
    judged.flatMap(({ metric, now, before, verdict: own }): Span[][] => {
      if (own !== verdict || before === null) return [];
      const change = formatChange(now, before, metric);
      const went = `${now > before ? 'up' : 'down'}${change === null ? '' : ` ${change}`}`;
      const [is, was] = [now, before].map((value) => formatValue(value, metric, currency));
      return [[plain(`${metric.label} ${isPlural(metric) ? 'are' : 'is'} ${went}, from ${was} to ${is}.`)]];
    }),
  );
}

const isPlural = ({ unit }: Metric): boolean => unit === 'count' || unit === 'credits';

function openSentence({ priority, open, judged, setting }: Overview): Span[] {
  if (judged === null || open === null)
    return [plain('None of these days was judged yet, so no priorities are known.')];
  if (priority === null) return [plain(`Nothing is open: nothing was outside normal on ${formatDay(judged)}.`)];
  const facts = buildFacts(priority, { timezone: setting.zone, currency: setting.currency });
  const more = open > 1 ? ` ${countOf(open - 1, 'more', 'more')} open.` : '';
  return [strong('First to fix: '), plain(`${priorityHeadline(priority, facts)} (${formatDay(judged)}).${more}`)];
}

function factsOf({ metric, now, before, verdict }: Judged, { currency }: AnswerSetting): Fact[] {
  const fact = (id: string, label: string, value: number): Fact => ({
    id,
    label,
    value: contractValue(value, metric, currency) ?? value,
    unit: contractUnit(metric, currency),
    text: formatValue(value, metric, currency),
  });
  return [
    fact(`${metric.id}.now`, metric.label, now),
    ...(before === null ? [] : [fact(`${metric.id}.before`, `${metric.label}, period before`, before)]),
    name(`${metric.id}.verdict`, `${metric.label}, against usual`, WORDS[verdict]),
  ];
}

function priorityFacts(priority: Priority | null, { zone, currency }: AnswerSetting): Fact[] {
  if (priority === null) return [];
  return buildFacts(priority, { timezone: zone, currency }).map((fact) => ({ ...fact, id: `priority.${fact.id}` }));
}

function rowOf({ metric, now, before, variation, verdict }: Judged, { currency }: AnswerSetting): JsonObject {
  return {
    metric: metric.id,
    value: contractValue(now, metric, currency),
    compare_value: contractValue(before, metric, currency),
    p_value: variation?.tested ? variation.p : null,
    outside_normal: variation?.tested ? variation.outside : null,
    verdict,
  };
}

function followUps(judged: readonly Judged[], query: MetricQuery, priority: Priority | null) {
  const where = scopeWords(query);
  const worst = judged.find(({ verdict }) => verdict === 'worse') ?? judged.find(({ verdict }) => verdict === 'better');
  return [
    ...(worst === undefined
      ? []
      : [
          {
            label: `Why ${labelOf(worst.metric)}?`.slice(0, 75),
            question: `why did ${labelOf(worst.metric)}${where} change?`,
          },
        ]),
    ...(priority === null ? [] : [{ label: 'What to fix next', question: 'what should we fix first?' }]),
    { label: 'What people write', question: `what are people complaining about${where}?` },
  ];
}
