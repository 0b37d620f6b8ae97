import type { EventLimits, ParsedEvent } from '../../core/event.ts';
import { parseEvent } from '../../core/event.ts';
import type { Event } from '../../core/records.ts';
import type { FetchNeed, ParsedDelivery } from '../../core/sources.ts';

/** What one part of a payload says: an event, nothing for us, something to ask the tool for, or a reason against it. */
export type PayloadPart =
  | ParsedEvent
  | { ignored: string; event?: undefined; reason?: undefined }
  | { need: FetchNeed; event?: undefined; reason?: undefined };

/** An event as a tool's words were read, not yet held to the contract. */
export type ReadEvent = { ts: unknown; meta: Readonly<Record<string, unknown>> } & Pick<Event, 'source' | 'type'> &
  Partial<Omit<Event, 'ts' | 'source' | 'type' | 'meta'>>;

/** Holds what was read to the contract; members of `meta` without a value are left out. */
export function eventPart(read: ReadEvent, limits: EventLimits): ParsedEvent {
  const meta: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(read.meta))
    if (value !== null && value !== undefined && value !== '') meta[key] = value;
  return parseEvent({ ...read, meta }, limits);
}

/** A part of a kind that says nothing for us; the tool's own name of it is kept where it is a plain one. */
export function ignoredPart(kind: string): PayloadPart {
  return { ignored: /^[\w$ .:/-]{1,60}$/.test(kind) ? kind : 'other' };
}

/** The parts of a delivery, by what became of them. */
export function deliveryOf(parts: Iterable<PayloadPart>): ParsedDelivery {
  const events: ParsedEvent[] = [];
  const ignored: string[] = [];
  const needs: FetchNeed[] = [];
  for (const part of parts) {
    if ('ignored' in part) ignored.push(part.ignored);
    else if ('need' in part) needs.push(part.need);
    else events.push(part);
  }
  return { events, ignored, needs };
}
