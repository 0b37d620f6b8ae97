/** A section of a runbook, to read in full. */
import { formatCount } from '../../core/facts/render.ts';
import type { JsonObject } from '../../core/records.ts';
import { excerptOf } from '../../core/runbook/citation.ts';
import { CALLBACKS } from '../ids.ts';
import { quote } from '../mrkdwn.ts';
import { context, modal, section } from './elements.ts';

export const SECTION_TITLE = 'From the runbook';
/** What a phone scrolls through without losing the place. */
const MOST = 6_000;
/** A block's text. */
const PART = 2_900;

interface Shown {
  title: string;
  version: number;
  fileName: string;
  headings: readonly string[];
  text: string;
  isOverdue: boolean;
}

/** Its own words as rich text, in which nothing is parsed. */
export function buildRunbookSection({ title, version, fileName, headings, text, isOverdue }: Shown): JsonObject {
  const shown = excerptOf(text, MOST);
  const isCut = shown.endsWith('…') && shown.length < text.length;
  const heading = headings.at(-1) ?? title;
  return modal(CALLBACKS.runbookSection, SECTION_TITLE, [
    section(`*${quote(heading, 300)}*`),
    ...partsOf(shown).map(plainly),
    ...(isCut
      ? [context(`Showing the first ${formatCount(shown.length)} of ${formatCount(text.length)} characters.`)]
      : []),
    ...(isOverdue ? [context('It is past the day for looking it over: check before you follow it.')] : []),
    context(`${quote(title, 150)}, version ${version} · ${quote(fileName, 150)} · not checked by me`),
  ]);
}

/** Cut between lines where there are any, else between words. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > PART) {
    const line = rest.lastIndexOf('\n', PART);
    const at = line > PART / 2 ? line : Math.max(rest.lastIndexOf(' ', PART), PART / 2);
    parts.push(rest.slice(0, at));
    rest = rest.slice(at).trimStart();
  }
  return [...parts, rest].filter((part) => part !== '');
}

const plainly = (text: string): JsonObject => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});
