/** The rich_text block: sections, lists, quotes and code of styled runs. */
import { h, type Json, record, records, text } from '../dom.ts';
import { emoji } from './emoji.ts';
import { link, mention } from './mrkdwn.ts';
import type { Names } from './names.ts';
import { fillDate } from './time.ts';

function content(run: Json, names: Names): Node {
  switch (run.type) {
    case 'link':
      return link(text(run.url), text(run.text) || text(run.url));
    case 'emoji':
      return document.createTextNode(emoji(text(run.name)));
    case 'user':
      return mention(`@${names.person(text(run.user_id))}`, run.user_id === names.viewerId);
    case 'channel':
      return mention(`#${names.channel(text(run.channel_id))}`);
    case 'usergroup':
      return mention('@group');
    case 'broadcast':
      return mention(`@${text(run.range)}`, true);
    case 'color':
      return swatch(text(run.value));
    case 'date':
      return h('time', {}, fillDate(String(run.timestamp), text(run.format), text(run.fallback), names.timezone));
    default:
      return document.createTextNode(text(run.text));
  }
}

function swatch(value: string): Node {
  const sample = h('span', { class: 'swatch' });
  sample.style.background = value;
  return h('span', {}, sample, value);
}

const STYLE_TAGS = [
  ['code', 'code'],
  ['bold', 'strong'],
  ['italic', 'em'],
  ['strike', 's'],
  ['underline', 'u'],
] as const;

function styled(run: Json, names: Names): Node {
  const style = record(run.style);
  return STYLE_TAGS.reduce<Node>(
    (node, [key, tag]) => (style[key] === true ? h(tag, {}, node) : node),
    content(run, names),
  );
}

const runs = (element: Json, names: Names): Node[] => records(element.elements).map((run) => styled(run, names));

function part(element: Json, names: Names): Node {
  switch (element.type) {
    case 'rich_text_list': {
      const items = records(element.elements).map((item) => h('li', {}, ...runs(item, names)));
      const indent = `rich-list indent-${Number(element.indent ?? 0)}`;
      return element.style === 'ordered'
        ? h('ol', { class: indent, start: Number(element.offset ?? 0) + 1 }, ...items)
        : h('ul', { class: indent }, ...items);
    }
    case 'rich_text_quote':
      return h('blockquote', {}, ...runs(element, names));
    case 'rich_text_preformatted':
      return h('pre', {}, ...runs(element, names));
    default:
      return h('p', { class: 'rich-section' }, ...runs(element, names));
  }
}

export const richText = (block: Json, names: Names): Node[] => records(block.elements).map((one) => part(one, names));
