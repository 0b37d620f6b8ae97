import { formatMoment } from '../../core/facts/render.ts';
import type { OwnerNotice } from '../../core/proposal/owner-notice.ts';
import { ACTIONS } from '../ids.ts';
import { clip, escapeEntities } from '../mrkdwn.ts';
import { actions, button, context, section } from './elements.ts';
import { mention } from './mention.ts';
import type { Rendered } from './notice.ts';

/**
 * Asks whoever answers for something to look, or whoever comes next where they have not answered.
 * @param to who reads it; `timezone` IANA, of every time in it.
 */
export function buildOwnerNotice(notice: OwnerNotice, to: 'owner' | 'next', timezone: string): Rendered {
  const { id, owner, text, sentAt, acknowledgedBy, acknowledgedAt, escalateTo, escalateAt } = notice;
  const said = escapeEntities(clip(text, 1_500));
  const opening =
    to === 'owner'
      ? `${mention(owner)}, this is yours to look at:`
      : `${mention(owner)} was told on ${formatMoment(sentAt, timezone)} and has not answered:`;
  const next =
    to === 'owner' && escalateTo !== null && escalateAt !== null
      ? [context(`If nobody answers by ${formatMoment(escalateAt, timezone)}, ${mention(escalateTo)} is told.`)]
      : [];
  const seen =
    acknowledgedBy !== null && acknowledgedAt !== null
      ? [context(`${mention(acknowledgedBy)} saw it on ${formatMoment(acknowledgedAt, timezone)}.`)]
      : [
          ...next,
          actions([
            button("I've seen it", {
              actionId: ACTIONS.sawNotice,
              value: id,
              style: 'primary',
              describedAs: 'what is written above',
            }),
          ]),
        ];
  return { text: `${opening} ${said}`, blocks: [section(`${opening}\n${said}`), ...seen] };
}
