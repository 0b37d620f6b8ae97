/** What a source fills in: one file in src/sources and a line in its index make a format readable. */
import type { EventLimits, ParsedEvent } from './event.ts';

interface DescribedSource {
  /** What `--source` calls it. */
  readonly name: string;
  readonly summary: string;
}

/** Reads records into events. */
export interface EventSource extends DescribedSource {
  readonly kind: 'events';
  /** One record as JSON gave it, or as a CSV row of texts by column name (`fromCsv`). Never throws. */
  parse(record: unknown, limits: EventLimits, fromCsv: boolean): ParsedEvent;
}

/** A day of a surface that a team counted already. Money in minor units; what was not sent is null or zero. */
export interface ParsedAggregate {
  date: string;
  surface: string;
  pageviews: number;
  actions: number;
  dropoffs: number;
  errors: number;
  tickets: number;
  affected_accounts: number;
  affected_users: number;
  revenue_at_risk: number;
  release_top: string | null;
  release_share: number | null;
  top_error_signatures: { sig: string; count: number; example: string }[];
  top_ticket_topics: { topic: string; count: number; snippets: string[] }[];
}

/** Reads records into daily rows of surfaces. */
export interface AggregateSource extends DescribedSource {
  readonly kind: 'aggregates';
  parse(
    record: unknown,
    limits: EventLimits,
    fromCsv: boolean,
  ): { row: ParsedAggregate; reason?: undefined } | { row?: undefined; reason: string };
}

export type SourceDescriptor = EventSource | AggregateSource;
