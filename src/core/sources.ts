/** What a source fills in: one file in src/sources and a line in its index make a format readable. */
import type { EventLimits, ParsedEvent } from './event.ts';
import type { AggregateRow, JsonObject, Source } from './records.ts';

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

/** Reads what a tool sends or exports: a record may hold many events, or none. */
export interface PayloadSource extends DescribedSource {
  readonly kind: 'payloads';
  /** True where its files may be plain text, a record a line. */
  readonly plainLines: boolean;
  /** One record as JSON gave it, or a line's text. Never throws. */
  parse(record: unknown, limits: EventLimits): ParsedDelivery;
}

export type SourceDescriptor = EventSource | PayloadSource | AggregateSource;

// --- what tools send by themselves, and what is fetched from them ---------------------------------

/** How a delivery proves where it comes from; checked over the raw bytes, in constant time, before anything is parsed. */
export type WebhookProof =
  | {
      kind: 'hmac';
      /** Lower-case. */
      header: string;
      algorithm: 'sha256' | 'sha1';
      encoding: 'hex' | 'base64';
      /** Stands before the value, such as `sha1=`. */
      prefix?: string;
    }
  /** The secret itself, in a header the tool lets people set: `Bearer` before it is taken as well. */
  | { kind: 'shared_secret'; headers: readonly string[] };

/** What a delivery says of itself, before its body is read as events. */
export interface DeliveryEnvelope {
  /** Lower-case names; only those that the source keeps. */
  headers: Readonly<Record<string, string>>;
  /**
   * Parsed JSON; of a body that is no single value an array of its lines, each parsed, or its text where it is no JSON.
   * Of any depth and shape.
   */
  body: unknown;
  /** Epoch milliseconds. */
  receivedAt: number;
}

/** Something the tool has to be asked for before there is an event, such as the conversation a notification names. */
export interface FetchNeed {
  kind: string;
  /** The tool's own id. */
  id: string;
}

/** What became of a delivery's parts. Never throws for what is in it. */
export interface ParsedDelivery {
  /** One without an id is told apart by its place in the body: the same body gives the same events in the same order. */
  events: ParsedEvent[];
  /** Parts of a kind that says nothing for us, by its name: stored as ignored, and no error. */
  ignored: readonly string[];
  needs: readonly FetchNeed[];
}

/** A tool that sends us what happens. One file in src/sources, a line in its index and a real payload as fixture. */
export interface WebhookSource {
  readonly kind: 'webhook';
  /** Its name in `POST /webhooks/:source` and `--source`. */
  readonly name: Source;
  readonly summary: string;
  /** What to set up over there, step by step: plain text, `{url}` and `{secret}` are put in. */
  readonly setup: readonly string[];
  readonly proof: WebhookProof;
  /** Lower-case names of the headers that are stored with a delivery; never one that holds a secret. */
  readonly keptHeaders: readonly string[];
  /** True where a file of what it sends may be plain text, a record a line. */
  readonly plainLines?: boolean;
  /** Bytes of a body, packed or not; 5,000,000 unless said. */
  readonly bodyLimit?: number;
  /** The tool's own id of this delivery; null where it has none: then its content is its id. */
  deliveryId(envelope: DeliveryEnvelope): string | null;
  parse(envelope: DeliveryEnvelope, limits: EventLimits): ParsedDelivery;
  /** Where a delivery names what has to be fetched: what came back, as events. */
  parseFetched?(need: FetchNeed, fetched: JsonObject, limits: EventLimits): ParsedDelivery;
}
