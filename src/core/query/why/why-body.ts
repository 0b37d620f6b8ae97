/** The whole answer to a "why", from what was gathered. */
import { findDimension } from '../../catalogue/index.ts';
import { headline as priorityHeadline } from '../../explain/describe.ts';
import { buildFacts } from '../../facts/ledger.ts';
import { formatCount, formatDay, formatMoment, formatPercent, joinWords } from '../../facts/render.ts';
import type { Fact, JsonObject, Priority } from '../../records.ts';
import { addDays, dateInZone } from '../../window.ts';
import { type AnswerSetting, todayOf } from '../answer/asked.ts';
import { definitionOf } from '../answer/context-line.ts';
import { contractValue, formatValue, labelOf } from '../answer/figure-words.ts';
import { formatShortWindow, formatWindow } from '../answer/period-words.ts';
import { phraseQuestion } from '../answer/phrase-question.ts';
import { scopeWords } from '../answer/scope-words.ts';
import { bodyOf, fixed } from '../answer/spans.ts';
import type { AnswerBody, AnswerTable, FollowUp, Span } from '../answer-body.ts';
import type { SegmentPart } from '../contributors.ts';
import { measuredOf } from './measured.ts';
import { listParts, segmentsOf, WHY_DIMENSIONS, type WhyDimension } from './split.ts';
import { isZoomed, type Why } from './why.ts';
import { scaled, scaleOf, whyFacts } from './why-facts.ts';
import { whyHeadline, whySentences } from './why-words.ts';
import type { WhyWindows } from './windows.ts';

const TABLE_ROWS = 5;

/** @param likelyReason what was written about the priority, where there is one. */
export function writeWhy(why: Why, likelyReason: string | null): AnswerBody {
  const facts = whyFacts(why);
  const said = why.priority === null ? null : flagged(why.priority, why, likelyReason);
  const parts = listedParts(why);
  return bodyOf(fixed(whyHeadline(why, facts)), {
    sentences: [
      ...[...leftOut(why), ...(said?.sentences ?? [])].map(fixed),
      ...whySentences(why, facts, likelyReason ?? ''),
    ],
    quotes: why.quotes,
    table: parts === null ? null : partsTable(why, parts),
    context: contextOf(why),
    links: why.priority?.pattern_record.links.slice(0, 3) ?? [],
    followUps: followUps(why),
    facts: [...facts, ...(said?.facts ?? [])],
    rows: [changeRow(why), ...(parts === null ? [] : partRows(why, parts))],
  });
}

/** Figures then differ from those of an answer that counts the day. */
function leftOut(why: Why): Span[][] {
  const days = gapsIn(why.windows);
  const today = why.windows.cut
    ? [[{ text: `${formatDay(todayOf(why.setting))} is left out: it is not over yet.` }]]
    : [];
  if (days.length === 0) return today;
  const are =
    days.length === 1 ? 'is left out: data of that day is missing' : 'are left out: data of those days is missing';
  return [...today, [{ text: `${joinWords(days.map(formatDay))} ${are}.` }]];
}

/** Of both periods. */
const gapsIn = ({ now, before, without }: WhyWindows): string[] =>
  without.filter((date) => (date >= now.start && date < now.end) || (date >= before.start && date < before.end));

/** What the daily judge says of the same pages, word for word as in the digest. */
function flagged(priority: Priority, why: Why, likelyReason: string | null) {
  const { zone, currency } = why.setting;
  const but = isZoomed(why) ? 'One day stands out. ' : '';
  const { surface } = why.query;
  const apart = surface !== null && !surface.includes('*') && priority.entity_key !== surface;
  const together = apart ? `, told together with ${priority.entity_key}` : '';
  const facts = buildFacts(priority, { timezone: zone, currency });
  const head: Span[] = [
    { text: `${but}Ranked ${priority.rank} on ${formatDay(priority.date)}${together}: `, strong: true },
    { text: `${priorityHeadline(priority, facts)}.` },
  ];
  return {
    sentences: [head, ...(likelyReason === null ? [] : [[{ text: likelyReason }]])],
    facts: facts.map((fact): Fact => ({ ...fact, id: `priority.${fact.id}` })),
  };
}

interface Parts {
  dimension: WhyDimension;
  parts: SegmentPart[];
  rest: { values: number; change: number };
}

/** By the dimension asked for, largest first; else those that explain most, and all others as one. Null where none does. */
function listedParts(why: Why): Parts | null {
  const { query, metric, evidence, rows, accountsNamed, test } = why;
  // Parts of what is no change are noise, whatever their share of it.
  if (test.outside === false && !isZoomed(why) && query.group_by.length === 0) return null;
  const measured = measuredOf(metric);
  const explained = evidence.contributors?.explained ?? [];
  const asked = query.group_by[0] ?? explained[0]?.dimension;
  const dimension = WHY_DIMENSIONS.find((each) => each === asked);
  if (!measured || dimension === undefined || (dimension === 'account' && !accountsNamed)) return null;
  const named = explained.flatMap((each) => (each.dimension === dimension ? [each.value] : []));
  const segments = segmentsOf(rows, dimension, measured, evidence.test.days);
  const listed = listParts(segments, TABLE_ROWS, query.group_by.length > 0 ? null : named);
  return listed.parts.length === 0 ? null : { dimension, ...listed };
}

function partsTable(why: Why, { dimension, parts, rest }: Parts): AnswerTable {
  const change = why.evidence.contributors?.change ?? 0;
  const share = (part: number): string => (change === 0 ? '' : signed(part / change));
  const rows = parts.map((part) => [
    part.segment.value ?? '',
    figureOf(why, part.segment.before),
    figureOf(why, part.segment.now),
    share(part.change),
  ]);
  const others =
    rest.values === 0 ? 'without a value' : `${formatCount(rest.values)} ${rest.values === 1 ? 'other' : 'others'}`;
  return {
    columns: [
      { label: findDimension(dimension)?.label ?? dimension, align: 'left' },
      { label: 'Before', align: 'right' },
      { label: 'Now', align: 'right' },
      { label: 'Share', align: 'right' },
    ],
    rows: Math.abs(rest.change) > Math.abs(change) / 200 ? [...rows, [others, '', '', share(rest.change)]] : rows,
    cut: null,
  };
}

function figureOf(why: Why, { count, exposure }: { count: number; exposure: number }): string {
  const { metric, setting } = why;
  const measured = measuredOf(metric);
  // Views know no error signature: then the events are what can be told of it.
  if (measured?.exposure === null || exposure === 0)
    return measured?.kind === 'sum' ? formatValue(count, metric, setting.currency) : formatCount(count);
  return formatValue(count / exposure, metric, setting.currency);
}

const signed = (share: number): string => `${share < 0 ? '−' : ''}${formatPercent(Math.abs(share))}`;

function changeRow(why: Why): JsonObject {
  const { metric, test, windows, setting } = why;
  const { before, now, change, p, outside, band, onset } = test;
  const scale = scaleOf(why);
  const inContract = (value: number): number => contractValue(value, metric, setting.currency) ?? value;
  const figure = (value: number): number => inContract(scaled(value, scale));
  return {
    metric: metric.id,
    surface: why.query.surface,
    window: { ...windows.now },
    compare: { ...windows.before },
    before: figure(before),
    now: figure(now),
    change: figure(change),
    usual_change: band === null ? null : inContract(band * scale.days),
    p_value: p,
    outside_normal: outside,
    began: onset,
  };
}

function partRows({ evidence, metric, setting }: Why, { dimension, parts, rest }: Parts): JsonObject[] {
  const change = evidence.contributors?.change ?? 0;
  const { days } = scaleOf({ metric, test: evidence.test });
  const figure = (value: number): number => contractValue(value * days, metric, setting.currency) ?? value;
  return [
    ...parts.map(
      (part): JsonObject => ({
        dimension,
        value: part.segment.value,
        change: figure(part.change),
        by_rate: figure(part.rate),
        by_mix: figure(part.mix),
        share: change === 0 ? null : part.change / change,
      }),
    ),
    {
      dimension,
      value: null,
      change: figure(rest.change),
      by_rate: null,
      by_mix: null,
      share: change === 0 ? null : rest.change / change,
    },
  ];
}

function contextOf({ metric, windows, test, watermark, setting }: Why): string[] {
  const today = todayOf(setting);
  const dates = `${formatWindow(windows.now, today)} against ${formatShortWindow(windows.before, today)}, ${setting.zone}`;
  const usual = `usual changes from ${test.history_days} days before`;
  return [
    definitionOf(metric),
    windows.partial ? `${dates}, not over yet` : dates,
    ...(test.history_days > 0 ? [usual] : []),
    ...freshness(watermark, setting),
  ];
}

/** "data to 09:12", "data to Wed 28 Jan, 23:50". */
export function freshness(watermark: number | null, setting: AnswerSetting): string[] {
  if (watermark === null) return [];
  const moment = formatMoment(watermark, setting.zone);
  const isToday = dateInZone(watermark, setting.zone) === todayOf(setting);
  return [`data to ${isToday ? moment.slice(moment.indexOf(', ') + 2) : moment}`];
}

/** A single day is drawn with the two weeks that lead up to it. */
const drawnWindow = ({ start, end }: WhyWindows['now']): WhyWindows['now'] =>
  addDays(start, 1) === end ? { start: addDays(end, -14), end } : { start, end };

/** Each a question of its own, so that it can be asked anywhere. */
function followUps({ query, metric, windows, evidence }: Why): FollowUp[] {
  const isAboutErrors = evidence.signatures.length > 0 || metric.dimensions.includes('error_signature');
  const asked = { ...query, metric: metric.id, window: windows.now, compare: null, group_by: [], grain: null };
  const by = (dimension: string): FollowUp[] =>
    metric.dimensions.includes(dimension) && query.filters[dimension] === undefined
      ? [
          {
            label: `By ${labelOf(findDimension(dimension) ?? { label: dimension })}`,
            question: phraseQuestion({ ...asked, group_by: [dimension] }),
          },
        ]
      : [];
  const period = `from ${windows.now.start} to ${addDays(windows.now.end, -1)}`;
  const where = scopeWords(query);
  return [
    ...by('release'),
    ...by('platform'),
    ...(metric.grains.includes('day')
      ? [{ label: 'Chart', question: phraseQuestion({ ...asked, window: drawnWindow(windows.now), grain: 'day' }) }]
      : []),
    ...(isAboutErrors ? [{ label: 'Example errors', question: `show example errors${where} ${period}` }] : []),
    { label: 'What people write', question: `what do tickets${where} say ${period}` },
  ];
}
