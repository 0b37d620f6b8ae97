import type { Sentence } from './sentence.ts';
import { tokenise } from './tokens.ts';

const END =
  /[.!?;>}\]]+\s*|:\s+|,\s+(?=(?:please|pls|then|and|also|plus)\b)|\s-\s|\b(?:and|then|also|plus)\s+(?=(?:what|who|list|give|show|print|tell|their|the names?|names?|e-?mails?|delete|drop|remove)\b)/iu;

/** The clauses of a question as plain words, and the whole of it: what is asked in one is not excused by another. */
export function clausesOf({ text, raw }: Pick<Sentence, 'text' | 'raw'>): string[] {
  const parts = text.split(END).map((part) =>
    tokenise(part)
      .map(({ word }) => word)
      .join(' '),
  );
  const clauses = parts.filter((part) => part !== '');
  return clauses.length > 1 ? clauses : [raw];
}
