import type { EventLimits } from '../../core/event.ts';
import { type Fields, isFields } from '../payload/fields.ts';
import { ignoredPart, type PayloadPart } from '../payload/parts.ts';
import { readSentryEvent } from './event.ts';

/** True for the lines of an SDK's envelope: a header, then a line about each item before the item itself. */
export function isEnvelope(lines: readonly unknown[]): boolean {
  const [header, item] = lines;
  return isFields(header) && isHeader(header) && isFields(item) && isItemHeader(item);
}

/** True for a line of an envelope that is about another one. */
export function isEnvelopeLine(line: Fields): boolean {
  return isHeader(line) || isItemHeader(line);
}

/** The events of an envelope; its sessions, profiles and attachments say nothing for us. */
export function readEnvelope(lines: readonly unknown[], limits: EventLimits): PayloadPart[] {
  const parts: PayloadPart[] = [];
  for (let at = 1; at < lines.length; at++) {
    const header = lines[at];
    // An attachment may span lines: what follows its first is passed over until the next item.
    if (!isFields(header) || !isItemHeader(header)) continue;
    at += 1;
    parts.push(readItem(String(header.type), lines[at], limits));
  }
  return parts;
}

/** Names the envelope, and holds nothing of an event. */
function isHeader(line: Fields): boolean {
  return ('sent_at' in line || 'dsn' in line || 'event_id' in line) && !HELD_BY_EVENTS.some((key) => key in line);
}

const HELD_BY_EVENTS = ['timestamp', 'exception', 'level', 'message', 'platform', 'type'];

/** An event says its type as well, by the names of an SDK or of Sentry's API. */
function isItemHeader(line: Fields): boolean {
  return typeof line.type === 'string' && !NAMES_EVENT.some((key) => key in line);
}

const NAMES_EVENT = ['event_id', 'eventID', 'timestamp', 'dateCreated'];

function readItem(type: string, item: unknown, limits: EventLimits): PayloadPart {
  if (type !== 'event' && type !== 'transaction') return ignoredPart(`envelope ${type}`);
  if (!isFields(item))
    return { reason: `the ${type} in the envelope is no JSON object: send the body as the SDK made it` };
  return readSentryEvent(item, limits);
}
