/** Slack's mrkdwn as DOM nodes. */
import { h } from '../dom.ts';
import { withEmoji } from './emoji.ts';
import type { Names } from './names.ts';
import { fillDate } from './time.ts';

export const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** A link out of the page; only schemes that cannot run code. */
export function link(url: string, label: string): HTMLElement {
  if (!/^(https?|mailto|tel|slack):/i.test(url)) return h('span', {}, label);
  return h('a', { href: url, target: '_blank', rel: 'noreferrer noopener' }, label);
}

/** A name among words; one's own stands out. */
export const mention = (label: string, isMe = false): HTMLElement =>
  h('span', { class: isMe ? 'mention mine' : 'mention' }, label);

function entity(body: string, names: Names): Node {
  const [target = '', label] = body.split('|');
  if (target.startsWith('@')) return mention(`@${names.person(target.slice(1))}`, target.slice(1) === names.viewerId);
  if (target.startsWith('#')) return mention(`#${label ?? names.channel(target.slice(1))}`);
  if (target.startsWith('!date^')) {
    const [, timestamp = '', template = '{date}', url] = target.split('^');
    const words = fillDate(timestamp, unescaped(template), unescaped(label ?? ''), names.timezone);
    return url === undefined ? h('time', {}, words) : link(unescaped(url), words);
  }
  if (target.startsWith('!'))
    return mention(`@${label ?? target.slice(1).split('^')[0]}`, /^!(here|channel|everyone)/.test(target));
  return link(unescaped(target), unescaped(label ?? target));
}

const STYLES: readonly (readonly [RegExp, 'strong' | 'em' | 's'])[] = [
  [/(^|[^\w*])\*(?=\S)([^*\n]*[^\s*])\*(?!\w)/, 'strong'],
  [/(^|[^\w_])_(?=\S)([^_\n]*[^\s_])_(?!\w)/, 'em'],
  [/(^|[^\w~])~(?=\S)([^~\n]*[^\s~])~(?!\w)/, 's'],
];

/** Code and entities are set aside first, so that styles can span them and never reach into them. */
const MARK = /\uE000(\d+)\uE001/;

function inline(source: string, names: Names): Node[] {
  const aside: Node[] = [];
  const marked = source.replace(
    /`([^`\n]+)`|<([^<>]+)>/g,
    (_whole, code: string | undefined, body: string | undefined) => {
      aside.push(code === undefined ? entity(body ?? '', names) : h('code', {}, unescaped(code)));
      return `\uE000${aside.length - 1}\uE001`;
    },
  );
  return styled(marked, aside);
}

function styled(source: string, aside: readonly Node[]): Node[] {
  for (const [pattern, tag] of STYLES) {
    const found = pattern.exec(source);
    if (found === null) continue;
    const [whole, before = '', inner = ''] = found;
    const start = found.index + before.length;
    return [
      ...styled(source.slice(0, start), aside),
      h(tag, {}, ...styled(inner, aside)),
      ...styled(source.slice(found.index + whole.length), aside),
    ];
  }
  const found = MARK.exec(source);
  if (found === null) return plain(source);
  const node = aside[Number(found[1])];
  return [
    ...plain(source.slice(0, found.index)),
    ...(node === undefined ? [] : [node]),
    ...styled(source.slice(found.index + found[0].length), aside),
  ];
}

const plain = (source: string): Node[] =>
  source.split('\n').flatMap((line, index) => {
    const words = document.createTextNode(withEmoji(unescaped(line)));
    return index === 0 ? [words] : [h('br'), words];
  });

/** A whole mrkdwn text: code blocks and quotes, then runs. */
export function mrkdwn(source: string, names: Names): Node[] {
  return source.split(/```\n?([\s\S]*?)```\n?/).flatMap((part, index): Node[] => {
    if (index % 2 === 1) return [h('pre', {}, unescaped(part.trimEnd()))];
    return quotes(part, names);
  });
}

function quotes(source: string, names: Names): Node[] {
  const nodes: Node[] = [];
  let lines: string[] = [];
  let quoted: string[] = [];
  const flush = () => {
    if (quoted.length > 0) nodes.push(h('blockquote', {}, ...inline(quoted.join('\n'), names)));
    if (lines.some((line) => line !== '')) nodes.push(...inline(lines.join('\n'), names));
    lines = [];
    quoted = [];
  };
  for (const line of source.split('\n')) {
    const quote = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if ((quote === null) === quoted.length > 0) flush();
    if (quote === null) lines.push(line);
    else quoted.push(quote[1] ?? '');
  }
  flush();
  return nodes;
}
