import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Vocabulary } from '../../core/query/vocabulary.ts';
import { addDays, dateInZone, startOfDay } from '../../core/window.ts';
import { readWorkspaceConfig } from '../../pipeline/workspace-config.ts';
import type { StoreContext } from '../context.ts';
import { readDataEnd } from '../hourly-dirty.ts';
import { createSettingsStore } from '../settings.repository.ts';
import { readMerges } from '../signature-merges.ts';
import type { Database } from '../tables.ts';
import { keptMeta } from './counts/columns.ts';
import { readDirtyDays } from './counts/definition.ts';

/** How far back from the data's end a name counts as in use. */
const DAYS = 90;
/** The most events that are looked through for what was not counted yet. */
const MOST_EVENTS = 300_000;
const MOST_VALUES = 200;
const MOST_NAMES = 2_000;

const COLUMNS = ['surface', 'source', 'release', 'env', 'severity', 'status', 'endpoint', 'error_signature'];
const META = ['plan', 'platform', 'category', 'stage', 'tool', 'use_case'];

interface NameRow {
  dimension: string;
  value: string;
}

/** What the data names, most used first: of counted days from their cells, of the rest from the latest events. */
export async function readVocabulary(db: Kysely<Database>, context: StoreContext): Promise<Vocabulary> {
  const { workspace, timezone } = context;
  const since = addDays(dateInZone(await readDataEnd(db, context), timezone), -DAYS);
  const dirty = await readDirtyDays(db, context);
  const uncounted = [...(dirty ?? [])].filter((date) => date >= since).sort()[0];
  const from = new Date(startOfDay(dirty === null ? since : (uncounted ?? since), timezone));
  const live = sql`
    SELECT ${sql.join([...COLUMNS.map((name) => sql`${sql.ref(name)}`), ...META.map((key) => sql`${keptMeta(key)} AS ${sql.ref(key)}`)])},
      account, 1 AS events
    FROM events WHERE workspace_id = ${workspace} AND ts >= ${from}::timestamptz LIMIT ${MOST_EVENTS}::int`;
  const counted = sql`
    SELECT ${sql.join([...COLUMNS, ...META].map((name) => sql.ref(name)))}, NULL AS account, events
    FROM daily_event_counts WHERE workspace_id = ${workspace} AND date >= ${since}::date`;
  const isCounted = dirty !== null && uncounted === undefined;
  const rows = isCounted ? counted : dirty === null ? sql`(${live})` : sql`${counted} UNION ALL (${live})`;
  const names = [...COLUMNS, ...META].map((name) =>
    mostUsed(name, sql`${sql.ref(name)}::text`, sql`used`, name === 'surface' ? MOST_NAMES : MOST_VALUES),
  );
  const { rows: found } = await sql<NameRow>`
    WITH used AS MATERIALIZED (${rows})
    SELECT dimension, value FROM (
      ${sql.join(
        [
          ...names,
          mostUsed('account', sql`account`, accounts(workspace, since), MOST_NAMES),
          mostUsed('ticket_topic', sql`topic`, topics(workspace, since), MOST_VALUES),
          mostUsed('imported', sql`surface`, imported(workspace, since), MOST_NAMES),
        ],
        sql` UNION ALL `,
      )}
    ) named ORDER BY dimension, events DESC, value COLLATE "C"`.execute(db);
  const merges = await readMerges(db, workspace);
  const valuesOf = (dimension: string): string[] => [
    ...new Set(
      found
        .filter((row) => row.dimension === dimension)
        .map(({ value }) => (dimension === 'error_signature' ? (merges.get(value) ?? value) : value)),
    ),
  ];
  const { funnels } = await readWorkspaceConfig(createSettingsStore(db, context));
  const sources = await db
    .selectFrom('event_spans')
    .select('source')
    .distinct()
    .where('workspace_id', '=', workspace)
    .orderBy('source')
    .execute();
  const surfaces = [...new Set([...valuesOf('surface'), ...valuesOf('imported')])];
  const dimensions = [...COLUMNS, ...META, 'account', 'ticket_topic'].filter((name) => name !== 'surface');
  return {
    surfaces,
    values: {
      ...Object.fromEntries(dimensions.map((name) => [name, valuesOf(name)])),
      surface: surfaces,
      funnel: funnels.map(({ id }) => id),
    },
    sources: sources.map(({ source }) => source),
  };
}

const mostUsed = (
  dimension: string,
  value: RawBuilder<unknown>,
  from: RawBuilder<unknown>,
  limit: number,
): RawBuilder<unknown> => sql`(
  SELECT ${dimension}::text AS dimension, ${value} AS value, sum(events) AS events FROM ${from}
  WHERE ${value} <> '' GROUP BY 2 ORDER BY 3 DESC, 2 LIMIT ${limit}::int)`;

/** Of counted months by the days they were seen on; and whoever is in the events that are looked through. */
const accounts = (workspace: string, since: string): RawBuilder<unknown> => sql`(
  SELECT actor AS account, length(replace((active | affected)::bit(31)::text, '0', '')) AS events FROM monthly_actors
  WHERE workspace_id = ${workspace} AND kind = 'account' AND month >= date_trunc('month', ${since}::date)
  UNION ALL SELECT account, events FROM used) known`;

const topics = (workspace: string, since: string): RawBuilder<unknown> => sql`(
  SELECT ticket_topic AS topic, 1 AS events FROM events
  WHERE workspace_id = ${workspace} AND type = 'ticket' AND ts >= (${since}::date - 1)::timestamptz
  UNION ALL SELECT label, tickets FROM ticket_themes
  WHERE workspace_id = ${workspace} AND last_seen >= ${since}::date) told`;

const imported = (workspace: string, since: string): RawBuilder<unknown> => sql`(
  SELECT surface, pageviews + actions + errors AS events FROM daily_surface_metrics
  WHERE workspace_id = ${workspace} AND origin = 'aggregates' AND date >= ${since}::date) counted`;
