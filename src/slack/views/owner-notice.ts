import { formatMoment } from '../../core/facts/render.ts';
import type { OwnerNotice, UntoldRung } from '../../core/proposal/owner-notice.ts';
import { ACTIONS } from '../ids.ts';
import { clip, escapeEntities } from '../mrkdwn.ts';
import { actions, button, context, section } from './elements.ts';
import { mention } from './mention.ts';
import type { Rendered } from './notice.ts';
import { whyPaused } from './paused-channel.ts';

/**
 * Asks whoever answers for something to look, or whoever comes next where they have not answered.
 * @param to who reads it; `untold` whom it did not reach before; `timezone` IANA, of every time in it.
 */
export function buildOwnerNotice(
  notice: OwnerNotice,
  { to, untold = [] }: { to: 'owner' | 'next'; untold?: readonly UntoldRung[] },
  timezone: string,
): Rendered {
  const { id, owner, text, sentAt, acknowledgedBy, acknowledgedAt, escalateTo, escalateAt } = notice;
  const said = escapeEntities(clip(text, 1_500));
  const opening =
    to === 'owner'
      ? `${mention(owner)}, this is yours to look at:`
      : untold.some(({ who }) => who === owner)
        ? `${mention(owner)} answers for this, and could not be told:`
        : `${mention(owner)} was told on ${formatMoment(sentAt, timezone)} and has not answered:`;
  const instead = untold.length === 0 ? [] : [context(`${untold.map(untoldWords).join(' ')} So I tell you.`)];
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
  return { text: `${opening} ${said}`, blocks: [section(`${opening}\n${said}`), ...instead, ...seen] };
}

const untoldWords = ({ who, reason }: UntoldRung): string => `I could not tell ${mention(who)}: ${whyUntold(reason)}.`;

const whyUntold = (reason: string): string =>
  reason === 'no_channel' ? 'it is a user group, and no channel is declared for it' : whyPaused(reason).why;
