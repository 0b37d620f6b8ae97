import type { RunbookMatch, RunbookSearch } from '../../../src/pipeline/runbooks.ts';
import type { RunbookCase } from './cases.ts';

const AS_OF = Date.parse('2026-11-21T12:00:00Z');

export interface Measured {
  covered: number;
  /** Covered questions whose section is among the three that are shown, is the first, and is quoted as covering it. */
  inTopThree: number;
  first: number;
  cited: number;
  uncovered: number;
  /** Uncovered questions for which a section is cited all the same. */
  falselyCited: number;
  /** What went wrong, for whoever tunes. */
  wrong: { id: string; question: string; wanted: string; found: string }[];
  /** For comparing databases. */
  found: string[];
}

/** Asks every question and compares what is cited. @param titles of the runbooks by their file. */
export async function measure(
  search: RunbookSearch,
  cases: readonly RunbookCase[],
  titles: ReadonlyMap<string, string>,
): Promise<Measured> {
  const measured: Measured = {
    covered: 0,
    inTopThree: 0,
    first: 0,
    cited: 0,
    uncovered: 0,
    falselyCited: 0,
    wrong: [],
    found: [],
  };
  for (const { id, question, expect } of cases) {
    const { covering, nearest } = await search.find({ need: { words: question }, readers: 'operator', asOf: AS_OF });
    const matches = [...covering, ...nearest];
    const places = matches.map(placeOf);
    const wanted = expect.map(
      ({ document, heading }) => `${titles.get(document.replace(/\.pdf\.txt$/, '.pdf'))} > ${heading}`,
    );
    const rank = places.findIndex((place) => wanted.includes(place));
    const found = matches.map((match, at) => `${places[at]} ${match.score.toFixed(2)}`).join(' | ') || 'nothing';
    measured.found.push(`${id}: ${found}`);
    if (wanted.length === 0) {
      measured.uncovered += 1;
      measured.falselyCited += covering.length > 0 ? 1 : 0;
    } else {
      measured.covered += 1;
      measured.inTopThree += rank >= 0 ? 1 : 0;
      measured.first += rank === 0 ? 1 : 0;
      measured.cited += covering.map(placeOf).some((place) => wanted.includes(place)) ? 1 : 0;
    }
    if (wanted.length === 0 ? covering.length > 0 : rank < 0)
      measured.wrong.push({ id, question, wanted: wanted.join(' or ') || 'nothing', found });
  }
  return measured;
}

const placeOf = ({ citation }: RunbookMatch): string => `${citation.runbook.title} > ${citation.headings.at(-1) ?? ''}`;
