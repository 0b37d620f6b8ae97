import type { Fact } from '../records.ts';

type BoundText = { ok: true; text: string } | { ok: false; unbound: string[] };

const PLACEHOLDER = /\{\{\s*fact:\s*([a-z0-9_.]+)\s*\}\}/g;

/** Terms of art that hold a digit and state no figure. */
const SAFE_TERMS = /\bp(?:50|75|90|95|99)\b|\b[45]xx\b/gi;

/** Digits and numerals of any script, "½" and "Ⅳ" included, with the word they sit in. */
const DIGITS = /[\p{L}\p{N}.,%$€£¥-]*\p{N}[\p{L}\p{N}.,%-]*/gu;

const SMALL = 'zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve';
const TEENS = 'thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety';
const LARGE = 'hundreds?|thousands?|millions?|billions?|dozens?';
const PARTS = 'half|halves|halved|twice|thrice|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|quadrupl(?:e|es|ed|ing)';
const SHARES = 'an? (?:third|quarter|fifth|tenth)|(?:third|quarter|fifth|tenth)s of|[a-z]+fold';
const NUMBER_WORDS = new RegExp(`\\b(?:${[SMALL, TEENS, TENS, LARGE, PARTS, SHARES].join('|')})\\b`, 'gi');

/** "one" is a figure unless it stands for a thing: "no one", "this one", "one of", "one another". */
const ONE = /(?<!\b(?:no|this|that|which|each|every|any|another|the|a|only)[ -])\bone\b(?! (?:of|another)\b)/gi;

/**
 * Puts the figures into a text that names them: `{{fact:error_rate.current}}` becomes "8.3%".
 *
 * A text that states any figure of its own is refused whole, as is a placeholder nobody computed. What counts as a
 * figure: numerals of any script and number words. What does not: `SAFE_TERMS`, ordinals ("first"), vague words
 * ("most", "several"), and a name that is itself a fact ("web@1.42.0"), written out.
 */
export function bindFacts(text: string, facts: readonly Fact[]): BoundText {
  const known = new Map(facts.map((fact) => [fact.id, fact.text]));
  const unbound: string[] = [];
  const prose = text.replace(PLACEHOLDER, (placeholder, id: string) => {
    if (!known.has(id)) unbound.push(placeholder);
    return '\u0000';
  });
  unbound.push(...statedFigures(withoutNames(prose, facts)));
  if (unbound.length > 0) return { ok: false, unbound };
  return { ok: true, text: text.replace(PLACEHOLDER, (_, id: string) => known.get(id) ?? '') };
}

/** The figures and broken placeholders a text states by itself. */
function statedFigures(prose: string): string[] {
  const rest = prose.replace(SAFE_TERMS, '');
  const braces = rest.includes('{{') || rest.includes('}}') ? ['{{ }}'] : [];
  return [...braces, ...matches(rest, DIGITS), ...matches(rest, NUMBER_WORDS), ...matches(rest, ONE)];
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[0]);
}

/** Takes out names that are facts; only whole names with a letter in them, so that "2" never excuses a figure. */
function withoutNames(prose: string, facts: readonly Fact[]): string {
  const names = facts
    .filter(
      (fact) => fact.unit === 'name' && /\p{L}/u.test(fact.text) && fact.text.length > 2 && prose.includes(fact.text),
    )
    .map((fact) => fact.text)
    .sort((a, b) => b.length - a.length);
  return names.reduce((rest, name) => {
    const whole = new RegExp(`(?<![\\p{L}\\p{N}.])${escapePattern(name)}(?![\\p{L}\\p{N}])`, 'gu');
    return rest.replace(whole, '\u0000');
  }, prose);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
