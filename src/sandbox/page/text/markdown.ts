/** The markdown block's standard Markdown: headings, lists, quotes, code, and inline styles. */
import { h } from '../dom.ts';
import { withEmoji } from './emoji.ts';
import { link, unescaped } from './mrkdwn.ts';

const INLINE =
  /`([^`]+)`|\*\*([^*]+)\*\*|__([^_]+)__|\*([^*\s][^*]*)\*|\b_([^_]+)_\b|~~([^~]+)~~|\[([^\]]+)\]\(([^)\s]+)\)/;

/** Escaped punctuation is moved out of the reach of every mark, to where no letters are. */
const ASIDE = 0xe100;
const setAside = (source: string): string =>
  source.replace(/\\([!-/:-@[-`{-~])/g, (_whole, mark: string) => String.fromCharCode(ASIDE + mark.charCodeAt(0)));
const bringBack = (text: string): string =>
  text.replace(/[\ue121-\ue17e]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - ASIDE));

const words = (source: string): string => bringBack(unescaped(withEmoji(source)));

function inline(source: string): Node[] {
  const found = INLINE.exec(source);
  if (found === null) return [document.createTextNode(words(source))];
  const [whole, code, bold, strong, italic, em, strike, label, url] = found;
  const node = (() => {
    if (code !== undefined) return h('code', {}, words(code));
    if (url !== undefined) return link(bringBack(unescaped(url)), words(label ?? url));
    if (strike !== undefined) return h('s', {}, ...inline(strike));
    if (bold ?? strong) return h('strong', {}, ...inline(bold ?? strong ?? ''));
    return h('em', {}, ...inline(italic ?? em ?? ''));
  })();
  return [...inline(source.slice(0, found.index)), node, ...inline(source.slice(found.index + whole.length))];
}

const HEADINGS = ['h3', 'h4', 'h5'] as const;

export function markdown(source: string): Node[] {
  const lines = setAside(source).split('\n');
  const nodes: Node[] = [];
  const take = (pattern: RegExp): string[] => {
    const taken: string[] = [];
    for (let found = pattern.exec(lines[0] ?? ''); lines.length > 0 && found; found = pattern.exec(lines[0] ?? '')) {
      taken.push(found[1] ?? '');
      lines.shift();
    }
    return taken;
  };
  while (lines.length > 0) {
    const line = lines[0] ?? '';
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (/^```/.test(line)) {
      lines.shift();
      const end = lines.findIndex((one) => /^```/.test(one));
      nodes.push(h('pre', {}, lines.splice(0, end < 0 ? lines.length : end).join('\n')));
      lines.shift();
    } else if (heading !== null) {
      nodes.push(h(HEADINGS[(heading[1]?.length ?? 1) - 1] ?? 'h5', {}, ...inline(heading[2] ?? '')));
      lines.shift();
    } else if (/^\s*[-*]\s+/.test(line)) nodes.push(listOf('ul', take(/^\s*[-*]\s+(.*)$/)));
    else if (/^\s*\d+[.)]\s+/.test(line)) nodes.push(listOf('ol', take(/^\s*\d+[.)]\s+(.*)$/)));
    else if (/^>/.test(line)) nodes.push(h('blockquote', {}, ...inline(take(/^>\s?(.*)$/).join(' '))));
    else if (/^(-{3,}|\*{3,})$/.test(line)) {
      nodes.push(h('hr'));
      lines.shift();
    } else if (line.trim() === '') lines.shift();
    else
      nodes.push(
        h(
          'p',
          {},
          ...inline(take(/^((?!#{1,6}\s|```|>|\s*[-*]\s|\s*\d+[.)]\s).*\S.*)$/).join(' ') || lines.shift() || ''),
        ),
      );
  }
  return nodes;
}

const listOf = (tag: 'ul' | 'ol', items: readonly string[]): HTMLElement =>
  h(tag, {}, ...items.map((item) => h('li', {}, ...inline(item))));
