/** Where in which runbook something stands. */

export interface Citation {
  runbook: { number: number; title: string; version: number };
  /** From the document's top down to the section; empty for what stands before the first heading. */
  headings: readonly string[];
  /** Names the section within its runbook. */
  anchor: string;
  /** The section where people read it; null where the document was given without an address. */
  link: string | null;
  /** The beginning of what it says, line by line. */
  excerpt: string;
}

const MOST_EXCERPT = 480;

/** The link to a section: `#page=3` in a PDF, its anchor elsewhere. Only web addresses become links. */
export function linkTo(url: string | null, section: { anchor: string; page: number | null }): string | null {
  if (url === null || !/^https?:\/\//i.test(url)) return null;
  const [address] = url.split('#');
  return `${address}#${section.page === null ? section.anchor : `page=${section.page}`}`;
}

/** The beginning of a section, cut at a word; its lines stay, as steps are lines. */
export function excerptOf(text: string, most = MOST_EXCERPT): string {
  const lines = text
    .replace(/\*\*|__/g, '')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '' && !line.startsWith('```'))
    .join('\n');
  if (lines.length <= most) return lines;
  const cut = lines.slice(0, most);
  return `${cut.slice(0, Math.max(cut.search(/\s\S*$/), most / 2)).trimEnd()}…`;
}

/** "Checkout payments, version 2 › Rollback › Steps". */
export const placeOf = ({ runbook, headings }: Pick<Citation, 'runbook' | 'headings'>): string =>
  [`${runbook.title}, version ${runbook.version}`, ...headings.filter((heading) => heading !== runbook.title)].join(
    ' › ',
  );
