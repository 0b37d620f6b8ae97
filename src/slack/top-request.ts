import { SeepassError } from '../errors.ts';
import { looksLikeDay, readDay } from './read-day.ts';

const TOP_DEFAULT = 5;
export const TOP_MAXIMUM = 20;
const PATTERN_MAXIMUM = 200;
const USAGE = 'Use `/seepass top [n] [surface pattern] [date]`, for example `/seepass top 10 /checkout* yesterday`.';

/** What `/seepass top` was asked for. */
export interface TopRequest {
  /** 1 to 20. */
  limit: number;
  /** `*` stands for anything; null for every surface. */
  pattern: string | null;
  /** YYYY-MM-DD; null for the latest judged day. */
  date: string | null;
}

/**
 * Reads `[n] [surface pattern] [date]`, in any order.
 * @param today YYYY-MM-DD in the workspace's zone, which "yesterday" counts from.
 * @throws SeepassError `bad_arguments` that names the word that was not understood.
 */
export function parseTopRequest(text: string, today: string): TopRequest {
  const request: { limit?: number; pattern?: string; date?: string } = {};
  for (const word of text.split(/\s+/).map(unquote).filter(Boolean)) {
    if (/^[+-]?\d+([.,]\d+)?$/.test(word)) {
      refuseSecond(request.limit, 'number of priorities', word);
      request.limit = readLimit(word);
    } else if (looksLikeDay(word)) {
      refuseSecond(request.date, 'date', word);
      request.date = readDay(word, today, 'top');
    } else {
      refuseSecond(request.pattern, 'surface pattern', word);
      request.pattern = readPattern(word);
    }
  }
  return { limit: request.limit ?? TOP_DEFAULT, pattern: request.pattern ?? null, date: request.date ?? null };
}

function readLimit(word: string): number {
  const limit = Number(word);
  if (Number.isInteger(limit) && limit >= 1 && limit <= TOP_MAXIMUM) return limit;
  throw new SeepassError('bad_arguments', `I can show 1 to ${TOP_MAXIMUM} priorities, not ${clip(word)}.`, {
    fix: USAGE,
  });
}

function readPattern(word: string): string {
  if (word.length > PATTERN_MAXIMUM) {
    throw new SeepassError('bad_arguments', `A surface pattern has at most ${PATTERN_MAXIMUM} characters.`, {
      fix: USAGE,
    });
  }
  // Routes, wildcards and signatures in capitals are clear; any other word is more likely a slip.
  if (word.includes('/') || word.includes('*') || /^[A-Z0-9_.:-]+$/.test(word)) return word;
  throw new SeepassError('bad_arguments', `I did not understand "${clip(word)}".`, {
    fix: `For every surface with that word, write \`/seepass top *${clip(word)}*\`. ${USAGE}`,
  });
}

function refuseSecond(first: unknown, what: string, word: string): void {
  if (first === undefined) return;
  throw new SeepassError('bad_arguments', `That has more than one ${what} ("${clip(word)}" is the second).`, {
    fix: USAGE,
  });
}

const unquote = (word: string): string => word.replace(/^["'`“”]+|["'`“”]+$/g, '');
const clip = (word: string): string => (word.length > 40 ? `${word.slice(0, 39)}…` : word);
