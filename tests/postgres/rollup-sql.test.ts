import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { MEASURES } from '../../src/core/catalogue/measures.ts';
import { compileAdditive, compilePercentiles, eventsOf, selectEvents } from '../../src/postgres/rollup-sql.ts';

const db = new Kysely<never>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (kysely) => new PostgresIntrospector(kysely),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
const compile = (part: ReturnType<typeof selectEvents> | ReturnType<typeof compileAdditive>) => {
  const { sql: text, parameters } = sql`${part}`.compile(db);
  return { text, parameters };
};

describe('a measure in SQL', () => {
  it('binds event types, statuses and meta values, so no text of theirs is SQL', () => {
    const nasty = "'); DROP TABLE events; --";
    const { text, parameters } = compile(
      selectEvents(
        [
          { type: 'request', failed: true },
          { type: 'completion', meta: { [nasty]: nasty } },
        ],
        [403],
      ),
    );
    expect(text).toBe(
      '((type = $1 AND (status >= 500 OR status = ANY($2::smallint[]))) OR (type = $3 AND meta ->> $4::text = $5))',
    );
    expect(parameters).toEqual(['request', [403], 'completion', nasty, nasty]);
  });

  it('is a filtered count or sum where parts can be added up', () => {
    const additive = MEASURES.filter(({ id }) => id === 'tickets' || id === 'revenue' || id === 'affected_users');
    expect(compile(compileAdditive(additive, [])).text).toBe(
      'count(*) FILTER (WHERE ((type = $1))) AS "tickets", ' +
        'coalesce(sum("amount_minor") FILTER (WHERE ((type = $2))), 0) AS "revenue"',
    );
  });

  it('is a percentile of the values otherwise', () => {
    expect(compile(compilePercentiles(MEASURES, []))).toEqual({
      text:
        'percentile_cont($1::float8) WITHIN GROUP (ORDER BY "value") FILTER (WHERE ((type = $2))) AS "latency_p50", ' +
        'percentile_cont($3::float8) WITHIN GROUP (ORDER BY "value") FILTER (WHERE ((type = $4))) AS "latency_p95"',
      parameters: [0.5, 'request', 0.95, 'request'],
    });
  });

  it('looks for distinct accounts and users among errors, failed requests, drop-offs and tickets', () => {
    const hit = [{ type: 'error' }, { type: 'request', failed: true }, { type: 'dropoff' }, { type: 'ticket' }];
    for (const id of ['affected_accounts', 'affected_users', 'revenue_at_risk'])
      expect(
        eventsOf(
          MEASURES.filter((measure) => measure.id === id),
          ['distinct', 'exposure'],
        ),
      ).toEqual(hit);
  });
});
