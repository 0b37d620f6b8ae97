import { negativeBinomialLowerTail, negativeBinomialUpperTail } from '../../stats.ts';
import { dayNumber } from '../../window.ts';
import { baselineSlots } from '../baseline.ts';
import { plainFinding, type RelatingRule, type RelationContext } from '../rule.ts';

/** What is left of the old signature, at most, against its usual day. */
const MAX_LEFT = 0.34;
/** The new one holds about as much as the old one lost. */
const ALIKE = [0.5, 2] as const;
const MAX_P = 0.001;
/** The surface's errors as a whole look like any day's. */
const ORDINARY_P = 0.01;
/** Relative variance of a day's count that says nothing. */
const DISPERSION = 0.1;

/**
 * A signature that is new where another stopped, with as many errors in all as ever: the same fault under another
 * name (a release, a renamed error), or one fault that hid behind the end of another. Either way no rise.
 */
export const signatureSwap: RelatingRule = {
  kind: 'relate',
  id: 'signature-swap',
  summary: 'A new error signature took the place of another; the number of errors did not change.',
  entityTypes: ['error_signature'],
  profiles: ['default'],
  relate: (day) =>
    day.findings.flatMap((finding) => {
      if (finding.rule !== 'new-signature') return [];
      const swap = findSwap(day, finding.entity_key);
      return swap ? plainFinding(day, 'signature-swap', finding, 'errors', { ...swap }) : [];
    }),
};

interface Swap {
  surface: string;
  /** The signature that stopped. */
  replaced: string;
  replaced_usual: number;
  replaced_now: number;
  new_count: number;
  errors: number;
  errors_usual: number;
}

function findSwap(day: RelationContext, signature: string): Swap | undefined {
  const own = day.history.signatures.find((entry) => entry.signature === signature);
  const home = (own?.rows ?? [])
    .filter(({ date }) => date === day.date)
    .sort((a, b) => b.errors - a.errors || (a.surface < b.surface ? -1 : 1))[0];
  const total = day.history.surfaces.find(({ surface }) => surface === home?.surface)?.measures.errors;
  const slots = baselineSlots(day.slot, 1, day.settings.baselineDays, day.usable('errors'));
  if (!home || !total || slots.length < day.settings.minHistoryDays) return undefined;
  const usually = (of: (slot: number) => number): number =>
    slots.reduce((sum, slot) => sum + of(slot), 0) / slots.length;
  const errors = total[day.slot] ?? 0;
  const errorsUsual = usually((slot) => total[slot] ?? 0);
  if (tail(negativeBinomialUpperTail, errors, errorsUsual) <= ORDINARY_P) return undefined;
  if (tail(negativeBinomialLowerTail, errors, errorsUsual) <= ORDINARY_P) return undefined;
  const counts = new Map<string, { before: number; now: number }>();
  const baseline = new Set(slots);
  for (const row of day.history.signatureRows.get(home.surface) ?? []) {
    if (row.signature === signature) continue;
    const known = counts.get(row.signature) ?? { before: 0, now: 0 };
    if (row.date === day.date) known.now += row.errors;
    else if (baseline.has(dayNumber(row.date) - day.history.firstDay)) known.before += row.errors;
    counts.set(row.signature, known);
  }
  const stopped = [...counts]
    .map(([replaced, { before, now }]) => ({ replaced, usual: before / slots.length, now }))
    .filter(({ usual, now }) => now <= MAX_LEFT * usual && tail(negativeBinomialLowerTail, now, usual) <= MAX_P)
    .filter(({ usual, now }) => home.errors >= ALIKE[0] * (usual - now) && home.errors <= ALIKE[1] * (usual - now))
    .sort((a, b) => b.usual - b.now - (a.usual - a.now) || (a.replaced < b.replaced ? -1 : 1))[0];
  return (
    stopped && {
      surface: home.surface,
      replaced: stopped.replaced,
      replaced_usual: Number(stopped.usual.toPrecision(4)),
      replaced_now: stopped.now,
      new_count: home.errors,
      errors,
      errors_usual: Number(errorsUsual.toPrecision(4)),
    }
  );
}

function tail(of: (count: number, mean: number, variance: number) => number, count: number, mean: number): number {
  return of(count, mean, mean + DISPERSION * mean ** 2);
}
