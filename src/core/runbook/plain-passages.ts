/** Headings of plain text and of a PDF's pages, told by how they stand: nothing says which lines they are. */
import type { Passage } from './document.ts';

const NUMBERED = /^(?:\d+(?:\.\d+)*\.?|[A-Z]\.)\s+(\p{Lu}.*)$/u;
const HASHED = /^#{1,6}\s+(.+)$/;
const UNDERLINE = /^(?:={3,}|-{3,})\s*$/;
const MOST_WORDS = 10;
const MOST_CHARACTERS = 80;

/**
 * Cuts lines into passages. The first heading is the document's title where it comes before all text; others are one
 * level below it.
 * @param title from an earlier page; null at a document's beginning.
 */
export function plainPassages(
  text: string,
  page: number | null = null,
  before: readonly string[] = [],
): { passages: Passage[]; headings: readonly string[] } {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const passages: Passage[] = [];
  let headings = before;
  let held: string[] = [];
  let isBare = false;
  const close = () => {
    const said = held.join('\n').trim();
    if (said !== '') passages.push({ headings, text: said, page });
    // A line with nothing under it was no heading, or says all there is.
    else if (isBare) passages.push({ headings: headings.slice(0, -1), text: headings.at(-1) ?? '', page });
    held = [];
  };
  lines.forEach((line, at) => {
    if (UNDERLINE.test(line) && held.length === 0) return;
    const heading = headingIn(lines, at);
    if (heading === null) {
      held.push(line);
      return;
    }
    close();
    const isTitle = headings.length === 0 && passages.length === 0;
    isBare = !isTitle;
    headings = isTitle ? [heading] : [...headings.slice(0, 1), heading];
  });
  isBare ||= passages.length === 0 && headings !== before;
  close();
  return { passages, headings };
}

function headingIn(lines: readonly string[], at: number): string | null {
  const line = (lines[at] ?? '').trim();
  const next = (lines[at + 1] ?? '').trim();
  if (line === '' || line.length > MOST_CHARACTERS) return null;
  const hashed = HASHED.exec(line)?.[1];
  if (hashed !== undefined) return hashed;
  if (UNDERLINE.test(next) && !UNDERLINE.test(line)) return line;
  if (/[.,;:!?]$/.test(line) || line.split(/\s+/).length > MOST_WORDS) return null;
  const numbered = NUMBERED.exec(line)?.[1];
  if (numbered !== undefined) return numbered;
  if (/\p{Lu}{2}/u.test(line) && line === line.toUpperCase()) return line;
  // A short line of its own, with text right below it and nothing right above.
  const isAlone = at === 0 || (lines[at - 1] ?? '').trim() === '';
  return isAlone && /^\p{Lu}/u.test(line) && (next !== '' || at === 0) ? line : null;
}
