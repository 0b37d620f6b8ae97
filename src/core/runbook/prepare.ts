/** From a file that was read to the runbook that is stored: redacted, cut, and refused where there is nothing in it. */
import { cleanText } from '../text/clean.ts';
import { redact } from '../text/redact.ts';
import type { ReadDocument, RunbookText } from './document.ts';
import { readMeta } from './meta.ts';
import { cutSections, MOST_SECTIONS } from './sections.ts';

const MOST_HEADING = 200;

/** @returns the fault in a reader's words, where it cannot be kept. */
export function prepareRunbook(read: ReadDocument): RunbookText | { fault: string } {
  const meta = readMeta(read);
  if ('fault' in meta) return meta;
  // Redacted whole, before it is cut: half a key looks like a word.
  const passages = read.passages.map(({ headings, text, page }) => ({
    headings: headings.map((heading) => cleanText(redact(heading), MOST_HEADING)),
    text: redact(cleanText(text, text.length)),
    page,
  }));
  const sections = cutSections(passages);
  if (sections.length === 0) return { fault: nothingIn(read) };
  if (sections.length > MOST_SECTIONS)
    return {
      fault: `${read.fileName} has ${sections.length.toLocaleString('en')} sections; up to ${MOST_SECTIONS.toLocaleString('en')} are kept of one runbook.`,
    };
  const { fileName, media, contentHash, bytes, pages } = read;
  return { ...meta, key: fileName.toLowerCase(), fileName, media, contentHash, bytes, pages, sections };
}

const nothingIn = ({ fileName, pages }: ReadDocument): string =>
  pages === null
    ? `${fileName} has no text in it.`
    : `${fileName} holds pictures of its ${pages === 1 ? 'page' : `${pages} pages`} and no text: it was scanned, and I do not read pictures.`;
