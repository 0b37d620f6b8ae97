/** The rich_text block Slack's own composer adds to what a person writes. */
import type { JsonRecord } from '../json.ts';

const unescapeText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const INLINE = new RegExp(
  [
    /<(?<sigil>[@#!]?)(?<target>[^|>]+)(?:\|[^>]*)?>/,
    /`(?<code>[^`\n]+)`/,
    /(?<![\w*])\*(?<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])/,
    /(?<![\w_])_(?<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])/,
    /(?<![\w~])~(?<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])/,
    /(?<![\w:]):(?<emoji>[a-z+-][a-z0-9_+-]*):(?!\w)/,
  ]
    .map((pattern) => pattern.source)
    .join('|'),
  'g',
);
const STYLES = ['bold', 'italic', 'strike', 'code'] as const;
type Style = Readonly<Record<string, true>>;

const styled = (run: JsonRecord, style: Style): JsonRecord =>
  Object.keys(style).length === 0 ? run : { ...run, style };

function entity(sigil: string, target: string): JsonRecord {
  if (sigil === '@') return { type: 'user', user_id: target };
  if (sigil === '#') return { type: 'channel', channel_id: target };
  if (sigil === '!') return { type: 'broadcast', range: target };
  return { type: 'link', url: unescapeText(target) };
}

function runsOf(text: string, style: Style = {}): JsonRecord[] {
  const runs: JsonRecord[] = [];
  let at = 0;
  const plain = (end: number) => {
    if (end > at) runs.push(styled({ type: 'text', text: unescapeText(text.slice(at, end)) }, style));
  };
  for (const match of text.matchAll(INLINE)) {
    plain(match.index);
    at = match.index + match[0].length;
    const { sigil = '', target, emoji, ...inner } = match.groups ?? {};
    const name = STYLES.find((one) => inner[one] !== undefined);
    if (target !== undefined) runs.push(styled(entity(sigil, target), style));
    else if (emoji !== undefined) runs.push(styled({ type: 'emoji', name: emoji }, style));
    else if (name === 'code') {
      runs.push(styled({ type: 'text', text: unescapeText(inner.code ?? '') }, { ...style, code: true }));
    } else if (name !== undefined) runs.push(...runsOf(inner[name] ?? '', { ...style, [name]: true }));
  }
  plain(text.length);
  return runs;
}

const section = (text: string): JsonRecord => ({ type: 'rich_text_section', elements: runsOf(text) });

/** What a line belongs to, and what of it is shown there. */
function kindOf(line: string): { kind: 'quote' | 'bullet' | 'ordered' | 'plain'; shown: string } {
  const marked = /^(?:(?<quote>&gt; ?)|(?<bullet>[•*-] )|(?<ordered>\d+\. ))(?<shown>.*)$/.exec(line)?.groups;
  if (marked === undefined) return { kind: 'plain', shown: line };
  const kind = marked.quote !== undefined ? 'quote' : marked.bullet !== undefined ? 'bullet' : 'ordered';
  return { kind, shown: marked.shown ?? '' };
}

function linesOf(text: string): JsonRecord[] {
  const groups: { kind: ReturnType<typeof kindOf>['kind']; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const { kind, shown } = kindOf(line);
    const last = groups.at(-1);
    if (last?.kind === kind) last.lines.push(shown);
    else groups.push({ kind, lines: [shown] });
  }
  return groups.map(({ kind, lines }) => {
    if (kind === 'plain') return section(lines.join('\n'));
    if (kind === 'quote') return { type: 'rich_text_quote', elements: runsOf(lines.join('\n')) };
    return { type: 'rich_text_list', style: kind, indent: 0, border: 0, elements: lines.map(section) };
  });
}

/** @param text what was written, as Slack sends it: escaped, with entities */
export function richTextOf(text: string): JsonRecord {
  const elements = text.split(/\n?```\n?([\s\S]*?)\n?```\n?/).flatMap((part, index) => {
    if (part === '') return [];
    if (index % 2 === 0) return linesOf(part);
    return [{ type: 'rich_text_preformatted', border: 0, elements: [{ type: 'text', text: unescapeText(part) }] }];
  });
  return { type: 'rich_text', elements };
}
