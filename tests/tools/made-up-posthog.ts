import { type MadeUpTool, startMadeUpTool } from './made-up-tool.ts';

const PAGE = 45;

export interface PostHogHolding {
  /** uuid, event, distinct_id, properties, timestamp as ClickHouse writes it. */
  rows: readonly (readonly [string, string, string, string, string])[];
  ids: readonly string[];
}

/** Page views, ten of each instant: a page ends in the middle of one. */
export function postHogHolding(count: number, from: number): PostHogHolding {
  const rows = Array.from({ length: count }, (_, index) => {
    const at = new Date(from + Math.floor(index / 10) * 1_000).toISOString().replace('T', ' ').replace('Z', '000');
    const uuid = `018d0000-0000-7000-8000-${String(index).padStart(12, '0')}`;
    const properties = JSON.stringify({ $current_url: `https://app.example.com/items/${index % 7}` });
    return [uuid, '$pageview', `user_${index % 50}`, properties, at] as const;
  });
  return { rows, ids: rows.map(([uuid]) => uuid) };
}

export async function startMadeUpPostHog({ rows }: PostHogHolding): Promise<MadeUpTool> {
  return startMadeUpTool(
    [
      {
        method: 'POST',
        path: /^\/api\/projects\/17\/query\/$/,
        answer: (_found, _query, { body }) => {
          const { query } = JSON.parse(body);
          if (query.kind !== 'HogQLQuery' || !/^SELECT [^;]*$/.test(query.query)) return null;
          const { from, id, until } = query.values;
          const found = rows.filter(([uuid, , , , at]) => at >= from && at < until && (at > from || uuid > id));
          return {
            body: {
              columns: ['id', 'event', 'distinct_id', 'properties', 'at', 'email'],
              results: found.slice(0, PAGE).map((row) => [...row, `${row[2]}@example.com`]),
            },
          };
        },
      },
    ],
    ({ headers }) => headers.authorization === 'Bearer phx_posthog-key',
  );
}
