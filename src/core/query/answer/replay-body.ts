/** What became of an answer when it is computed again. */
import { findMetric } from '../../catalogue/index.ts';
import { formatMoment } from '../../facts/render.ts';
import { dateInZone } from '../../window.ts';
import type { AnswerBody } from '../answer-body.ts';
import type { MetricQuery } from '../metric-query.ts';
import type { MetricResult } from '../metric-result.ts';
import type { AnswerSetting } from './asked.ts';
import { formatNamed } from './figure-words.ts';
import { scopeWords } from './scope-words.ts';
import { bodyOf, plain, strong } from './spans.ts';

/** One run of an answer: then, or now. */
export interface AnswerRun {
  /** Hash of its rows. */
  hash: string | null;
  metricVersion: number | null;
  watermark: number | null;
  total: MetricResult['total'] | null;
}

export interface Replayed {
  id: string;
  question: string;
  /** Epoch milliseconds. */
  askedAt: number;
  query: MetricQuery | null;
  then: AnswerRun;
  now: AnswerRun;
  /** Today's policy does not show it. */
  refused: boolean;
}

/** Whether the figure moved, from what to what, and why: definition, late events, policy. */
export function replayBody(replayed: Replayed, setting: AnswerSetting): AnswerBody {
  const { id, question, askedAt, then, now, refused } = replayed;
  const asked = `Receipt ${id}, asked ${formatMoment(askedAt, setting.zone)}: “${question}”`;
  const base = { context: [asked, setting.zone] };
  if (refused)
    return bodyOf(
      [
        strong('This answer is not given any more.'),
        plain(' Rows about accounts need the analyst role and a room not everybody reads.'),
      ],
      base,
    );
  if (then.hash === now.hash)
    return bodyOf(
      [strong('The figure has not moved.'), plain(` ${figureOf(replayed, 'now', setting)}`.trimEnd())],
      base,
    );
  return bodyOf([strong('The figure has moved.'), plain(` ${figuresOf(replayed, setting)}`.trimEnd())], {
    ...base,
    sentences: reasonsOf(replayed, setting).map((reason) => [plain(reason)]),
  });
}

function figuresOf(replayed: Replayed, setting: AnswerSetting): string {
  const [then, now] = [figureOf(replayed, 'then', setting), figureOf(replayed, 'now', setting)];
  if (then === now) return then === '' ? '' : `In all it is the same, ${then} Some of its parts are not.`;
  return `Then: ${then} Now: ${now}`;
}

function figureOf(replayed: Replayed, when: 'then' | 'now', { currency }: AnswerSetting): string {
  const { query } = replayed;
  const metric = query === null || query.metric === null ? undefined : findMetric(query.metric);
  const { total } = replayed[when];
  // A why has rows and no one figure.
  if (query === null || metric === undefined || (replayed.then.total === null && replayed.now.total === null))
    return '';
  const value = total?.figure.value;
  return value == null ? 'nothing known.' : `${formatNamed(value, metric, currency)}${scopeWords(query)}.`;
}

/** Every reason that is known; where none is, late or corrected events are all that is left. */
function reasonsOf({ then, now }: Replayed, { zone }: AnswerSetting): string[] {
  const reasons: string[] = [];
  if (then.metricVersion !== now.metricVersion)
    reasons.push(
      `The definition changed: version ${then.metricVersion ?? 'unknown'} then, ${now.metricVersion ?? 'unknown'} now.`,
    );
  if ((now.watermark ?? 0) > (then.watermark ?? 0))
    reasons.push(
      `More data has come in: then up to ${moment(then.watermark, zone)}, now up to ${moment(now.watermark, zone)}.`,
    );
  return reasons.length > 0 ? reasons : ['Events came in late or were imported again after it was asked.'];
}

function moment(at: number | null, zone: string): string {
  return at === null ? `nothing` : `${formatMoment(at, zone)} ${dateInZone(at, zone).slice(0, 4)}`;
}
