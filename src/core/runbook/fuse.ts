/** Ranks sections by how much of a need they cover, and says when that is too little to speak of. */
import type { SearchTerm } from './search-terms.ts';

/** How a section holds one way of putting a term. */
export interface TermHit {
  /** Index into the terms that were searched. */
  term: number;
  inTitle: boolean;
  /** In a heading above the section. */
  inHeadings: boolean;
  inKeywords: boolean;
  /** PostgreSQL's rank of the section's own text, 0-1; 0 where it does not hold the term. */
  body: number;
  /** 1 for the term itself; less for another way of putting it, or for a word that is only spelled like it. */
  likeness: number;
}

/** A section that holds at least one term. */
export interface RunbookHit {
  id: string;
  runbook: {
    number: number;
    title: string;
    version: number;
    url: string | null;
    /** `YYYY-MM-DD`. */
    reviewBy: string | null;
  };
  headings: readonly string[];
  anchor: string;
  page: number | null;
  /** From 0, in the runbook's order. */
  place: number;
  hits: readonly TermHit[];
}

export interface RankedHit {
  hit: RunbookHit;
  /** 0-1. */
  score: number;
}

/**
 * Below this, a section is said not to cover a need. Measured by `npm run eval:runbooks`: the lowest floor that keeps
 * false citations of uncovered questions under 5%.
 */
export const RELEVANCE_FLOOR = 0.36;

/** Words that everybody uses of trouble weigh less, and are no subject by themselves. */
const SAYS_SOMETHING = 1;

/** How far each place alone goes to say that a section is about a term. */
const HEADING = 0.8;
const KEYWORD = 0.7;
const TITLE = 0.6;
const TEXT = 0.55;
/** On top, for a text that comes back to the term. */
const MOST_FOR_OFTEN = 0.2;

/**
 * The share of the need that each section covers, each term weighed by how rare it is: Σ w·idf·strength / Σ w·idf with
 * idf = ln(1 + (N - n + ½) / (n + ½)), as BM25 has it (Robertson & Zaragoza, 2009). A term that no section holds counts
 * in full below the line: what nobody wrote of is not covered by a page that shares the other words.
 * @param sections N, the sections searched. Best first; ties by runbook and place.
 */
export function rankHits(terms: readonly SearchTerm[], hits: readonly RunbookHit[], sections: number): RankedHit[] {
  const holders = terms.map((_, term) => hits.filter((hit) => hit.hits.some((one) => one.term === term)).length);
  const worth = terms.map(({ weight }, term) => {
    const n = holders[term] ?? 0;
    return weight * Math.log(1 + (sections - n + 0.5) / (n + 0.5));
  });
  const all = worth.reduce((sum, one) => sum + one, 0);
  if (all === 0) return [];
  return hits
    .filter((hit) => hit.hits.some(({ term }) => (terms[term]?.weight ?? 0) >= SAYS_SOMETHING))
    .map((hit) => {
      const covered = worth.reduce((sum, one, term) => sum + one * strengthOf(hit, term), 0);
      return { hit, score: covered / all };
    })
    .sort((a, b) => b.score - a.score || a.hit.runbook.number - b.hit.runbook.number || a.hit.place - b.hit.place);
}

function strengthOf({ hits }: RunbookHit, term: number): number {
  return hits.reduce((best, one) => (one.term === term ? Math.max(best, one.likeness * placeStrength(one)) : best), 0);
}

/** Places add up as independent hints do: 1 - Π(1 - p). */
function placeStrength({ inTitle, inHeadings, inKeywords, body }: TermHit): number {
  const inText = body === 0 ? 0 : TEXT + Math.min(MOST_FOR_OFTEN, body);
  const missed = [inHeadings ? HEADING : 0, inKeywords ? KEYWORD : 0, inTitle ? TITLE : 0, inText];
  return 1 - missed.reduce((all, hint) => all * (1 - hint), 1);
}
