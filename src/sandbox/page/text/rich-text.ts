/** The rich_text block: sections, lists, quotes and code of styled runs. */
import { h, type Json, record, records, text } from '../dom.ts';
import { emoji } from './emoji.ts';
import { link } from './mrkdwn.ts';
import type { Names } from './names.ts';
import { fillDate } from './time.ts';

function content(run: Json, names: Names): Node {
  switch (run.type) {
    case 'link':
      return link(text(run.url), text(run.text) || text(run.url));
    case 'emoji':
      return document.createTextNode(emoji(text(run.name)));
    case 'user':
      return h('span', { class: 'mention' }, `@${names.person(text(run.user_id))}`);
    case 'channel':
      return h('span', { class: 'mention' }, `#${names.channel(text(run.channel_id))}`);
    case 'broadcast':
      return h('span', { class: 'mention' }, `@${text(run.range)}`);
    case 'date':
      return h('time', {}, fillDate(String(run.timestamp), text(run.format), names.timezone));
    default:
      return document.createTextNode(text(run.text));
  }
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
