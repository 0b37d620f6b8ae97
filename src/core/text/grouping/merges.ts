/** Signatures that a person declared to be one fault: the events keep their own, they are counted under another. */
import type { SignatureDay, TopSignature } from '../../records.ts';

/** From a merged signature to the one it is counted under, however many merges lie between. */
export type Merges = ReadonlyMap<string, string>;

/** Follows merges of merges to their end. A circle, which nothing stores, ends where it would begin again. */
export function followMerges(direct: ReadonlyMap<string, string>): Merges {
  const merges = new Map<string, string>();
  for (const signature of direct.keys()) {
    const passed = new Set([signature]);
    let target = signature;
    for (let next = direct.get(target); next !== undefined && !passed.has(next); next = direct.get(target)) {
      passed.add(next);
      target = next;
    }
    if (target !== signature) merges.set(signature, target);
  }
  return merges;
}

/** The signature and all that are counted under it. */
export function mergedWith(merges: Merges, signature: string): string[] {
  return [signature, ...[...merges].flatMap(([from, into]) => (into === signature ? [from] : []))];
}

/**
 * Days of merged signatures as one. The example and the link are those of the signature itself where it was seen that
 * day, else of the most frequent one. The order of the rows stays.
 */
export function mergeSignatureDays(days: readonly SignatureDay[], merges: Merges): SignatureDay[] {
  return mergeRows(
    days,
    merges,
    (day) => JSON.stringify([day.date, day.surface]),
    ({ signature }) => signature,
    ({ errors }) => errors,
    (day, signature, errors) => ({ ...day, signature, errors }),
  );
}

/** A surface's list with merged signatures as one, most frequent first. */
export function mergeTopSignatures(list: readonly TopSignature[], merges: Merges): TopSignature[] {
  const merged = mergeRows(
    list,
    merges,
    () => '',
    ({ sig }) => sig,
    ({ count }) => count,
    (entry, sig, count) => ({ ...entry, sig, count }),
  );
  return merged.length === list.length ? merged : merged.sort((a, b) => b.count - a.count);
}

function mergeRows<T>(
  rows: readonly T[],
  merges: Merges,
  placeOf: (row: T) => string,
  signatureOf: (row: T) => string,
  countOf: (row: T) => number,
  rename: (row: T, signature: string, count: number) => T,
): T[] {
  if (!rows.some((row) => merges.has(signatureOf(row)))) return [...rows];
  const together = new Map<string, { shown: T; signature: string; count: number }>();
  for (const row of rows) {
    const signature = merges.get(signatureOf(row)) ?? signatureOf(row);
    const key = `${placeOf(row)}\n${signature}`;
    const known = together.get(key);
    if (known === undefined) {
      together.set(key, { shown: row, signature, count: countOf(row) });
      continue;
    }
    known.count += countOf(row);
    const isOwn = signatureOf(row) === signature;
    const hasOwn = signatureOf(known.shown) === signature;
    if (isOwn || (!hasOwn && countOf(row) > countOf(known.shown))) known.shown = row;
  }
  return [...together.values()].map(({ shown, signature, count }) => rename(shown, signature, count));
}
