import { excerptOf, linkTo } from '../../core/runbook/citation.ts';
import {
  BESIDE_FLOOR,
  NEARNESS_FLOOR,
  type RankedHit,
  RELEVANCE_FLOOR,
  type RunbookHit,
  rankHits,
} from '../../core/runbook/fuse.ts';
import { respell, unwrittenWords } from '../../core/runbook/respell.ts';
import { type RunbookNeed, type SearchTerm, termsOf } from '../../core/runbook/search-terms.ts';
import { redact } from '../../core/text/redact.ts';
import { dateInZone } from '../../core/window.ts';
import type { RunbookHits, RunbookMatch, RunbookReaders, RunbookSearch, RunbookStore } from '../runbooks.ts';
import type { FindByMeaning } from './find-by-meaning.ts';

const LIMIT = 3;
const MOST_ABOUT = 200;

export interface RunbookSearchDeps {
  runbooks: RunbookStore;
  /** The workspace's IANA zone: what is overdue, is by its day. */
  timezone: string;
  /** Finds what no word leads to; null where nobody is set up to embed. */
  findByMeaning: FindByMeaning | null;
}

/**
 * Words decide what covers a need, and meaning never does: no model tells a section that answers from one that is only
 * of the same matter. It names one more that comes near.
 */
export function createRunbookSearch({ runbooks, timezone, findByMeaning }: RunbookSearchDeps): RunbookSearch {
  return {
    async find({ need, readers, asOf, limit = LIMIT, isAside = false }) {
      const [{ terms, found }, meant] = await Promise.all([
        searchRespelt(runbooks, termsOf(need), readers),
        // What an assessment looks for are names, and it cites only what covers them.
        'words' in need && findByMeaning !== null ? findByMeaning(need.words, readers) : null,
      ]);
      const ranked = rankHits(terms, found);
      const covering = ranked.filter(({ score }) => score >= RELEVANCE_FLOOR).slice(0, limit);
      const floor = covering.length > 0 ? BESIDE_FLOOR : NEARNESS_FLOOR;
      const byWords = ranked.slice(covering.length, limit).filter(({ score }) => score >= floor);
      const isShown = [...covering, ...byWords].some(({ hit }) => hit.id === meant?.hit.id);
      const nearest = meant === null || isShown ? byWords : withLast(byWords, limit - covering.length, meant.hit);
      if (covering.length === 0 && !isAside) await runbooks.noteGap({ about: aboutOf(need), at: asOf });
      const texts = await runbooks.readTexts([...covering, ...nearest].map(({ hit }) => hit.id));
      const today = dateInZone(asOf, timezone);
      const toMatches = (some: readonly RankedHit[]): RunbookMatch[] =>
        some.flatMap((one) => {
          const text = texts.get(one.hit.id);
          return text === undefined ? [] : [toMatch(one, text, today)];
        });
      return { covering: toMatches(covering), nearest: toMatches(nearest) };
    },
  };
}

/** The last of the places is for this one. */
const withLast = (others: readonly RankedHit[], places: number, hit: RunbookHit): readonly RankedHit[] =>
  places === 0 ? others : [...others.slice(0, places - 1), { hit, score: 0 }];

/** A word that nobody wrote is taken for the one it was misspelt from, and looked for again. */
export async function searchRespelt(
  runbooks: RunbookStore,
  asked: readonly SearchTerm[],
  readers: RunbookReaders,
): Promise<{ terms: readonly SearchTerm[]; found: RunbookHits }> {
  const found = await runbooks.search(asked, readers);
  const unwritten = unwrittenWords(asked, found.holders);
  const names = unwritten.length === 0 ? [] : await runbooks.namesLike(unwritten, readers);
  const terms = respell(asked, found.holders, names);
  return terms === asked ? { terms, found } : { terms, found: await runbooks.search(terms, readers) };
}

function toMatch({ hit, score }: RankedHit, text: string, today: string): RunbookMatch {
  const { runbook, headings, anchor } = hit;
  const { number, title, version, url, reviewBy } = runbook;
  return {
    citation: {
      runbook: { number, title, version },
      headings,
      anchor,
      link: linkTo(url, hit),
      excerpt: excerptOf(text),
    },
    score,
    isOverdue: reviewBy !== null && reviewBy < today,
  };
}

/** What nobody wrote of, short enough to count the same question as one. */
export function aboutOf(need: RunbookNeed): string {
  const said =
    'words' in need ? need.words.toLowerCase() : [need.surface, ...need.signatures, ...need.categories].join(' ');
  return redact(said.replace(/\s+/g, ' ').trim()).slice(0, MOST_ABOUT);
}
