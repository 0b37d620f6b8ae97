/** PostHog's Query API: events in the order they happened. */
import type { JsonObject } from '../core/records.ts';
import type { ReadSpan, ToolReader } from '../pipeline/backfill/tool-reader.ts';
import { ToolTrouble } from '../pipeline/backfill/tool-trouble.ts';
import { isObject, textOf, within } from './json-shape.ts';
import type { ReadTool } from './read-only-client.ts';

/** PostHog answers 120 queries an hour unless it was asked for more. */
const PAGE = 5_000;

/** Values are bound by PostHog: nothing is pasted into the query. */
const QUERY = `SELECT toString(uuid) AS id, event, distinct_id, properties, toString(toTimeZone(timestamp, 'UTC')) AS at,
toString(person.properties.email) AS email FROM events
WHERE timestamp >= toDateTime64({from}, 6, 'UTC') AND timestamp < toDateTime64({until}, 6, 'UTC')
AND (timestamp > toDateTime64({from}, 6, 'UTC') OR toString(uuid) > {id})
ORDER BY timestamp, toString(uuid) LIMIT ${PAGE}`;

export function createPostHog(read: ReadTool, project: string): ToolReader {
  return {
    async read(cursor, span) {
      const values = valuesOf(cursor, span);
      const search = { query: { kind: 'HogQLQuery', query: QUERY, values }, refresh: 'force_blocking' };
      const { body } = await read({ path: `/api/projects/${encodeURIComponent(project)}/query/`, search });
      const rows = within(body, 'results');
      if (!Array.isArray(rows))
        throw new ToolTrouble('PostHog answered without results.', { fix: 'Try again.', retryAfterMs: 5_000 });
      const last: unknown = rows.at(-1);
      const [id, , , , at] = Array.isArray(last) ? last : [];
      // PostHog may answer with fewer than were asked for: only an empty answer is the end.
      const more = typeof id === 'string' && typeof at === 'string';
      return { records: rows.flatMap(eventOf), next: more ? { from: clickhouseTime(at), id } : null };
    },
  };
}

/** The last event that was read: those of the same instant are told apart by their ids. */
function valuesOf(cursor: JsonObject | null, { since, until }: ReadSpan): JsonObject {
  const asText = (epoch: number): string => clickhouseTime(new Date(epoch).toISOString());
  return {
    from: textOf(cursor, 'from') ?? asText(since),
    id: textOf(cursor, 'id') ?? '',
    until: asText(until),
  };
}

/** `2026-01-29 10:00:00.000000`, in UTC. */
const clickhouseTime = (text: string): string => text.replace('T', ' ').replace(/(?:Z|[+-]00:?00)$/, '');

/** As an SDK sends it, with its person as the webhook destination names them: a row has its properties as text. */
function eventOf(row: unknown): JsonObject[] {
  if (!Array.isArray(row)) return [];
  const [uuid, event, distinctId, properties, at, email]: unknown[] = row;
  if (typeof uuid !== 'string' || typeof event !== 'string' || typeof at !== 'string') return [];
  const timestamp = `${clickhouseTime(at).replace(' ', 'T')}Z`;
  return [
    {
      uuid,
      event,
      timestamp,
      distinct_id: typeof distinctId === 'string' ? distinctId : null,
      properties: readProperties(properties),
      ...(typeof email === 'string' ? { person: { properties: { email } } } : {}),
    },
  ];
}

function readProperties(sent: unknown): JsonObject {
  try {
    const properties: unknown = typeof sent === 'string' ? JSON.parse(sent) : sent;
    return isObject(properties) ? properties : {};
  } catch {
    return {};
  }
}
