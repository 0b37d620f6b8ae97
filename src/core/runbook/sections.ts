/** Cuts a document into pieces that are found and cited by themselves. */
import type { Passage, Section } from './document.ts';

/** About what fits a phone's screen twice; longer passages are cut at paragraphs. */
const MOST_CHARACTERS = 2_000;
/** A 300-page manual has about a thousand. */
export const MOST_SECTIONS = 4_000;

/** Sections in the document's order, each with an anchor of its own. Headings without text of their own have none. */
export function cutSections(passages: readonly Passage[]): Section[] {
  const taken = new Map<string, number>();
  return passages.flatMap(({ headings, text, page }) =>
    cutText(text).map((piece) => ({ headings, anchor: anchorOf(headings, taken), page, text: piece })),
  );
}

/** As GitHub makes them: lower case, words joined by hyphens, `-1` for the second of a name. */
function anchorOf(headings: readonly string[], taken: Map<string, number>): string {
  const slug =
    (headings.at(-1) ?? 'top')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-')
      .slice(0, 100) || 'section';
  const times = taken.get(slug) ?? 0;
  taken.set(slug, times + 1);
  return times === 0 ? slug : `${slug}-${times}`;
}

function cutText(text: string): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > MOST_CHARACTERS) {
    const at = cutAt(rest);
    pieces.push(rest.slice(0, at).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return rest === '' ? pieces : [...pieces, rest];
}

/** Between paragraphs, else between lines, else between words, in the second half; else anywhere outside of a pair. */
function cutAt(text: string): number {
  for (const boundary of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(boundary, MOST_CHARACTERS);
    if (at > MOST_CHARACTERS / 2) return at;
  }
  const last = text.charCodeAt(MOST_CHARACTERS - 1);
  return last >= 0xd800 && last <= 0xdbff ? MOST_CHARACTERS - 1 : MOST_CHARACTERS;
}
