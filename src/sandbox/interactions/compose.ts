import type { JsonRecord } from '../json.ts';
import { APP, type Workspace } from '../state/workspace.ts';

/** Slack's escaping of the three characters its entities use. */
export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What a person typed as Slack sends it: escaped, with @names, #channels and links as entities. */
export function composeText(typed: string, workspace: Workspace): string {
  return escapeText(typed)
    .replace(/(^|[\s(])@([A-Za-z]+(?: [A-Z][a-z]+)?)/g, (whole, before: string, name: string) => {
      for (const candidate of [name, name.split(' ')[0] ?? name]) {
        const rest = name.slice(candidate.length);
        if (candidate.toLowerCase() === APP.name.toLowerCase()) return `${before}<@${APP.userId}>${rest}`;
        const person = workspace.findPerson(candidate);
        if (person !== undefined) return `${before}<@${person.id}>${rest}`;
      }
      return whole;
    })
    .replace(/(^|[\s(])#([a-z0-9_-]+)/g, (whole, before: string, name: string) => {
      const channel = workspace.findChannel(name);
      return channel === undefined ? whole : `${before}<#${channel.id}|${channel.name}>`;
    })
    .replace(/(^|\s)(https?:\/\/[^\s|]+)/g, '$1<$2>');
}

const unescapeText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The rich_text block Slack's own composer adds to what a person writes. */
export function richTextOf(text: string): JsonRecord {
  const elements: JsonRecord[] = [];
  let at = 0;
  for (const match of text.matchAll(/<([@#]?)([^|>]+)(?:\|([^>]*))?>/g)) {
    if (match.index > at) elements.push({ type: 'text', text: unescapeText(text.slice(at, match.index)) });
    const [, sigil, target = ''] = match;
    if (sigil === '@') elements.push({ type: 'user', user_id: target });
    else if (sigil === '#') elements.push({ type: 'channel', channel_id: target });
    else elements.push({ type: 'link', url: unescapeText(target) });
    at = match.index + match[0].length;
  }
  if (at < text.length) elements.push({ type: 'text', text: unescapeText(text.slice(at)) });
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}
