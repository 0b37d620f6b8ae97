import { countOf } from './facts/render.ts';

/** What fits beside the rest of a preview. */
const LONGEST = 420;

/** The beginning of a text that somebody is to approve; what is cut is counted, so that nobody takes it for all. */
export function shownText(text: string): string {
  if (text.length <= LONGEST) return text;
  const shown = text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '');
  return `${shown}… (${countOf(text.length - shown.length, 'more character')}: Edit shows them)`;
}
