/** A channel's history as plain text: who, when, what, threads indented. */
import { formatMoment } from '../src/core/facts/render.ts';
import type { Sandbox } from '../src/sandbox/sandbox.ts';
import type { StoredMessage } from '../src/sandbox/state/message-store.ts';

interface Reading {
  /** IANA, of the times beside the names. */
  zone: string;
  /** By message, what it said when it was posted: shown where it says something else now. */
  firstWords: ReadonlyMap<string, string>;
}

/** Every message as it stands, a line a block, oldest first. */
export function channelText(sandbox: Sandbox, channel: string, { zone, firstWords }: Reading): string {
  const names = new Map(Object.entries(sandbox.ids.people).map(([name, id]) => [id, name]));
  const plain = (text: string): string =>
    text
      .replace(/<@(\w+)>/g, (_, id: string) => `@${names.get(id) ?? id}`)
      .replace(/<[^|>]+\|([^>]+)>/g, '$1')
      .replace(/\u200b/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  const told = (message: StoredMessage): string[] => {
    const pictures = (message.files ?? []).map(({ title }) => `(picture: ${String(title)})`);
    if (pictures.length > 0) return pictures;
    const lines = (message.blocks ?? []).flatMap(linesOf);
    return (lines.length > 0 ? lines : [message.text]).flatMap((line) => plain(line).split('\n'));
  };
  const entry = (message: StoredMessage, indent: string): string => {
    const who = names.get(message.user) ?? 'Seepass';
    const first = firstWords.get(message.ts);
    const before = first === undefined || first === message.text ? [] : [`(first: ${plain(first)})`];
    const lines = [...before, ...told(message)].map((line) => `${indent}  ${line}`);
    return [`${indent}${formatMoment(Number(message.ts) * 1_000, zone)}  ${who}`, ...lines].join('\n');
  };
  const messages = sandbox.messages(channel).filter(({ thread_ts, ts }) => thread_ts === undefined || thread_ts === ts);
  const threads = messages.map((message) =>
    [
      entry(message, ''),
      ...sandbox
        .thread(message)
        .slice(1)
        .map((reply) => entry(reply, '      ')),
    ].join('\n'),
  );
  return `${threads.join('\n\n')}\n`;
}

/** The words of a block; what is pressed in brackets, and charts by their title. */
function linesOf(block: NonNullable<StoredMessage['blocks']>[number]): string[] {
  if (block.type === 'divider') return [];
  if (block.type === 'data_visualization') return [`(chart: ${String(block.title)})`];
  const words = wordsOf(block);
  if (words.length === 0) return [];
  if (block.type === 'actions') return [words.map((word) => `[${word}]`).join(' ')];
  return [words.join(' · ')];
}

/** Texts of a block in order; of a menu only what stands on it. */
function wordsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (key === 'text' && typeof part === 'string') return [part];
    return ['options', 'confirm', 'accessory'].includes(key) ? [] : wordsOf(part);
  });
}
