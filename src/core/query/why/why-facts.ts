/** Every figure and name a "why" may show, under stable ids. */

import type { Metric } from '../../catalogue/define.ts';
import { findDimension } from '../../catalogue/index.ts';
import { counted, dateFact, measured, name, positive } from '../../facts/fact.ts';
import { countOf, formatCount, formatDay, formatPercent, formatPoints, formatRatio } from '../../facts/render.ts';
import type { Fact } from '../../records.ts';
import { todayOf } from '../answer/asked.ts';
import { formatP } from '../answer/comparison.ts';
import { contractUnit, contractValue, formatChange, formatValue, labelOf } from '../answer/figure-words.ts';
import { formatShortWindow, formatWindow } from '../answer/period-words.ts';
import { scopeWords } from '../answer/scope-words.ts';
import { measuredOf } from './measured.ts';
import { isZoomed, type Why } from './why.ts';

/** A whole period's figure: ratios as they are, counts over all its days where both periods have as many with data. */
export function scaleOf({ metric, test }: Pick<Why, 'metric' | 'test'>): { days: number; perDay: boolean } {
  const measures = measuredOf(metric);
  if (!measures || measures.exposure !== null) return { days: 1, perDay: false };
  const { now, before } = test.days;
  return now === before ? { days: now, perDay: false } : { days: 1, perDay: true };
}

/** A figure of a period as it is told; what is a sum of whole events or minor units is one again. */
export function scaled(value: number, { days, perDay }: ReturnType<typeof scaleOf>): number {
  return perDay || days === 1 ? value : Math.round(value * days);
}

/** `metric`, `scope`, `before`, `now`, `change`, `band`, `contributor.1`, `companion.1.now`, `release.1.under`… */
export function whyFacts(why: Why): Fact[] {
  const facts = [
    ...identityFacts(why),
    ...changeFacts(why),
    ...contributorFacts(why),
    ...trafficFacts(why),
    ...companionFacts(why),
    ...releaseFacts(why),
    ...risenFacts(why),
    ...againstFacts(why),
    ...markFacts(why),
    ...counted('accounts', 'Accounts hit', why.reach?.accounts ?? 0, 'account'),
    ...counted('users', 'Users hit', why.reach?.users ?? 0, 'user'),
  ];
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()];
}

function identityFacts({ metric, query, windows, looked, setting }: Why): Fact[] {
  const today = todayOf(setting);
  const label = labelOf(metric);
  return [
    name('metric', 'Metric', metric.label),
    name('metric.inside', 'Metric, inside a sentence', label),
    { id: 'scope', label: 'Where', value: scopeWords(query).trim(), unit: 'name', text: scopeWords(query) },
    ...(query.surface === null ? [] : [name('surface', 'Page', query.surface)]),
    dateFact('window', 'Period', windows.now.start, formatWindow(windows.now, today)),
    dateFact('compare.window', 'Compared with', windows.before.start, formatShortWindow(windows.before, today)),
    ...(isZoomed({ windows, looked })
      ? [dateFact('zoomed', 'The day that stands out', looked.now.start, formatDay(looked.now.start))]
      : []),
  ];
}

/** From here on "from 2 to 25" says more than a percentage. */
const MANY_TIMES = 5;

function changeFacts(why: Why): Fact[] {
  const { metric, test, setting } = why;
  const { before, now, change, p, history_days, onset } = test;
  const scale = scaleOf(why);
  const leaps = metric.unit !== 'share' && Math.max(now, before) > MANY_TIMES * Math.min(now, before);
  const moved = leaps ? null : formatChange(now, before, metric);
  return [
    valueFact('before', `${metric.label}, earlier period`, scaled(before, scale), why),
    valueFact('now', metric.label, scaled(now, scale), why),
    ...(moved === null
      ? []
      : [{ id: 'change', label: 'Change', value: scaled(change, scale), unit: changeUnit(metric), text: moved }]),
    ...bandFact(why, leaps),
    ...(p === null ? [] : [{ id: 'p_value', label: 'Probability by chance', value: p, unit: 'p', text: formatP(p) }]),
    ...(onset === null ? [] : [dateFact('onset', 'First day out of line', onset, formatDay(onset))]),
    {
      id: 'history',
      label: 'Days before to compare with',
      value: history_days,
      unit: 'days',
      text: countOf(history_days, 'day'),
    },
    name('timezone', 'Time zone', setting.zone),
  ];
}

const changeUnit = ({ unit }: Metric): string => (unit === 'share' ? 'points' : 'x');

/** In the unit the change is told in: points, percent of what it was, else as the metric itself. */
function bandFact(why: Why, leaps: boolean): Fact[] {
  const { band, before } = why.test;
  const { days } = scaleOf(why);
  if (band === null) return [];
  const fact = valueFact('band', 'What it changes by most weeks', band * days, why);
  if (why.metric.unit === 'share')
    return [{ ...fact, unit: 'points', text: formatPoints(band).replace(/ points?$/, '') }];
  return leaps || !(before > 0) ? [fact] : [{ ...fact, text: formatPercent(band / before) }];
}

function contributorFacts({ evidence: { contributors } }: Why): Fact[] {
  return (contributors?.explained ?? []).slice(0, 3).flatMap((part, index) => {
    const id = `contributor.${index + 1}`;
    return [
      name(id, findDimension(part.dimension)?.label ?? part.dimension, part.value),
      ...measured(`${id}.share`, 'Its part of the change', Math.min(1, part.share), 'share'),
      ...(part.usual_share < 0.005 ? [] : measured(`${id}.usual_share`, 'Its usual part', part.usual_share, 'share')),
      ...positive(`${id}.count`, 'Its events in the period', part.count),
    ];
  });
}

function trafficFacts(why: Why): Fact[] {
  const { traffic } = why.evidence;
  if (!traffic) return [];
  return [
    valueFact('by_traffic', 'Part that goes with traffic', Math.abs(traffic.traffic), why),
    valueFact('by_rate', 'Part that goes with the rate', Math.abs(traffic.rate), why),
  ];
}

function companionFacts({ evidence, setting }: Why): Fact[] {
  return evidence.companions.flatMap(({ metric, test }, index) => {
    const id = `companion.${index + 1}`;
    const scale = scaleOf({ metric, test });
    const value = (figure: number) => formatValue(scaled(figure, scale), metric, setting.currency);
    return [
      name(id, 'Moved too', metric.label),
      {
        id: `${id}.before`,
        label: `${metric.label}, before`,
        value: scaled(test.before, scale),
        unit: metric.unit,
        text: value(test.before),
      },
      {
        id: `${id}.now`,
        label: metric.label,
        value: scaled(test.now, scale),
        unit: metric.unit,
        text: value(test.now),
      },
      ...(test.onset === null
        ? []
        : [dateFact(`${id}.onset`, 'First day out of line', test.onset, formatDay(test.onset))]),
    ];
  });
}

function releaseFacts(why: Why): Fact[] {
  return why.evidence.releases.flatMap(({ release, began, under, before, others }, index) => {
    const id = `release.${index + 1}`;
    const rate = (key: string, label: string, value: number | null) =>
      value === null ? [] : measured(`${id}.${key}`, label, value, 'share');
    return [
      name(id, 'Release', release),
      dateFact(`${id}.began`, 'First seen here', began, formatDay(began)),
      ...rate('under', 'Under it', under),
      ...rate('before', 'Before it', before),
      ...rate('others', 'Under other releases', others),
      ...(under !== null && before !== null && before > 0
        ? [
            {
              id: `${id}.ratio`,
              label: 'Under it against before',
              value: under / before,
              unit: 'x',
              text: formatRatio(under / before),
            },
          ]
        : []),
    ];
  });
}

function risenFacts({ evidence: { signatures, themes } }: Why): Fact[] {
  const facts = (kind: 'signature' | 'theme', label: string, risen: typeof signatures) =>
    risen.flatMap(({ value, before, now }, index) => [
      name(`${kind}.${index + 1}`, label, value),
      { id: `${kind}.${index + 1}.before`, label: 'Before', value: before, unit: 'count', text: formatCount(before) },
      { id: `${kind}.${index + 1}.now`, label: 'In the period', value: now, unit: 'count', text: formatCount(now) },
    ]);
  return [...facts('signature', 'Error signature', signatures), ...facts('theme', 'Ticket theme', themes)];
}

function againstFacts(why: Why): Fact[] {
  const { unmoved, steady } = why.evidence;
  return [
    ...(unmoved === undefined
      ? []
      : [
          name('unmoved', findDimension(unmoved.dimension)?.label ?? unmoved.dimension, unmoved.value),
          valueFact('unmoved.before', 'Its figure before', unmoved.before, why),
          valueFact('unmoved.now', 'Its figure in the period', unmoved.now, why),
        ]),
    ...steady.slice(0, 1).map((metric) => name('steady', 'Stayed as it was', metric.label)),
  ];
}

function markFacts({ marks }: Why): Fact[] {
  return marks
    .slice(0, 3)
    .flatMap(({ kind, date, text }, index) => [
      name(`mark.${index + 1}.kind`, 'Noted', kind),
      name(`mark.${index + 1}`, 'What was noted', text),
      dateFact(`mark.${index + 1}.date`, 'When', date, formatDay(date)),
    ]);
}

function valueFact(
  id: string,
  label: string,
  value: number,
  { metric, setting }: Pick<Why, 'metric' | 'setting'>,
): Fact {
  return {
    id,
    label,
    value: contractValue(value, metric, setting.currency) ?? value,
    unit: contractUnit(metric, setting.currency),
    text: metric.unit === 'count' ? wholeCount(value) : formatValue(value, metric, setting.currency),
  };
}

/** A part of a count is an estimate, so it is shown whole. */
const wholeCount = (count: number): string => (count > 0 && count < 0.5 ? 'under 1' : formatCount(Math.round(count)));
