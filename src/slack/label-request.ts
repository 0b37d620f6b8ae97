import type { LabelKind } from '../core/backtest/label.ts';
import { SeepassError } from '../errors.ts';
import { looksLikeDay, readDay } from './read-day.ts';

/** What `/seepass missed` or `/seepass false` was told. */
export interface LabelWords {
  /** A surface or an error signature by name, or a rank of the day's list. */
  subject: { name: string } | { rank: number };
  /** YYYY-MM-DD; null for the latest judged day. */
  date: string | null;
  note: string;
}

const NAME_MAXIMUM = 200;

/**
 * Reads `<surface | error | #rank> [date] [what happened]`: the subject first, the rest in any order.
 * @throws SeepassError `bad_arguments` that shows how it is written.
 */
export function parseLabelRequest(kind: LabelKind, text: string, today: string): LabelWords {
  const [first = '', ...rest] = text.split(/\s+/).map(unquote).filter(Boolean);
  const rank = /^#?(\d{1,3})$/.exec(first)?.[1];
  if (rank === undefined && !/^[/*A-Za-z_]/.test(first)) throw usage(kind);
  if (first.length > NAME_MAXIMUM || looksLikeDay(first)) throw usage(kind);
  const day = rest.findIndex(looksLikeDay);
  const note = rest.filter((_, index) => index !== day).join(' ');
  return {
    subject: rank === undefined ? { name: first } : { rank: Number(rank) },
    date: day < 0 ? null : readDay(rest[day] ?? '', today, `${kind} ${first}`),
    note,
  };
}

function usage(kind: LabelKind): SeepassError {
  const example =
    kind === 'missed'
      ? '`/seepass missed /checkout yesterday payments failed`'
      : '`/seepass false #2 it was a load test`';
  return new SeepassError('bad_arguments', 'I need the page, the error or the number of the priority first.', {
    fix: `For example ${example}.`,
  });
}

const unquote = (word: string): string => word.replace(/^["'`“”]+|["'`“”]+$/g, '');
