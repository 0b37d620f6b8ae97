/** What a workspace says of its own pages, applied to route templates after the normaliser: `/u/jane` is `/u/:id`. */

/** Where pages go that come after the cap. */
export const OTHER_SURFACE = '/other';

/** One segment of a rule: a literal, any one segment (`:id`), or the rest of the path (`*`, last). */
interface Rule {
  readonly segments: readonly string[];
  readonly surface: string;
}

/**
 * The surface a rule stores: lower-case, each `:name` as `:id`, which is what the normaliser makes of it; null for what
 * is no rule. A rule begins with a literal, so that none swallows the product.
 */
export function parseSurfaceRule(text: string): string | null {
  const rule = text
    .trim()
    .toLowerCase()
    .replace(/:[\w-]+/g, ':id');
  if (!/^\/[^\s/:*?#]+(?:\/(?:[^\s/:*?#]+|:id))*(?:\/\*)?$/.test(rule)) return null;
  return rule.endsWith('/*') || rule.includes(':id') ? rule : null;
}

/**
 * A function that gives a route template the surface of the first rule that fits, itself where none does. What it gives
 * stays as it is when it comes again, also through the normaliser.
 * @param rules as parseSurfaceRule gives them.
 */
export function createSurfacePlacer(rules: readonly string[]): (route: string) => string {
  const parsed = rules.map((surface): Rule => ({ segments: surface.split('/').slice(1), surface }));
  const targets = new Set(rules);
  return (route) => {
    if (parsed.length === 0 || targets.has(route)) return route;
    const segments = route.split('/').slice(1);
    return parsed.find((rule) => fits(rule.segments, segments))?.surface ?? route;
  };
}

function fits(rule: readonly string[], segments: readonly string[]): boolean {
  const rest = rule.at(-1) === '*';
  const fixed = rest ? rule.slice(0, -1) : rule;
  if (rest ? segments.length <= fixed.length : segments.length !== fixed.length) return false;
  return fixed.every((part, index) => part === ':id' || part === segments[index]);
}

/**
 * A function that lets at most `cap` different surfaces in: those that are known, then new ones as they come; the rest
 * is `/other`. It remembers what it let in.
 */
export function createSurfaceCap(cap: number, known: Iterable<string>): (surface: string) => string {
  const admitted = new Set(known);
  return (surface) => {
    if (admitted.has(surface)) return surface;
    if (admitted.size >= cap) return OTHER_SURFACE;
    admitted.add(surface);
    return surface;
  };
}
