/** Finds the segments that have far too many values in the surfaces that are stored, and the rule that would join them. */
import { parseSurfaceRule } from './surface-rules.ts';

/** Fewer pages below one are a menu that people made by hand. */
const MANY = 30;
/** Kinds of pages below the segment that are worth a rule each; beyond them one takes the rest. */
const KINDS = 3;

export interface SurfaceSuggestion {
  /** `/u/<312 different values>`. */
  seen: string;
  rule: string;
  /** Surfaces it would join. */
  surfaces: number;
}

interface Branch {
  /** Values of the segment, each with what follows it. */
  readonly values: Map<string, Set<string>>;
  surfaces: number;
}

/**
 * Rules for segments with at least 30 different values below one beginning, the largest first. Pages at the top are
 * left alone: there is nothing to tell those of one kind by.
 */
export function suggestSurfaceRules(surfaces: Iterable<string>): SurfaceSuggestion[] {
  const branches = new Map<string, Branch>();
  for (const surface of new Set(surfaces)) addTo(branches, surface);
  const many = [...branches].filter(([, { values }]) => values.size >= MANY);
  // What lies below a segment that is joined is joined with it.
  const outer = many.filter(([prefix]) => !many.some(([other]) => other !== prefix && prefix.startsWith(`${other}/`)));
  return outer.flatMap(([prefix, branch]) => rulesOf(prefix, branch)).sort(bySize);
}

function addTo(branches: Map<string, Branch>, surface: string): void {
  const segments = surface.split('/').slice(1);
  for (let at = 1; at < segments.length; at++) {
    const value = segments[at] ?? '';
    if (value.startsWith(':') || value === '*') continue;
    const prefix = `/${segments.slice(0, at).join('/')}`;
    const branch = branches.get(prefix) ?? { values: new Map(), surfaces: 0 };
    const rests = branch.values.get(value) ?? new Set();
    branches.set(prefix, branch);
    branch.values.set(value, rests.add(segments.slice(at + 1).join('/')));
    branch.surfaces += 1;
  }
}

function rulesOf(prefix: string, { values, surfaces }: Branch): SurfaceSuggestion[] {
  const counted = new Map<string, number>();
  for (const rests of values.values()) for (const rest of rests) counted.set(rest, (counted.get(rest) ?? 0) + 1);
  const kinds = [...counted].filter(([, count]) => count >= MANY);
  const whole = kinds.length === 0 || kinds.length > KINDS || !covers(kinds, surfaces);
  if (whole) return suggestion(prefix, values.size, '*', surfaces);
  return kinds.flatMap(([rest, count]) => suggestion(prefix, count, rest === '' ? ':name' : `:name/${rest}`, count));
}

/** Whether these kinds are nearly all there is. */
function covers(kinds: readonly (readonly [string, number])[], surfaces: number): boolean {
  return kinds.reduce((sum, [, count]) => sum + count, 0) >= surfaces * 0.9;
}

function suggestion(prefix: string, values: number, rest: string, surfaces: number): SurfaceSuggestion[] {
  const rule = `${prefix}/${rest}`;
  if (parseSurfaceRule(rule) === null) return [];
  return [{ seen: `${prefix}/<${values} different values>${rest.replace(/^(?::name|\*)/, '')}`, rule, surfaces }];
}

const bySize = (a: SurfaceSuggestion, b: SurfaceSuggestion): number =>
  b.surfaces - a.surfaces || (a.rule < b.rule ? -1 : 1);
