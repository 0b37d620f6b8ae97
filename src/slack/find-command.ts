import { distance } from 'fastest-levenshtein';
import type { SlackCommand } from './command.ts';

export type FoundCommand =
  | { command: SlackCommand; text: string }
  | { command: null; typed: string; nearest: string | null };

/** The command that words in a conversation mean; null where they are a question, or nothing. */
export function findMeantCommand(
  words: string,
  commands: readonly SlackCommand[],
): { command: SlackCommand; text: string } | null {
  const found = findCommand(words, commands);
  if (!found.command || words === '') return null;
  const { command, text } = found;
  const isMeant = command.isMeant?.(text) ?? true;
  return isMeant && (text === '' || !/\?\W*$/.test(text)) ? { command, text } : null;
}

/** What follows `/seepass` and is no subcommand, but long enough or asked like a question. */
export const readsAsSentence = (typed: string): boolean =>
  /\?\s*$/.test(typed) || typed.split(/\s+/).filter(Boolean).length >= 3;

/** Slips of up to this share of the word are taken for the command it is nearest to. */
const CLOSE_ENOUGH = 0.7;

/** Splits what follows `/seepass` into a subcommand and its text; nothing typed is a call for help. */
export function findCommand(typed: string, commands: readonly SlackCommand[]): FoundCommand {
  const [, word = '', text = ''] = /^\s*(\S*)\s*([\s\S]*)$/.exec(typed) ?? [];
  const name = (word || 'help').toLowerCase();
  const command = commands.find((candidate) => candidate.name === name);
  if (command) return { command, text: text.trim() };
  return { command: null, typed: word.slice(0, 40), nearest: nearestName(name, commands) };
}

function nearestName(word: string, commands: readonly SlackCommand[]): string | null {
  let best: { name: string; share: number } | null = null;
  for (const { name } of commands) {
    const close = name.startsWith(word) || word.startsWith(name);
    const share = close ? 0 : distance(word, name) / Math.max(word.length, name.length);
    if (!best || share < best.share) best = { name, share };
  }
  return best && best.share <= CLOSE_ENOUGH ? best.name : null;
}
