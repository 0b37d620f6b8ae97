import { type Child, type Json, record, text } from '../dom.ts';
import { withEmoji } from '../text/emoji.ts';
import { mrkdwn } from '../text/mrkdwn.ts';
import type { Surface } from './surface.ts';

export type Drawer = (block: Json, surface: Surface) => HTMLElement;

/** A text object of either kind. */
export function words(value: unknown, surface: Surface): Child[] {
  const object = record(value);
  return object.type === 'mrkdwn' ? mrkdwn(text(object.text), surface.names) : [withEmoji(text(object.text))];
}
