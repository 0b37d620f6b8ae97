/** What a question names exactly as it is written: paths, endpoints, releases, statuses, codes, cohort days. */
import { normaliseEndpoint, normaliseRoute } from '../../text/route.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { numberOf } from './number-words.ts';
import { endsInBound } from './threshold.ts';
import type { Range } from './tokens.ts';

export interface WrittenValue extends Range {
  /** `surface`, a dimension, or `cohort_day`. */
  slot: string;
  value: string;
}

type Finder = (text: string, vocabulary: Vocabulary) => WrittenValue[];

/** Everything written as it is, left to right; none overlaps another. */
export function findWritten(text: string, vocabulary: Vocabulary): WrittenValue[] {
  const found: WrittenValue[] = [];
  for (const find of FINDERS)
    for (const one of find(text, vocabulary))
      if (!found.some((other) => other.start < one.end && one.start < other.end)) found.push(one);
  return found.sort((a, b) => a.start - b.start);
}

const ENDPOINT = /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+\/[^\s,;?!"'`)<>]*/gi;
const URL_OR_PATH =
  /(?:https?:\/\/[^\s"'`)<>]+|(?<![\p{L}\p{N}/.@])\/(?:[\w:*{}$.~%+@-]+(?:\/[\w:*{}$.~%+@-]*)*)?(?![\p{L}\p{N}]))/gu;
const RELEASE = /\b[a-z][\w.-]{0,30}@v?\d[\w.+-]*|(?<![\p{L}\p{N}.@/])v?\d+\.\d+(?:\.\d+)+\b/giu;
const STATUS = /(?<![\p{L}\p{N}.@/:-])([1-5]\d\d|[1-5]xx)(?:['’]?s)?(?![\p{L}\p{N}.:-])/giu;
const SEVERITY = /\b(?:severity|sev|level)[\s-]*(?:of\s+|level\s+)?([0-4])\b|\bs(?:ev)?([0-4])\b/gi;
const COHORT =
  /\b(?:day|d)[\s-]?(\d{1,3})\b(?=.{0,40}\b(?:retention|retained|retain|come back|came back|return\w*|active|cohort))|\b(\d{1,3})[\s-]day\s+(?=retention|retained)|\bretention\s+(?:rate\s+)?(?:on|at|after|of)\s+(?:day\s+)?(\d{1,3})(?:\s*days?)?\b|\b(?:retention|retained|came back|come back|returned|return|active)\b.{0,30}?\b(?:on\s+)?(?:day|d)[\s-]?(\d{1,3})\b/gi;
/** A reply that is nothing else. */
const BARE_DAY = /^\W*(?:(?:and|what about|how about|on|at|for|then|ok)\s+)*(?:day|d)[\s-]?(\d{1,3})\W*$/i;
const WEEKS_COHORT =
  /\b(?:week|w)[\s-]?(\d)(?=\s+retention\b)|(?<=\bretention\s+(?:rate\s+)?(?:for|in|at|after|of|on)\s+)(?:week|w)[\s-]?(\d)\b/gi;
const CODE = /[\p{L}\p{N}][\p{L}\p{N}_.:@-]*[\p{L}\p{N}]/gu;

const findEndpoints: Finder = (text) =>
  matches(text, ENDPOINT).flatMap(({ match, start }) => {
    const written = trimEnd(match[0]);
    const value = normaliseEndpoint(written);
    return value === null ? [] : [{ slot: 'endpoint', value, start, end: start + written.length }];
  });

/** A path that is no page but an endpoint's, with one method, is that endpoint. */
const findPaths: Finder = (text, vocabulary) =>
  matches(text, URL_OR_PATH).flatMap(({ match, start }) => {
    const written = withApostrophe(trimEnd(match[0]), text, start, vocabulary);
    if (written === '') return [];
    const range = { start, end: start + written.length };
    if (written.includes('*')) return [{ slot: 'surface', value: written.toLowerCase(), ...range }];
    const route = normaliseRoute(written);
    if (route === null) return [];
    if (vocabulary.surfaces.includes(route)) return [{ slot: 'surface', value: route, ...range }];
    const endpoints = (vocabulary.values.endpoint ?? []).filter((endpoint) => endpoint.endsWith(` ${route}`));
    const [only, second] = endpoints;
    if (only !== undefined && second === undefined) return [{ slot: 'endpoint', value: only, ...range }];
    return [{ slot: 'surface', value: route, ...range }];
  });

/** "/checkout's" is of a page we know; in "/it's" the rest is part of what is named. */
function withApostrophe(path: string, text: string, start: number, { surfaces }: Vocabulary): string {
  const rest = /^['’]\p{L}+/u.exec(text.slice(start + path.length))?.[0];
  return rest === undefined || path === '' || surfaces.includes(path.toLowerCase()) ? path : `${path}${rest}`;
}

const findReleases: Finder = (text, { values }) =>
  matches(text, RELEASE).flatMap(({ match, start }) => {
    const written = match[0].replace(/[.-]+$/, '');
    const range = { start, end: start + written.length };
    const known = values.release ?? [];
    const bare = written.toLowerCase().replace(/^v/, '');
    const ending = known.filter((release) => release.toLowerCase().replace(/^.*@v?/, '') === bare);
    const same = known.find((release) => release.toLowerCase() === written.toLowerCase());
    return [{ slot: 'release', value: same ?? ending[0] ?? written, ...range }];
  });

/** A reply that is nothing else: "502 only". */
const BARE_STATUS =
  /^\W*(?:(?:only|just|and|for|what about|how about|ok)\s+)*[1-5]\d\ds?(?:\s+(?:only|too|as well|instead))?\W*$/i;

const findStatuses: Finder = (text) =>
  matches(text, STATUS).flatMap(({ match, start }) => {
    const range = { start, end: start + match[0].length };
    const value = (match[1] ?? '').toLowerCase();
    const plural = /s$/i.test(match[0]);
    return plural || value.endsWith('xx') || BARE_STATUS.test(text) || isAboutStatus(text, range)
      ? [{ slot: 'status', value, ...range }]
      : [];
  });

/** "500 errors", "status 403", "401 and 403 on POST …": a bare number is a status only beside such words. */
function isAboutStatus(text: string, { start, end }: Range): boolean {
  const before = text.slice(Math.max(0, start - 40), start);
  if (endsInBound(before)) return false;
  const after = text.slice(end, end + 30);
  if (
    /(?:status(?:es)?|code|codes|http|response|returned?|returning)\s*(?:code\s*)?(?:of\s+|is\s+|=\s*|:\s*)?$/i.test(
      before,
    )
  )
    return true;
  if (/^\s*(?:error|response|status|code|request|call|repl|from\b)/i.test(after)) return true;
  const asked =
    /\b(?:answered|returned|responded|replied|failed|requests?|calls?|responses?|http|got|gave|giving|throwing)\s+(?:\w+\s+){0,2}(?:with|by|as|a|an|status)?\s*$/i.test(
      before,
    );
  if (asked && /^[45]/.test(text.slice(start, end))) return true;
  const listed = /^\s*(?:,|and|or|vs\.?|\/|&|\+)\s*[1-5](?:\d\d|xx)\b/i.test(after);
  const lists = /\b[1-5](?:\d\d|xx)s?\s*(?:,|and|or|vs\.?|\/|&|\+)\s*$/i.test(before);
  const endpointFollows =
    /^\s*(?:(?:,|and|or|vs\.?)\s*\d{3}\s*)*(?:on|for|from|at|in)\s+(?:GET|POST|PUT|PATCH|DELETE|\/|the)/i.test(after);
  return listed || lists || endpointFollows;
}

const findSeverities: Finder = (text) =>
  matches(text, SEVERITY).map(({ match, start }) => ({
    slot: 'severity',
    value: match[1] ?? match[2] ?? '',
    start,
    end: start + match[0].length,
  }));

const AFTER =
  /\b(?:around|active|back|there|here|retained|returned|return|retention|stay\w*|stuck|using)\b.{0,20}?\bafter (a|an|one|two|three|four|\d{1,3}) (day|week|month)s?\b/gi;
const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };

/** "still around after a week" is day 7. */
function readAfter(match: RegExpMatchArray): number {
  const count = /^an?$/i.test(match[1] ?? '') ? 1 : (numberOf(match[1]?.toLowerCase()) ?? 0);
  return count * (DAYS[match[2]?.toLowerCase() ?? ''] ?? 0);
}

const findCohortDays: Finder = (text) => [
  ...bareDay(text),
  ...matches(text, AFTER).flatMap(({ match, start }) => {
    const day = String(readAfter(match));
    const at = start + match[0].toLowerCase().lastIndexOf('after ');
    return isCohortDay(day) ? [{ slot: 'cohort_day', value: day, start: at, end: start + match[0].length }] : [];
  }),
  ...matches(text, COHORT).flatMap(({ match, start }) => {
    const day = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    const at = start + match[0].lastIndexOf(day);
    return isCohortDay(day) ? [{ slot: 'cohort_day', value: day, ...dayWords(text, at, at + day.length) }] : [];
  }),
  ...matches(text, WEEKS_COHORT).map(({ match, start }) => ({
    slot: 'cohort_day',
    value: String(7 * Number(match[1] ?? match[2])),
    start,
    end: start + match[0].length,
  })),
];

function bareDay(text: string): WrittenValue[] {
  const day = BARE_DAY.exec(text)?.[1];
  return day !== undefined && isCohortDay(day) ? [{ slot: 'cohort_day', value: day, start: 0, end: text.length }] : [];
}

const isCohortDay = (text: string): boolean => Number(text) >= 1 && Number(text) <= 365;

/** The number with the "day" or "d" beside it, so that no time is read into it. */
function dayWords(text: string, start: number, end: number): Range {
  const before = /(?:\bon\s+)?\b(?:day|d)[\s-]?$/i.exec(text.slice(0, start));
  const after = /^[\s-]?days?\b/i.exec(text.slice(end));
  return { start: before ? before.index : start, end: end + (after?.[0].length ?? 0) };
}

/** Codes in the data (`DB_POOL_TIMEOUT`), however they are cased; plain words are left to the lexicon. */
const findCodes: Finder = (text, { values }) =>
  matches(text, CODE).flatMap(({ match, start }) => {
    const written = match[0];
    if (!/[_\d@]|^[A-Z]{4,}$/.test(written)) return [];
    const found = CODED.flatMap((dimension) => {
      const value = (values[dimension] ?? []).find((one) => one.toLowerCase() === written.toLowerCase());
      return value === undefined ? [] : [{ slot: dimension, value, start, end: start + written.length }];
    });
    return found.slice(0, 1);
  });

const CODED = ['error_signature', 'release'];

const FINDERS: readonly Finder[] = [
  findEndpoints,
  findReleases,
  findPaths,
  findCodes,
  findCohortDays,
  findSeverities,
  findStatuses,
];

function matches(text: string, pattern: RegExp): { match: RegExpMatchArray; start: number }[] {
  return [...text.matchAll(pattern)].map((match) => ({ match, start: match.index }));
}

/** A sentence's own marks are no part of a path. */
const trimEnd = (written: string): string => written.replace(/[.,:;?!]+$/, '');
