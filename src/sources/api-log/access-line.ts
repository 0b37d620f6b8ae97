import type { Fields } from '../payload/fields.ts';

/** `host ident user [date] "request" status bytes "referrer" "agent"`, with whatever a team logs after it. */
const COMMON =
  /^\S{1,100} \S{1,100} (\S{1,200}) \[([^\]]{20,40})\] "([A-Z]{3,10}) (\S{1,8000})(?: HTTP\/[\d.]{1,5})?" (\d{3}) (?:\d{1,15}|-)(.{0,8000})$/;
const QUOTED = /"(?:[^"\\]|\\.){0,4000}"/g;
/** Morgan's `- 12.3 ms`, or the seconds that nginx and Apache are often told to add. */
const MILLISECONDS = /(?:^|[\s=])(\d{1,9}(?:\.\d{1,6})?) ?ms\b/;
const SECONDS = /(?:^|[\s=])(\d{1,6}\.\d{1,6})(?=\s|$)/;

/**
 * A line of a common or combined access log, as morgan, nginx and Apache write it; null for any other line. Neither
 * the address, the referrer nor the agent is read.
 */
export function readAccessLine(line: string): Fields | null {
  const part = COMMON.exec(line.slice(0, 20_000));
  if (part === null) return null;
  const [, user, date, method, url, status, rest = ''] = part;
  return {
    time: date,
    method,
    url,
    status: Number(status),
    duration_ms: durationOf(rest.replace(QUOTED, '')),
    user: user === '-' ? null : user,
  };
}

function durationOf(rest: string): number | null {
  const milliseconds = MILLISECONDS.exec(rest)?.[1];
  if (milliseconds !== undefined) return Number(milliseconds);
  const seconds = SECONDS.exec(rest)?.[1];
  return seconds === undefined ? null : Math.round(Number(seconds) * 1e6) / 1e3;
}
