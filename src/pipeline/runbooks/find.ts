import { excerptOf, linkTo } from '../../core/runbook/citation.ts';
import { BESIDE_FLOOR, NEARNESS_FLOOR, type RankedHit, RELEVANCE_FLOOR, rankHits } from '../../core/runbook/fuse.ts';
import { respell, unwrittenWords } from '../../core/runbook/respell.ts';
import { type RunbookNeed, type SearchTerm, termsOf } from '../../core/runbook/search-terms.ts';
import { redact } from '../../core/text/redact.ts';
import { dateInZone } from '../../core/window.ts';
import type { RunbookHits, RunbookMatch, RunbookReaders, RunbookSearch, RunbookStore } from '../runbooks.ts';

const LIMIT = 3;
const MOST_ABOUT = 200;

/** @param timezone the workspace's IANA zone: what is overdue, is by its day. */
export function createRunbookSearch({
  runbooks,
  timezone,
}: {
  runbooks: RunbookStore;
  timezone: string;
}): RunbookSearch {
  return {
    async find({ need, readers, asOf, limit = LIMIT }) {
      const { terms, found } = await searchRespelt(runbooks, termsOf(need), readers);
      const ranked = rankHits(terms, found);
      const covering = ranked.filter(({ score }) => score >= RELEVANCE_FLOOR).slice(0, limit);
      const floor = covering.length > 0 ? BESIDE_FLOOR : NEARNESS_FLOOR;
      const nearest = ranked.slice(covering.length, limit).filter(({ score }) => score >= floor);
      if (covering.length === 0) await runbooks.noteGap({ about: aboutOf(need), at: asOf });
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
