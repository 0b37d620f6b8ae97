/**
 * Turns whatever a tool calls "where it happened" (a full URL, a path, a screen name) into a route template,
 * so that `/en/products/8841?ref=mail` and `/products/17/` count as one surface `/products/:id`.
 */

/** Stored with every event: rollups built under one version are never mixed with another's. */
export const NORMALISER_VERSION = 1;

const MAX_LENGTH = 200;
const MAX_SEGMENTS = 12;
const MAX_PASSES = 4;

/**
 * The route template of a surface, lower-case with a leading slash; null where nothing is left.
 * Normalising a template again changes nothing.
 */
export function normaliseRoute(surface: string): string | null {
  const trimmed = surface.trim();
  if (trimmed === '') return null;
  let route = templateOf(trimmed);
  for (let pass = 1; pass < MAX_PASSES; pass++) {
    const again = templateOf(route);
    if (again === route) return route;
    route = again;
  }
  return route;
}

/** "POST /api/orders/17" -> "POST /api/orders/:id"; the method is upper-case and kept where there is one. */
export function normaliseEndpoint(endpoint: string): string | null {
  const part = /^\s*([A-Za-z]{3,7})\s+(\S.*)$/s.exec(endpoint);
  const method = part?.[1]?.toUpperCase();
  if (method === undefined || !methods.has(method)) return normaliseRoute(endpoint);
  return `${method} ${normaliseRoute(part?.[2] ?? '') ?? '/'}`;
}

const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

function templateOf(surface: string): string {
  const segments = withoutLocale(
    pathOf(surface)
      .split('/')
      .map(cleanSegment)
      .filter((segment) => segment !== '' && segment !== '.' && segment !== '..'),
  );
  if (/^(index|default)\.(html?|php|aspx?|jsp)$/i.test(segments.at(-1) ?? '')) segments.pop();
  // A lone status is an error page, not an id.
  if (segments.length === 1 && /^[45]\d\d$/.test(segments[0] ?? '')) return `/${segments[0]}`;
  const template = joinDates(segments.slice(0, MAX_SEGMENTS)).map(templateSegment).join('/').slice(0, MAX_LENGTH);
  return `/${template.replace(/\/+$/, '')}`;
}

/** The path alone: scheme, host, query and fragment gone; of a hash route (`/#/orders/7`) the fragment. */
function pathOf(surface: string): string {
  const text = surface.replace(/^(?:get|post|put|patch|delete|head|options)\s+(?=[/\w])/i, '').replaceAll('\\', '/');
  const url =
    /^([a-z][a-z0-9+.-]{0,20}):\/\/([^/?#]*)([\s\S]*)$/i.exec(text) ?? /^()\/\/([^/?#]*\.[^/?#]*)([\s\S]*)$/.exec(text);
  let rest = text;
  if (url !== null) rest = /^(?:https?|wss?|file|)$/i.test(url[1] ?? '') ? (url[3] ?? '') : `/${url[2]}${url[3]}`;
  else if (/^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})(?::\d+)?(?=[/?#])/i.test(text))
    rest = text.slice(text.search(/[/?#]/));
  const fragment = rest.indexOf('#');
  const path = (fragment < 0 ? rest : rest.slice(0, fragment)).split('?', 1)[0] ?? '';
  const hashRoute = fragment < 0 ? null : /^#!?(\/[^?#]*)/.exec(rest.slice(fragment));
  return hashRoute !== null && /^\/*$/.test(path) ? (hashRoute[1] ?? '') : path;
}

/** Decoded, without matrix parameters; what could be read as URL syntax again becomes a hyphen. */
function cleanSegment(segment: string): string {
  let plain = segment;
  for (let depth = 0; depth < 3 && plain.includes('%'); depth++) {
    const decoded = decodeOnce(plain);
    if (decoded === plain) break;
    plain = decoded;
  }
  return plain
    .replace(/;.*$/s, '')
    .replace(/^[{[<](.{0,60}?)[}\]>]$/s, ':id')
    .replace(/[^\p{L}\p{N}\p{M}:._~@+*$!,()'-]+/gu, '-')
    .replace(/^-+(?=.)|(?<=.)-+$/g, '');
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Languages sites put first in a path; codes that are also plain words (my, is, id, hr, …) need a region. */
const languages = new Set(
  'en de fr es it nl pt pl sv da fi nb nn cs sk hu ro bg el tr ru uk ja ko zh ar he fa hi th vi ms ca eu gl sl et lv lt sr'.split(
    ' ',
  ),
);

function withoutLocale(segments: string[]): string[] {
  const first = segments[0]?.toLowerCase() ?? '';
  const second = segments[1]?.toLowerCase() ?? '';
  if (languages.has(first) || /^[a-z]{2}[-_](?:[a-z]{2}|\d{3}|hans|hant)$/.test(first))
    return withoutLocale(segments.slice(1));
  if (/^[a-z]{2}$/.test(first) && languages.has(second)) return withoutLocale(segments.slice(2));
  return segments;
}

/** `2026/11/21` in a row is one date. */
function joinDates(segments: string[]): string[] {
  const joined: string[] = [];
  for (let index = 0; index < segments.length; index++) {
    const [year = '', month = '', day = ''] = segments.slice(index, index + 3);
    const isMonth = /^(?:19|20)\d\d$/.test(year) && /^(?:0?[1-9]|1[0-2])$/.test(month);
    joined.push(isMonth ? ':date' : year);
    if (isMonth) index += /^(?:0?[1-9]|[12]\d|3[01])$/.test(day) ? 2 : 1;
  }
  return joined;
}

function templateSegment(segment: string): string {
  if (segment === ':date') return segment;
  if (segment.startsWith(':') || segment === '*') return ':id';
  const file = /^(.+)\.(html?|json|xml|csv|pdf|php|aspx?|png|jpe?g|svg|txt|zip)$/i.exec(segment);
  if (file !== null) return `${templateSegment(file[1] ?? '')}.${(file[2] ?? '').toLowerCase()}`;
  const lower = segment.toLowerCase();
  if (isDate(lower)) return ':date';
  return isId(segment) ? ':id' : lower;
}

function isDate(segment: string): boolean {
  return (
    /^(?:19|20)\d\d-(?:0[1-9]|1[0-2]|w\d\d|q[1-4])(?:-(?:0[1-9]|[12]\d|3[01])(?:t[\d:.]+z?)?)?$/.test(segment) ||
    /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(segment)
  );
}

const uuid = /[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}/i;
const ulid = /^[0-7][\dabcdefghjkmnpqrstvwxyz]{25}$/i;

/** True for what names one thing among many: a number, a UUID, a hash, a prefixed or slugged id, an opaque key. */
function isId(segment: string): boolean {
  if (/^[\d.,-]*\d[\d.,-]*$/.test(segment) || segment.includes('@')) return true;
  if (uuid.test(segment) || ulid.test(segment)) return true;
  const digits = segment.replace(/\D/g, '').length;
  if (digits === 0) return /^[\da-f]{16,}$/i.test(segment) || isOpaque(segment);
  if (/^[\da-f]{6,}$/i.test(segment) && (digits >= 2 || segment.length >= 16)) return true;
  return isSlugWithId(segment, digits) || isOpaque(segment);
}

/** `blue-shirt-12345`, `12345-blue-shirt`, `cus_Nff4Q`, `INV-2024-001`, `user12345`; years and versions stay. */
function isSlugWithId(segment: string, digits: number): boolean {
  if (/^\d{3,}[-_.~]/.test(segment)) return true;
  const tail = /(?:^|[-_.~:])(?=[a-z]*\d)([\da-z]+)$/i.exec(segment)?.[1] ?? '';
  if (/^(?:19|20)\d\d$/.test(tail)) return false;
  if (/^\d{3,}$/.test(tail) || (tail.length >= 6 && /^[\da-f]+$/i.test(tail) && tail !== segment)) return true;
  if (/^[a-z]{2,8}_(?=\w*\d)[\da-z]{4,}$/i.test(segment)) return true;
  return /^[a-z]+\d{3,}$/i.test(segment) && digits >= 3 && !/(?:19|20)\d\d$/.test(segment);
}

/** Random-looking: letters and digits alternate far more often than in words. */
function isOpaque(segment: string): boolean {
  const hyphen = segment.lastIndexOf('-');
  return looksRandom(segment) || (hyphen >= 0 && looksRandom(segment.slice(hyphen + 1)));
}

function looksRandom(part: string): boolean {
  if (part.length < 8 || !/^[\w.~-]+$/.test(part)) return false;
  if (!/\d/.test(part) && !(part.length >= 20 && /^(?=.*[A-Z])(?=.*[a-z])[A-Za-z]+$/.test(part))) return false;
  let changes = 0;
  for (let index = 1; index < part.length; index++)
    if (kindOf(part.charCodeAt(index)) !== kindOf(part.charCodeAt(index - 1))) changes += 1;
  return changes >= part.length * 0.4;
}

/** Digits, capitals, small letters and the rest, by ASCII code. */
function kindOf(code: number): number {
  if (code >= 48 && code <= 57) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 97 && code <= 122 ? 2 : 3;
}
