/** What a source fills in: one file in src/sources and a line in its index make a format readable. */
import type { EventLimits, ParsedEvent } from './event.ts';
import type { AggregateRow } from './records.ts';

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

/** Reads records into daily rows of surfaces. */
export interface AggregateSource extends DescribedSource {
  readonly kind: 'aggregates';
  parse(
    record: unknown,
    limits: EventLimits,
    fromCsv: boolean,
  ): { row: AggregateRow; reason?: undefined } | { row?: undefined; reason: string };
}

export type SourceDescriptor = EventSource | AggregateSource;
