import type { DigestModel, DoneAction } from '../../core/delivery/digest-model.ts';
import type { EffectWords } from '../../core/effect/effect-words.ts';
import { formatCount, formatDay, formatMoment } from '../../core/facts/render.ts';
import { BOT } from '../../core/proposal/proposal.ts';
import type { JsonObject } from '../../core/records.ts';
import { quote } from '../mrkdwn.ts';
import { section } from './elements.ts';
import { mention } from './mention.ts';

const NAMES = 3;

/** What was done since the digest before: whether it helped where that was looked at, else the figure then and now. */
export function buildDone({ done, date, timezone }: Pick<DigestModel, 'done' | 'date' | 'timezone'>): JsonObject[] {
  if (done.length === 0) return [];
  const told = done.toSorted((a, b) => Number(a.effect === null) - Number(b.effect === null));
  const lines = told.slice(0, NAMES).map((action) => {
    const who = action.by === BOT ? 'by itself' : mention(action.by);
    const what = `${quote(action.title, 140)} (${who})`;
    if (action.effect !== null) return `${effectLine(action.effect)} After: ${what}`;
    return `*Done:* ${what} · ${sinceWords(action, date, timezone)}`;
  });
  const rest = done.length - lines.length;
  return [section([...lines, rest > 0 ? `and ${formatCount(rest)} more` : ''].filter(Boolean).join('\n'))];
}

/** "*It helped.* Error rate on /checkout fell 6.4 points (5.1–7.6) more than on matched pages." */
export const effectLine = ({ verdict, sentence }: Pick<EffectWords, 'verdict' | 'sentence'>): string =>
  `*${quote(verdict, 80)}* ${quote(sentence, 400)}`;

function sinceWords({ before, after, effectDue }: DoneAction, date: string, timezone: string): string {
  const figures =
    before !== null && after !== null
      ? [`${quote(before, 40)} before, ${quote(after, 40)} on ${formatDay(date)}`]
      : effectDue === null
        ? ['no figure to compare yet']
        : [];
  return [...figures, ...(effectDue === null ? [] : [`effect looked at ${formatMoment(effectDue, timezone)}`])].join(
    ' · ',
  );
}
