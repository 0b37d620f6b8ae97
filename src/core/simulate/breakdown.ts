/** Splits a surface's day by error signature and by release: the shares a made-up product has, and what was planted. */
import type { ReleaseDay, SignatureDay, SurfaceDay } from '../records.ts';
import type { Release } from './calendar.ts';
import { TOP_SHARE } from './effects.ts';
import type { AddedErrors } from './plant.ts';
import type { Rng } from './rng.ts';
import { binomial } from './samplers.ts';

/** Share of traffic under a release on its first days; all of it from then on. */
const ADOPTION = [0.5, 0.9];
/** Of what is left after the most frequent one: the second, and one that every surface knows. */
const SECOND_SHARE = 0.75;

/** The day's errors by signature. */
export function splitBySignature(rng: Rng, row: SurfaceDay, added: readonly AddedErrors[]): SignatureDay[] {
  const counts = new Map<string, number>();
  const add = (signature: string, errors: number): void => {
    if (errors > 0) counts.set(signature, (counts.get(signature) ?? 0) + errors);
  };
  let usual = row.errors;
  for (const { signature, errors, share } of added) {
    if (signature === null || share > 0) continue;
    const named = Math.min(usual, errors);
    add(signature, named);
    usual -= named;
  }
  const top = binomial(rng, usual, TOP_SHARE);
  const second = binomial(rng, usual - top, SECOND_SHARE);
  const swap = added.find(({ share }) => share > 0);
  const swapped = swap ? binomial(rng, top, swap.share) : 0;
  if (swap?.signature) add(swap.signature, swapped);
  add(`${row.surface} TypeError`, top - swapped);
  add(`${row.surface} Timeout`, second);
  add('NetworkError', usual - top - second);
  return [...counts].map(([signature, errors]) => ({
    date: row.date,
    surface: row.surface,
    signature,
    errors,
    example: signature,
    url: null,
    release_top: row.release_top,
  }));
}

/** The day's exposure and errors under each release, newest first. */
export function splitByRelease(
  rng: Rng,
  row: SurfaceDay,
  slot: number,
  releases: readonly Release[],
  added: readonly AddedErrors[],
): ReleaseDay[] {
  const begun = releases.filter((release) => release.slot <= slot);
  const newest = begun.at(-1);
  const former = begun.at(-2);
  if (!newest) return [];
  const share = former ? (ADOPTION[slot - newest.slot] ?? 1) : 1;
  const brought = added
    .filter(({ release }) => release === newest.release)
    .reduce((sum, { errors }) => sum + errors, 0);
  const under = {
    pageviews: binomial(rng, row.pageviews, share),
    requests: binomial(rng, row.requests, share),
    errors: Math.min(row.errors, brought) + binomial(rng, Math.max(0, row.errors - brought), share),
  };
  const { date, surface } = row;
  const days: ReleaseDay[] = [{ date, surface, release: newest.release, ...under }];
  if (former && share < 1) {
    const rest = {
      pageviews: row.pageviews - under.pageviews,
      requests: row.requests - under.requests,
      errors: row.errors - under.errors,
    };
    days.push({ date, surface, release: former.release, ...rest });
  }
  return days;
}
