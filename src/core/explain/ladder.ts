import type { PatternRecord } from '../records.ts';

/** How strongly the record speaks about a cause, weakest first. Only a reversal after a rollback may say "caused". */
export const RUNGS = ['co-occurs', 'precedes', 'concentrated', 'release-aligned'] as const;
export type Rung = (typeof RUNGS)[number];

/** The verb each rung may use; no text says more than its rung. */
export const RUNG_VERBS: Readonly<Record<Rung, string>> = {
  'co-occurs': 'rose with',
  precedes: 'began before',
  concentrated: 'make up',
  'release-aligned': 'began with release',
};

/** Every wording that claims as much as its rung, and "reversed", which only a rollback that helped may stand on. */
const CLAIMS: readonly { rung: Rung | 'reversed'; words: RegExp }[] = [
  {
    rung: 'reversed',
    words:
      /\b(?:caus(?:es|ed|ing)|(?<!for a )cause|because|due to|led to|leads to|result(?:s|ed)? (?:in|from)|responsible|triggered|root cause|thanks to|made it)\b/i,
  },
  { rung: 'release-aligned', words: /\b(?:began|started|begins|starts) with\b|\bsince release\b/i },
  { rung: 'concentrated', words: /\b(?:makes? up|made up|concentrated in|accounts? for)\b/i },
  { rung: 'precedes', words: /\b(?:began|came|rose|fell|started|moved) before\b|\bpreceded\b/i },
  { rung: 'co-occurs', words: /\b(?:rose|fell|moved|happened|came) with\b/i },
];

/** The strongest claim a text makes about why; null where it makes none. */
export function claimOf(text: string): Rung | 'reversed' | null {
  return CLAIMS.find(({ words }) => words.test(text))?.rung ?? null;
}

/** Whether a text claims no more than the evidence carries. @param rung null for evidence of nothing. */
export function staysWithin(rung: Rung | null, text: string): boolean {
  const height = (of: Rung | 'reversed' | null): number =>
    of === null ? -1 : of === 'reversed' ? RUNGS.length : RUNGS.indexOf(of);
  return height(claimOf(text)) <= height(rung);
}

/**
 * The text, where it claims no more than the evidence carries.
 * @throws RangeError for a stronger verb: a slip in our own words, which must not reach a person.
 */
export function withinRung(rung: Rung | null, text: string): string {
  if (staysWithin(rung, text)) return text;
  throw new RangeError(`"${text}" says ${claimOf(text)}, the evidence ${rung ?? 'nothing'}`);
}

const SIGNS: Readonly<Record<Rung, { rule: RegExp; hint: RegExp }>> = {
  'co-occurs': { rule: /^co-occur/, hint: /co-occur/ },
  precedes: { rule: /^lag$/, hint: /precede/ },
  concentrated: { rule: /^concentrat/, hint: /concentrat/ },
  'release-aligned': { rule: /^release/, hint: /release correlated/ },
};

/** True when a finding or a hint of the record stands on that rung. */
export function standsOn(record: PatternRecord, rung: Rung): boolean {
  const { rule, hint } = SIGNS[rung];
  return record.findings.some((finding) => rule.test(finding.rule)) || record.hints.some((text) => hint.test(text));
}

/** The highest rung the record stands on; null when nothing points anywhere. */
export function strongestRung(record: PatternRecord): Rung | null {
  return RUNGS.findLast((rung) => standsOn(record, rung)) ?? null;
}
