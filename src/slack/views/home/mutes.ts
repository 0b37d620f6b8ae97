import type { HomeModel } from '../../../core/delivery/home-model.ts';
import type { JsonObject } from '../../../core/records.ts';
import { HOME_ACTIONS } from '../../home-ids.ts';
import { SLASH_COMMAND } from '../../ids.ts';
import { shorten } from '../../mrkdwn.ts';
import { button, context, header, section } from '../elements.ts';
import { muteLine } from '../mutes.ts';
import { cutNote, shownAt } from './lists.ts';

const SHOWN = 8;

/** What nobody is told of, each with a way back. Nothing at all where there is none: that is how it begins. */
export function buildMutes({ mutes, timezone }: HomeModel, scale: number): JsonObject[] {
  if (mutes.length === 0) return [];
  const shown = mutes
    .toSorted((a, b) => (a.until ?? Infinity) - (b.until ?? Infinity) || a.number - b.number)
    .slice(0, shownAt(scale, SHOWN));
  const note = cutNote(shown.length, mutes.length, 'page or error', 'pages and errors');
  return [
    header('Snoozed and ignored'),
    ...shown.map((mute) =>
      section(
        muteLine(mute, timezone),
        button('Lift', {
          actionId: HOME_ACTIONS.liftMute,
          value: String(mute.number),
          describedAs: `Hear of ${shorten(mute.pattern, 50)} again`,
        }),
      ),
    ),
    ...(note === null ? [] : [context(`${note} \`${SLASH_COMMAND} ignored\` lists more.`)]),
  ];
}
