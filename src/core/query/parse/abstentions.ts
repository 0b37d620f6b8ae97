/** Questions that cannot be answered as they stand: refused, or asked back about, with the nearest thing that can be. */
import { findMetric } from '../../catalogue/index.ts';
import { addDays } from '../../window.ts';
import { checkQuery, type MetricQuery, type QueryFault } from '../metric-query.ts';
import type { Choice, Intent, Reading, Reason } from '../reading.ts';
import type { TimeFault } from '../time/period.ts';
import type { TimeWindow } from '../time/time-window.ts';
import { askFor, choice, timeWords } from './choices.ts';
import { abstain, notesOf, plain } from './reading-of.ts';
import type { Sentence } from './sentence.ts';
import type { Slots } from './slots.ts';
import { findUnknown } from './unknown.ts';
import { findUnsupportedDimension, findUnsupportedMetric } from './unsupported.ts';

export function withoutMetric(sentence: Sentence, slots: Slots, query: MetricQuery): Reading {
  const unknown = findUnknown(sentence, slots);
  const confidence = unknown.isSure ? 1 : AT_A_LOSS;
  if (unknown.reason === 'ambiguous') return { ...ambiguous(sentence, slots, query, unknown.about), confidence };
  return { ...abstain('refuse', unknown.reason, unknown.about, nearestChoices(sentence, unknown.reason)), confidence };
}

/** Nothing here is known to mean what is asked for: whoever reads better may. */
const AT_A_LOSS = 0.3;

export function ambiguous(sentence: Sentence, slots: Slots, query: MetricQuery, about: string): Reading {
  const metrics =
    slots.surface === null ? ['active_users', 'error_rate', 'tickets'] : ['error_rate', 'pageviews', 'tickets'];
  const choices = metrics.map((metric) => askFor(metric, sentence, slots));
  return {
    ...abstain('clarify', 'ambiguous', about, choices),
    understood: { ...query, metric: null },
    notes: notesOf(sentence),
  };
}

/** The median and the 95th are measured; a figure of one of them is no answer about another. */
const OTHER_PERCENTILE = /\b(?:p(?!50\b|95\b)\d{2,3}|(?!50|95)\d\d(?:st|nd|rd|th)?(?= percentile))\b/u;

/** "By star sign": what it names cuts, and is no figure. */
const CUT_ONLY = /^(?:(?:and|now|then|ok|split|split it|break it down|cut it) )*by /u;

/** A metric or dimension of other tools is refused by its name, whatever else was understood. */
export function findUnsupported(sentence: Sentence, own: Slots, phrased: Intent | undefined): Reading | undefined {
  const figures =
    !CUT_ONLY.test(sentence.plain) && (phrased === undefined || phrased === 'explain' || phrased === 'examples');
  const metric = figures ? findUnsupportedMetric(sentence) : undefined;
  const isOtherPercentile = own.metric?.startsWith('latency_') === true && OTHER_PERCENTILE.test(sentence.plain);
  if (metric && (own.metric === null || isOtherPercentile || metric.words.includes(' ')))
    return abstain(
      'refuse',
      'unsupported_metric',
      metric.about,
      metric.nearest.map((id) => askFor(id, sentence, own)),
    );
  const dimension = findUnsupportedDimension(sentence);
  if (dimension === undefined) return undefined;
  const nearest = ['platform', 'plan'].map((id) => {
    const asked = findMetric(own.metric ?? 'active_users');
    return choice(
      `${asked?.label ?? 'Active users'} by ${id}`,
      `${asked?.label.toLowerCase() ?? 'active users'} by ${id} ${timeWords(sentence)}`.trim(),
    );
  });
  return abstain('refuse', 'unsupported_dimension', dimension, nearest);
}

export function refuseFault(fault: QueryFault, sentence: Sentence, query: MetricQuery): Reading {
  switch (fault.kind) {
    case 'unsupported_dimension': {
      const near = fault.metric.dimensions.filter((dimension) => NEAR.includes(dimension)).slice(0, 2);
      const choices = near.map((dimension) =>
        choice(
          `${fault.metric.label} by ${dimension}`,
          `${fault.metric.label.toLowerCase()} by ${dimension} ${timeWords(sentence)}`.trim(),
        ),
      );
      return abstain(
        'refuse',
        'unsupported_dimension',
        `${fault.metric.label} by ${fault.dimension.replaceAll('_', ' ')}`,
        choices,
      );
    }
    case 'unsupported_grain': {
      const grain = fault.metric.grains.at(0) ?? 'day';
      const checked = checkQuery({ ...query, grain });
      if (checked.query)
        return {
          ...plain('metric'),
          query: checked.query,
          notes: [`by ${grain}: ${fault.metric.label} has no finer grain`],
        };
      return abstain('clarify', 'ambiguous', `${fault.metric.label} by ${fault.grain}`, []);
    }
    default:
      return abstain('clarify', 'ambiguous', 'the dates', []);
  }
}

const NEAR = ['plan', 'platform', 'surface', 'release'];

/** "2026-02-01 to 2026-02-07", both ends included, as they are read. */
const datesOf = ({ start, end }: TimeWindow): string => {
  const last = addDays(end.slice(0, 10), -1);
  return last === start ? start : `${start} to ${last}`;
};

const WRONG: Readonly<Record<Exclude<TimeFault['kind'], 'future'>, string>> = {
  reversed: 'which ends before it starts',
  empty: 'which is no time at all',
  impossible_date: 'which is no date',
};

/** Dates that do not exist or run backwards are asked about, with what was probably meant. */
export function timeFault(sentence: Sentence): Reading | undefined {
  const { fault } = sentence.time;
  if (fault === null || fault.kind === 'future') return undefined;
  const meant = fault.suggestion === null ? null : datesOf(fault.suggestion);
  const choices = meant === null ? [] : [choice(meant, sentence.text.replace(fault.text, meant))];
  return abstain('clarify', 'ambiguous', `"${fault.text}", ${WRONG[fault.kind]}`, choices);
}

export function nearestChoices(sentence: Sentence, reason: Reason): Choice[] {
  if (reason === 'private_data')
    return [
      choice('Churned accounts by plan', `churned accounts by plan ${timeWords(sentence)}`.trim()),
      choice('Active users by plan', `active users by plan ${timeWords(sentence)}`.trim()),
    ];
  if (reason === 'out_of_scope' || reason === 'write_request')
    return [choice('What should we fix?', 'what should we fix'), choice('How are we doing?', 'how are we doing')];
  return [choice('What can you do?', 'help')];
}
