/** Sentry's API: the issues of an organisation, and the events of each. */
import type { JsonObject } from '../core/records.ts';
import type { ReadSpan, ToolReader } from '../pipeline/backfill/tool-reader.ts';
import { ToolTrouble } from '../pipeline/backfill/tool-trouble.ts';
import { idOf, isObject, textOf, within } from './json-shape.ts';
import type { ReadTool } from './read-only-client.ts';

export interface Sentry extends ToolReader {
  /** The issue's latest event, or `{gone: true}`. */
  fetchIssueEvent(issue: string): Promise<JsonObject>;
}

/** A page is a page of one issue's events; the issues that are listed and still to be read stand in the cursor. */
interface Place {
  issues: readonly string[];
  /** Where the list of issues goes on; null where it is at its end. */
  list: string | null;
  /** Where the events of the first issue go on; null at their beginning. */
  events: string | null;
}

export function createSentry(read: ReadTool, organisation: string): Sentry {
  const root = `/api/0/organizations/${encodeURIComponent(organisation)}/issues/`;

  /** Newest first by when they began: what begins meanwhile moves the rest back, never past. */
  async function listIssues(cursor: string | null, span: ReadSpan): Promise<Place> {
    const query = { ...spanQuery(span), query: '', sort: 'new', project: '-1', limit: '100' };
    const { body, headers } = await read({ path: root, query: withCursor(query, cursor) });
    const issues = (Array.isArray(body) ? body : []).flatMap((issue) => idOf(issue, 'id') ?? []);
    return { issues, list: nextCursor(headers), events: null };
  }

  async function readEvents(issue: string, cursor: string | null, span: ReadSpan) {
    const query = withCursor({ ...spanQuery(span), full: 'true' }, cursor);
    try {
      const { body, headers } = await read({ path: `${root}${issue}/events/`, query });
      return { records: (Array.isArray(body) ? body : []).filter(isObject), events: nextCursor(headers) };
    } catch (error) {
      if (isGone(error)) return { records: [], events: null };
      throw error;
    }
  }

  return {
    async fetchIssueEvent(issue) {
      try {
        const { body } = await read({ path: `${root}${encodeURIComponent(issue)}/events/latest/` });
        return isObject(body) ? body : { gone: true };
      } catch (error) {
        if (isGone(error)) return { gone: true };
        throw error;
      }
    },

    async read(cursor, span) {
      const place = cursor === null ? await listIssues(null, span) : placeOf(cursor);
      const [issue, ...rest] = place.issues;
      if (issue === undefined) {
        if (place.list === null) return { records: [], next: null };
        return { records: [], next: nextOf(await listIssues(place.list, span)) };
      }
      const { records, events } = await readEvents(issue, place.events, span);
      return { records, next: nextOf(events === null ? { ...place, issues: rest, events } : { ...place, events }) };
    },
  };
}

function placeOf(cursor: JsonObject): Place {
  const issues = within(cursor, 'issues');
  return {
    issues: Array.isArray(issues) ? issues.filter((issue) => typeof issue === 'string') : [],
    list: textOf(cursor, 'list'),
    events: textOf(cursor, 'events'),
  };
}

function nextOf({ issues, list, events }: Place): JsonObject | null {
  return issues.length === 0 && list === null ? null : { issues: [...issues], list, events };
}

const spanQuery = ({ since, until }: ReadSpan): Record<string, string> => ({
  start: new Date(since).toISOString(),
  end: new Date(until).toISOString(),
});

const withCursor = (query: Record<string, string>, cursor: string | null): Record<string, string> =>
  cursor === null ? query : { ...query, cursor };

/** Sentry always names a next page, and says whether anything is on it. */
function nextCursor(headers: Headers): string | null {
  for (const link of (headers.get('link') ?? '').split(/,\s*(?=<)/))
    if (/;\s*rel="next"/.test(link) && /;\s*results="true"/.test(link))
      return /;\s*cursor="([^"]{1,500})"/.exec(link)?.[1] ?? null;
  return null;
}

const isGone = (error: unknown): boolean => error instanceof ToolTrouble && error.status === 404;
