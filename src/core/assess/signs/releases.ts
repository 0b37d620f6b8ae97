/** The release that may have brought it, held against its own kind. */
import { isOutOfLine } from '../../query/why/out-of-line.ts';
import { daysBetween } from '../../window.ts';
import type { CheckAnswers, Part, Volume } from '../checks/check.ts';
import type { LeadMetric } from '../checks/plan.ts';
import { pageOf, type Situation } from '../situation.ts';
import { readFaults } from './faults.ts';
import { excessOf, isOff, rateOf, sumVolumes } from './volume.ts';

export interface ReleaseSign {
  release: string;
  /** Its first day here, YYYY-MM-DD, and how many days before it all began; null where not known. */
  began: string | null;
  daysBefore: number | null;
  under: number | null;
  before: number | null;
  /** Under other releases of the same service in the window; null where hardly anybody used one. */
  others: number | null;
  /** Of the window's events. */
  share: number;
  /** More under it than before by more than chance, and others not nearly as much; null where it cannot be told. */
  stands: boolean | null;
  /** Others moved half as much or more. */
  othersMoved: boolean;
  /** Pages besides that it is on, and on how many of them errors are out of line. */
  elsewhere: { pages: number; moved: number } | null;
  /** An error that is more than before and comes under this release alone, however other errors move. */
  alone: { value: string; share: number; ofTraffic: number } | null;
  /** Errors that are more than before and come under others as readily as under it. */
  shared: readonly string[];
  /** Events under it in the window, whose rate is told. */
  sample: number;
}

const ENOUGH = 30;
/** A release that is new holds far more of the window than of the week before. */
const NEW = 2.5;

/** Of the releases that are new in the window the one under which most is more than before; null where none is new. */
export function findSuspect(answers: CheckAnswers, situation: Situation): string | null {
  const parts = partsOf(answers);
  const total = { now: sumVolumes(parts.map(({ now }) => now)), before: sumVolumes(parts.map(({ before }) => before)) };
  const part = (volume: Volume, of: Volume): number =>
    of.exposure > 0 ? volume.exposure / of.exposure : of.count > 0 ? volume.count / of.count : 0;
  const fresh = parts.filter(
    ({ now, before }) => part(now, total.now) > 0.02 && part(now, total.now) > NEW * part(before, total.before),
  );
  // Nothing was known before: then nobody knows what is new.
  if (total.before.exposure + total.before.count === 0) return null;
  const [most] = fresh.sort((a, b) => gain(b, situation) - gain(a, situation));
  return most?.value ?? null;
}

const gain = (part: Part, { windows }: Situation): number =>
  part.before.exposure > 0 ? excessOf(part, windows.hours) : part.now.count;

export function readRelease(answers: CheckAnswers, situation: Situation, { rate }: LeadMetric): ReleaseSign | null {
  const release = findSuspect(answers, situation);
  const parts = partsOf(answers);
  const own = parts.find(({ value }) => value === release);
  if (release === null || own === undefined) return null;
  const kin = parts.filter(({ value }) => serviceOf(value ?? '') === serviceOf(release));
  const began = answers.get('release-start')?.parts.find(({ now }) => now.count > 0)?.bucket ?? null;
  const isLevel = rate === 'latency_p95';
  const told = isLevel ? levels(own, kin) : rates(own, kin, rate === 'conversion_rate' ? -1 : 1);
  const all = sumVolumes(parts.map(({ now }) => now));
  return {
    release,
    began,
    daysBefore: began === null ? null : daysBetween(began, situation.windows.began),
    ...told,
    share: isLevel ? own.now.exposure / Math.max(1, all.exposure) : own.now.count / Math.max(1, all.count),
    elsewhere: elsewhereOf(answers, situation),
    ...byError(answers, situation, own.now.exposure / Math.max(1, all.exposure)),
    sample: isLevel ? own.now.exposure : own.now.count,
  };
}

type Compared = Pick<ReleaseSign, 'under' | 'before' | 'others' | 'stands' | 'othersMoved'>;

function rates(own: Part, kin: readonly Part[], sign: 1 | -1): Compared {
  const earlier = sumVolumes(kin.map(({ before }) => before));
  const rest = sumVolumes(kin.filter((each) => each !== own).map(({ now }) => now));
  const under = rateOf(own.now);
  const before = earlier.exposure >= ENOUGH ? rateOf(earlier) : null;
  const others = rest.exposure >= ENOUGH ? rateOf(rest) : null;
  if (under === null || before === null || own.now.exposure < ENOUGH)
    return { under, before, others, stands: null, othersMoved: false };
  const moved = isOff({ ...own, before: earlier }, { now: 1, before: 1 }, sign);
  const othersMoved = others !== null && sign * (others - before) >= (sign * (under - before)) / 2;
  return { under, before, others, stands: moved && sign * (under - before) > 0 && !othersMoved, othersMoved };
}

/** Percentiles are held against each other as they are: half as slow again is no accident of a hundred requests. */
const SLOWER = 1.35;

function levels(own: Part, kin: readonly Part[]): Compared {
  const told = kin.filter(({ before }) => before.exposure >= ENOUGH);
  const rest = kin.filter((each) => each !== own && each.now.exposure >= ENOUGH);
  const before = weighted(told.map((each) => each.before));
  const others = weighted(rest.map(({ now }) => now));
  const under = own.now.exposure >= ENOUGH ? own.now.count : null;
  if (under === null || before === null) return { under, before, others, stands: null, othersMoved: false };
  const othersMoved = others !== null && others - before >= (under - before) / 2;
  return { under, before, others, stands: under > SLOWER * before && !othersMoved, othersMoved };
}

function weighted(levels: readonly Volume[]): number | null {
  const requests = levels.reduce((sum, { exposure }) => sum + exposure, 0);
  return requests > 0 ? levels.reduce((sum, { count, exposure }) => sum + count * exposure, 0) / requests : null;
}

/** An error this much of which is under a release that holds far less of the traffic. */
const ALONE = 0.85;
const FEWEST_ALONE = 8;
const WORTH_NAMING = 0.15;

/** Two faults at once move other releases too: then it is one kind of error that sets the release apart. */
function byError(
  answers: CheckAnswers,
  situation: Situation,
  ofTraffic: number,
): Pick<ReleaseSign, 'alone' | 'shared'> {
  const under = answers.get('release-errors')?.parts;
  if (!under || !(ofTraffic > 0)) return { alone: null, shared: [] };
  const kinds = (readFaults(answers, situation)?.kinds ?? []).map(({ value, count, share: ofExcess }) => {
    const own = under.find((part) => part.value === value)?.now.count ?? 0;
    const isRare = isOutOfLine(count - own, count * (1 - ofTraffic), -1);
    return { value, count, own, ofExcess, isRare, share: count > 0 ? own / count : 0 };
  });
  const alone = kinds.find(
    ({ own, share, ofExcess, isRare }) => own >= FEWEST_ALONE && share >= ALONE && ofExcess >= WORTH_NAMING && isRare,
  );
  const shared = kinds.filter(({ count, share, isRare }) => count >= FEWEST_ALONE && share < ALONE && !isRare);
  return {
    alone: alone ? { value: alone.value, share: alone.share, ofTraffic } : null,
    shared: shared.map(({ value }) => value),
  };
}

function elsewhereOf(answers: CheckAnswers, situation: Situation): ReleaseSign['elsewhere'] {
  const page = pageOf(situation);
  const answer = answers.get('release-elsewhere');
  if (!answer) return null;
  const other = answer.parts.filter(({ value, now }) => value !== null && value !== page && now.count > 0);
  const all = answers.get('errors-by-page')?.parts ?? [];
  const moved = other.filter(({ value }) => {
    const whole = all.find((each) => each.value === value);
    return whole !== undefined && isOff(whole, situation.windows.hours);
  });
  return { pages: other.length, moved: moved.length };
}

/** Every release of the window or of the week before; nothing where one of the two is not known. */
function partsOf(answers: CheckAnswers): Part[] {
  const [now, before] = [answers.get('rate-by-release')?.parts, answers.get('releases-before')?.parts];
  if (!now || !before) return [];
  const nothing: Volume = { count: 0, exposure: 0 };
  const values = [...new Set([...now, ...before].flatMap(({ value }) => value ?? []))];
  return values.map((value) => ({
    ...{ value, bucket: null },
    now: now.find((part) => part.value === value)?.now ?? nothing,
    before: before.find((part) => part.value === value)?.now ?? nothing,
  }));
}

/** "web" of "web@1.42.0"; empty where releases name no service. */
const serviceOf = (release: string): string => release.slice(0, Math.max(0, release.lastIndexOf('@')));
