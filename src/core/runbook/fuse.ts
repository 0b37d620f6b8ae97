/** Ranks sections by how much of a need they cover, and says when that is too little to speak of. */
import { EMPTY_WORDS } from './common-words.ts';
import type { SearchTerm } from './search-terms.ts';
import { plainWords, stemOf } from './words.ts';

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

interface FoundHits {
  hits: readonly RunbookHit[];
  /** n, the sections that hold each term, in the terms' order: more than are among the hits. */
  holders: readonly number[];
  /** N, the sections searched. */
  sections: number;
}

export interface RankedHit {
  hit: RunbookHit;
  /** 0-1. */
  score: number;
}

/**
 * Below this, a section is said not to cover a need. Chosen by the parts of tests/evals/runbooks that the search was
 * tuned by: there 2.4% of 371 uncovered questions find any (5.9% at 0.3), so that others may find more and stay below 5%.
 */
export const RELEVANCE_FLOOR = 0.38;

/**
 * From here to the floor nobody can tell. Of the questions tuned by, the sections of 6% of 454 score less, and 69% of
 * those that nothing covers have none that scores more.
 */
export const DOUBT_FLOOR = 0.15;

/** Below this, a section is not even near: it shares no more with what was asked than a word that many hold. */
export const NEARNESS_FLOOR = 0.05;

/** Where a section covers a need, another is worth naming from here on. Of those tuned by, none is lost up to 0.3. */
export const BESIDE_FLOOR = 0.2;

/** Parts of the score that a section keeps whose heading and title name nothing of the need, and so on. */
const WITHOUT_FOCUS = 0.6;
const LOST_BY_UNWRITTEN = 0.6;
/** The heading's share of focus, the title has the rest. */
const HEADING_FOCUS = 0.7;
/** Subjects that meet in one section say more than each by itself: for the second and the third. */
const GAINED_BY_ANOTHER = 0.1;
const MOST_OTHERS = 2;
const WITHOUT_DEED = 0.5;
/** As many terms as most questions have; those with fewer are held to more, within bounds. */
const USUAL_TERMS = 5;
const FEWEST_TERMS = 2;
const MOST_TERMS = 12;

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
 * How well each section covers the need: coverage · (0.6 + 0.4 · focus) · (1 - 0.6 · unwritten) · met · done · √(terms / 5).
 *
 * Coverage is Σ w·idf·strength / Σ w·idf over the terms, with idf = ln(1 + (N - n + ½) / (n + ½)) as BM25 has it
 * (Robertson & Zaragoza, 2009). Focus is the share of the heading's and the title's words that the need names: a
 * section that is about more than was asked covers it less. Unwritten is the share of the need's subjects that no
 * section holds: what nobody wrote of is not covered by a page that shares the other words. Met is 1 for one subject,
 * 1.1 for two and 1.2 for more of them in one section. Done is ½ where what is asked to be done is nothing that the
 * section names. The last factor is for who tells a story: no section covers all of it, where two words should be
 * covered whole. Exponents 0, ⅓, ½, ¾ and 1 were tried: over ½ short questions are lost.
 * @returns best first; ties by runbook and place.
 */
export function rankHits(terms: readonly SearchTerm[], { hits, holders, sections }: FoundHits): RankedHit[] {
  const worth = terms.map(({ weight }, term) => {
    const n = holders[term] ?? 0;
    // What is said of any trouble, and not here, says nothing.
    if (n === 0 && weight < SAYS_SOMETHING) return 0;
    return weight * Math.log(1 + (sections - n + 0.5) / (n + 0.5));
  });
  const all = worth.reduce((sum, one) => sum + one, 0);
  const subjects = terms.flatMap(({ weight }, term) => (weight >= SAYS_SOMETHING ? [term] : []));
  const unwritten = subjects.filter((term) => holders[term] === 0).length / subjects.length;
  const deed = terms.findIndex(({ isDeed }) => isDeed);
  const told = Math.sqrt(Math.max(FEWEST_TERMS, Math.min(MOST_TERMS, terms.length)) / USUAL_TERMS);
  return hits
    .filter((hit) => hit.hits.some(({ term }) => subjects.includes(term)))
    .map((hit) => {
      const covered = worth.reduce((sum, one, term) => sum + one * strengthOf(hit, term), 0) / all;
      const focus = WITHOUT_FOCUS + (1 - WITHOUT_FOCUS) * focusOf(hit, terms);
      const others = subjects.filter((term) => hit.hits.some((one) => one.term === term)).length - 1;
      const met = 1 + GAINED_BY_ANOTHER * Math.min(MOST_OTHERS, others);
      const done = deed < 0 || hit.hits.some(({ term }) => term === deed) ? 1 : WITHOUT_DEED;
      return { hit, score: Math.min(1, covered * focus * (1 - LOST_BY_UNWRITTEN * unwritten) * met * done * told) };
    })
    .sort((a, b) => b.score - a.score || a.hit.runbook.number - b.hit.runbook.number || a.hit.place - b.hit.place);
}

/** Between the heading and the title, the share of words that the terms name which the section holds. */
function focusOf({ hits, headings, runbook }: RunbookHit, terms: readonly SearchTerm[]): number {
  const named = new Set(
    hits.flatMap(({ term }) => (terms[term]?.alternatives ?? []).flatMap((way) => way.split(' ').map(stemOf))),
  );
  const share = (text: string): number => {
    const stems = plainWords(text)
      .filter((word) => !EMPTY_WORDS.has(word))
      .map(stemOf);
    return stems.length === 0 ? 0 : stems.filter((stem) => named.has(stem)).length / stems.length;
  };
  return HEADING_FOCUS * share(headings.at(-1) ?? '') + (1 - HEADING_FOCUS) * share(runbook.title);
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
