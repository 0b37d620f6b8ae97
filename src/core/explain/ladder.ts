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
