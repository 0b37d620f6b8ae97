import { type RawBuilder, sql } from 'kysely';
import { CATALOGUE } from '../../../core/catalogue/index.ts';
import type { EventType } from '../../../core/records.ts';

/** Columns of `events` that cells keep as they are. */
export const KEPT_COLUMNS = ['type', 'source', 'surface', 'release', 'env', 'severity', 'status', 'endpoint'] as const;

/**
 * Keys of meta that cells keep, and the types of events they are kept of; null for all. What tells few events apart is
 * kept of those alone, so that it does not cut all others into more cells.
 */
export const KEPT_META: Readonly<Record<string, readonly EventType[] | null>> = {
  plan: null,
  platform: null,
  category: ['ticket', 'reply'],
  stage: ['dropoff'],
  tool: ['tool_call'],
  use_case: ['message', 'tool_call', 'completion'],
  completion_status: ['completion'],
  success: ['tool_call'],
};

/** Types of events whose values some measure adds up. */
export const VALUE_TYPES = [
  ...new Set(
    CATALOGUE.measures
      .filter(({ aggregation }) => aggregation.kind === 'sum' && aggregation.of === 'value')
      .flatMap(({ events }) => events.map(({ type }) => type)),
  ),
];

/** The columns of `monthly_actors` that hold days, and the measure each is of, by kind of actor. */
export const ACTOR_COLUMNS = {
  active: { user: 'active_users', account: 'active_accounts' },
  affected: { user: 'affected_users', account: 'affected_accounts' },
  assisted: { user: 'assistant_users' },
  exhausted: { user: 'credit_exhausted_users' },
  conversed: { conversation: 'conversations' },
} as const satisfies Readonly<Record<string, Partial<Record<ActorKind, string>>>>;

export type ActorKind = 'user' | 'account' | 'conversation';
export type ActorColumn = keyof typeof ACTOR_COLUMNS;

export const ACTOR_COLUMN_NAMES: readonly ActorColumn[] = ['active', 'affected', 'assisted', 'exhausted', 'conversed'];

/** Where a measure's days are; undefined for one that is kept of nobody. */
export function findActorColumn(measure: string): { kind: ActorKind; column: ActorColumn } | undefined {
  for (const column of ACTOR_COLUMN_NAMES)
    for (const [kind, id] of Object.entries(ACTOR_COLUMNS[column]))
      if (id === measure && isActorKind(kind)) return { kind, column };
  return undefined;
}

const isActorKind = (kind: string): kind is ActorKind => ['user', 'account', 'conversation'].includes(kind);

/** A kept key of meta, of an event. */
export function keptMeta(key: string): RawBuilder<unknown> {
  const types = KEPT_META[key];
  const value = sql`meta ->> ${sql.lit(key)}`;
  return types ? sql`CASE WHEN type IN (${sql.join(types.map((type) => sql.lit(type)))}) THEN ${value} END` : value;
}
