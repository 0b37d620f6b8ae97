import { z } from 'zod';
import { toMinorUnits } from '../core/facts/render.ts';
import { isCalendarDay, parseInstant, utcDay } from '../core/instant.ts';
import type { AggregateRow } from '../core/records.ts';
import type { AggregateSource } from '../core/sources.ts';
import { cleanText } from '../core/text/clean.ts';
import { redact } from '../core/text/redact.ts';
import { normaliseRoute } from '../core/text/route.ts';

/** Daily rollups a team already has: one row a date and surface. Counts that were not sent count zero. */
export const aggregatesSource: AggregateSource = {
  kind: 'aggregates',
  name: 'aggregates',
  summary: 'Daily rollups: date, surface, pageviews, actions, dropoffs, errors, tickets and optional columns',
  parse: (record, limits, fromCsv) => {
    const parsed = aggregateSchema.safeParse(fromCsv ? fromTexts(record) : record);
    if (!parsed.success) return { reason: parsed.error.issues[0]?.message ?? 'the record is not a daily row' };
    const { date, revenue_at_risk, ...row } = parsed.data;
    if (date < '2000-01-01') return { reason: `date is before 2000 (${date}): fix the date` };
    if (date > utcDay(limits.now + DAY)) return { reason: `date is in the future (${date}): more than 1 day ahead` };
    return {
      row: { ...row, date, revenue_at_risk: toMinorUnits(revenue_at_risk, limits.currency) } satisfies AggregateRow,
    };
  },
};

const DAY = 86_400_000;
const LARGEST_COUNT = 2_147_483_647;
const LARGEST_MONEY = 1e12;
const TOP = 20;

const text = (cap: number) => z.string().transform((value) => redact(cleanText(value, cap).trim()));

const count = (field: string) => {
  const error = `${field} must be a whole number, zero or more`;
  return z.number({ error }).int({ error }).min(0, { error }).max(LARGEST_COUNT, { error });
};
const optionalCount = (field: string) =>
  count(field)
    .nullish()
    .transform((value) => value ?? 0);

const listOf = <T extends z.ZodType>(field: string, item: T, example: string) =>
  z
    .array(item, { error: `${field} must be a JSON list such as ${example}` })
    .nullish()
    .transform((list) => (list ?? []).slice(0, TOP));

const itemError = (field: string, example: string) => ({ error: `${field} must be a JSON list such as ${example}` });
const signatures = '[{"sig":"TIMEOUT","count":3,"example":"…"}]';
const topics = '[{"topic":"login","count":3,"snippets":["…"]}]';
const within = (field: string, example: string) => ({
  name: z
    .string(itemError(field, example))
    .min(1, itemError(field, example))
    .transform((value) => redact(cleanText(value, 200).trim())),
  count: z
    .number(itemError(field, example))
    .int(itemError(field, example))
    .min(0, itemError(field, example))
    .max(LARGEST_COUNT, itemError(field, example)),
});

const aggregateSchema = z.object(
  {
    date: z
      .string({
        error: (issue) =>
          issue.input == null ? 'date is missing: add it as YYYY-MM-DD' : 'date must be text, YYYY-MM-DD',
      })
      .transform((value, context) => {
        const day = value.trim();
        if (isCalendarDay(day)) return day;
        // Some exports write a day as its midnight.
        if (/T00:00/.test(day) && parseInstant(day) !== undefined) return day.slice(0, 10);
        context.addIssue({ code: 'custom', message: 'date must be a day that exists, YYYY-MM-DD' });
        return z.NEVER;
      }),
    surface: z
      .string({
        error: (issue) =>
          issue.input == null ? 'surface is missing: add the route, such as /checkout' : 'surface must be text',
      })
      .transform((value, context) => {
        const route = normaliseRoute(redact(cleanText(value, 2_000)));
        if (route !== null) return route;
        context.addIssue({ code: 'custom', message: 'surface is empty: add the route, such as /checkout' });
        return z.NEVER;
      }),
    pageviews: optionalCount('pageviews'),
    actions: optionalCount('actions'),
    dropoffs: optionalCount('dropoffs'),
    errors: optionalCount('errors'),
    tickets: optionalCount('tickets'),
    affected_accounts: optionalCount('affected_accounts'),
    affected_users: optionalCount('affected_users'),
    revenue_at_risk: z
      .number({ error: 'revenue_at_risk must be an amount in major units, zero or more' })
      .min(0, { error: 'revenue_at_risk must be an amount in major units, zero or more' })
      .max(LARGEST_MONEY, { error: 'revenue_at_risk must be at most 1e12' })
      .nullish()
      .transform((value) => value ?? 0),
    release_top: text(200)
      .nullish()
      .transform((value) => value || null),
    release_share: z
      .number({ error: 'release_share must be a share from 0 to 1' })
      .min(0, { error: 'release_share must be a share from 0 to 1' })
      .max(1, { error: 'release_share must be a share from 0 to 1' })
      .nullish()
      .transform((value) => value ?? null),
    top_error_signatures: listOf(
      'top_error_signatures',
      z.object(
        {
          sig: within('top_error_signatures', signatures).name,
          count: within('top_error_signatures', signatures).count,
          example: text(500)
            .nullish()
            .transform((value) => value ?? ''),
        },
        itemError('top_error_signatures', signatures),
      ),
      signatures,
    ),
    top_ticket_topics: listOf(
      'top_ticket_topics',
      z.object(
        {
          topic: within('top_ticket_topics', topics).name,
          count: within('top_ticket_topics', topics).count,
          snippets: z
            .array(text(500), itemError('top_ticket_topics', topics))
            .nullish()
            .transform((list) => (list ?? []).slice(0, 5)),
        },
        itemError('top_ticket_topics', topics),
      ),
      topics,
    ),
  },
  { error: 'the record is not a daily row: send an object with date, surface and counts' },
);

const textColumns = new Set(['date', 'surface', 'release_top']);
const jsonColumns = new Set(['top_error_signatures', 'top_ticket_topics']);

/** A CSV row's texts as the values they stand for; what does not read as one stays text and is refused by name. */
function fromTexts(record: unknown): unknown {
  if (typeof record !== 'object' || record === null) return record;
  const values: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(record)) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    if (textColumns.has(column)) values[column] = value;
    else if (jsonColumns.has(column)) values[column] = jsonOf(value);
    else values[column] = /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? Number(value) : value;
  }
  return values;
}

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
