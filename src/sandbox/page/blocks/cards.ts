/** Cards, carousels and alerts. */
import { type IconName, icon } from '../controls/icons.ts';
import { h, type Json, record, records, text } from '../dom.ts';
import { element } from './elements.ts';
import { thumbnail } from './images.ts';
import type { Surface } from './surface.ts';
import { words } from './words.ts';

export function card(block: Json, surface: Surface): HTMLElement {
  const part = (key: string, tag: 'h4' | 'p' | 'small') =>
    block[key] !== undefined && h(tag, {}, ...words(block[key], surface));
  return h(
    'article',
    { class: 'card' },
    block.hero_image !== undefined && thumbnail(record(block.hero_image), 'hero'),
    h(
      'div',
      { class: 'card-head' },
      block.icon !== undefined && thumbnail(record(block.icon), 'card-icon'),
      h('div', {}, part('title', 'h4'), part('subtitle', 'small')),
    ),
    part('body', 'p'),
    block.actions !== undefined &&
      h('div', { class: 'actions' }, ...records(block.actions).map((one) => element(block, one, surface))),
  );
}

export const carousel = (block: Json, surface: Surface): HTMLElement =>
  h(
    'div',
    { class: 'carousel', tabindex: 0, role: 'region', 'aria-label': 'Cards' },
    ...records(block.elements).map((one) => card(one, surface)),
  );

const ALERT_ICONS: Readonly<Record<string, IconName>> = { warning: 'warning', error: 'warning', success: 'check' };

export function alert(block: Json, surface: Surface): HTMLElement {
  const level = text(block.level) || 'default';
  return h(
    'div',
    { class: `alert ${level}`, role: level === 'error' ? 'alert' : 'note' },
    icon(ALERT_ICONS[level] ?? 'message'),
    h('div', { class: 'words' }, ...words(block.text, surface)),
  );
}
