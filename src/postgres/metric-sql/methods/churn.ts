import { type RawBuilder, sql } from 'kysely';
import { actorsIn } from '../actors.ts';
import {
  type Asked,
  allOf,
  type Cut,
  filterConditions,
  groupColumns,
  inPeriod,
  isPlain,
  keysOf,
  leading,
  refs,
} from '../asked.ts';
import { countOnce } from '../distinct.ts';
import type { Family } from '../family.ts';
import { periodBefore } from '../period.ts';
import { useOf } from './arrivals.ts';

/**
 * Accounts active in the equally long period before each window or bucket, and whether they were seen active in it.
 * Filters and groups say where an account was active before; it left when it is not active anywhere.
 */
export function churn(asked: Asked, cut: Cut): Family {
  const { timezone } = asked;
  const keys = keysOf(asked, cut);
  const { buckets, until } = cut.period;
  const clip = ({ start, end }: { start: number; end: number }) => ({
    start: Math.max(start, cut.period.start),
    end: Math.min(end, cut.period.end),
  });
  const spans = cut.grained ? buckets.map(clip) : [{ start: cut.period.start, end: cut.period.end }];
  const earlier = spans.map((span) => periodBefore(span, timezone));
  const inside = spans.map(({ start, end }) => ({ start, until: Math.min(end, Math.max(start, until)) }));
  const before = isPlain(asked)
    ? actorsIn(
        asked,
        ACCOUNTS,
        earlier.map(({ start, end }) => ({ start, until: end })),
      )
    : cutActive(asked, earlier);
  const cells = sql`
    SELECT DISTINCT ${leading(refs(keys, 'before'))}before.who, now.who IS NULL AS in_numerator,
      true AS in_denominator, true AS in_sample, 1 AS sampled
    FROM (${before}) before
    LEFT JOIN (${actorsIn(asked, ACCOUNTS, inside)}) now ON now.bucket = before.bucket AND now.who = before.who`;
  // Over several buckets an account may leave and come back: the whole period is a window of its own.
  return { ...countOnce(cells, keys, 'once'), composable: false };
}

const ACCOUNTS = { kind: 'account', column: 'active' } as const;

/** Who was active in each of the spans, by what is grouped by: (bucket, keys, who). */
function cutActive(asked: Asked, spans: readonly { start: number; end: number }[]): RawBuilder<unknown> {
  const parts = spans.map(
    ({ start, end }, bucket) => sql`
      (SELECT DISTINCT ${bucket}::int AS bucket, ${leading(groupColumns(asked))}events.account AS who FROM events
      WHERE ${inPeriod(asked, { start, until: end })} AND events.account IS NOT NULL AND ${useOf(asked)}
        AND ${allOf(filterConditions(asked))})`,
  );
  return sql.join(parts, sql` UNION ALL `);
}
