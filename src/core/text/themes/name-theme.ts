import { isStopWord } from './stop-words.ts';

export interface ThemeName {
  /** 1-4 words, most telling first; none where the tickets share no word. */
  readonly terms: readonly string[];
  /** The best three in the order people write them. */
  readonly label: string;
}

/** How many texts hold each stem. */
export interface StemCounts {
  readonly texts: number;
  readonly holding: ReadonlyMap<string, number>;
}

const TERMS = 4;
const IN_LABEL = 3;
/** The share of a theme's tickets that must hold a term: what fewer hold may be somebody's name. */
const SUPPORT = 0.25;
/** Terms far below the best one pad the label. */
const WORTH = 0.4;
const SHORTEST_TERM = 3;

/** Counts the stems of a corpus, each once a text. */
export function countStems(corpus: readonly (readonly string[])[]): StemCounts {
  const holding = new Map<string, number>();
  for (const words of corpus)
    for (const stem of new Set(words.filter(isTerm).map(stemOf))) holding.set(stem, (holding.get(stem) ?? 0) + 1);
  return { texts: corpus.length, holding };
}

/**
 * Names what some texts have in common against the rest of their corpus: class-based TF-IDF (Grootendorst 2022) with
 * the share of texts for the frequency, so that one long ticket names nothing: share · ln(1 + N / texts holding it).
 * @param members the words of each text of the theme; all are part of the corpus.
 */
export function nameTheme(members: readonly (readonly string[])[], corpus: StemCounts): ThemeName {
  const uses = collectUses(members);
  const least = Math.max(Math.min(2, members.length), members.length * SUPPORT);
  const scored = [...uses]
    .filter(([, { texts }]) => texts >= least)
    .map(([stem, use]) => ({
      word: commonest(use.forms),
      place: use.places / use.texts,
      score: (use.texts / members.length) * Math.log(1 + corpus.texts / (corpus.holding.get(stem) ?? use.texts)),
    }))
    .sort((a, b) => b.score - a.score || compare(a.word, b.word));
  const best = scored[0]?.score ?? 0;
  const chosen = scored.slice(0, TERMS).filter(({ score }, index) => index < 2 || score >= best * WORTH);
  const inLabel = chosen.slice(0, IN_LABEL).sort((a, b) => a.place - b.place || compare(a.word, b.word));
  return { terms: chosen.map(({ word }) => word), label: inLabel.map(({ word }) => word).join(' ') };
}

interface Use {
  texts: number;
  /** Σ of where it first stands in a text, 0 at its start and 1 at its end. */
  places: number;
  forms: Map<string, number>;
}

function collectUses(members: readonly (readonly string[])[]): Map<string, Use> {
  const uses = new Map<string, Use>();
  for (const words of members) {
    const seen = new Set<string>();
    words.forEach((word, index) => {
      if (!isTerm(word)) return;
      const stem = stemOf(word);
      const use = uses.get(stem) ?? { texts: 0, places: 0, forms: new Map<string, number>() };
      uses.set(stem, use);
      const form = word.replace(/'s$/, '');
      use.forms.set(form, (use.forms.get(form) ?? 0) + 1);
      if (seen.has(stem)) return;
      seen.add(stem);
      use.texts += 1;
      use.places += index / words.length;
    });
  }
  return uses;
}

/** Short words are articles and particles of some language, except where a sign is a word. */
const isTerm = (word: string): boolean =>
  !isStopWord(word) && (word.length >= SHORTEST_TERM || /^[^\p{Script=Latin}\p{Script=Cyrillic}]{2,}$/u.test(word));

/** "invoices" and "invoice", "downloading" and "download" are one term. English endings; harmless elsewhere. */
function stemOf(word: string): string {
  const base = word.replace(/'s$/, '');
  if (base.length < 5) return base.replace(/(?<=[^s])s$/, '');
  return base
    .replace(/ies$/, 'y')
    .replace(/(?<=[^su])s$/, '')
    .replace(/(?<=.{3})(?:ing|ed)$/, '')
    .replace(/([bdgklmnprt])\1$/, '$1')
    .replace(/e$/, '');
}

function commonest(forms: ReadonlyMap<string, number>): string {
  const [first] = [...forms].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
  return first?.[0] ?? '';
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
