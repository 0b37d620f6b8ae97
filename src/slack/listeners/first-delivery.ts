import type { Stores } from '../../pipeline/ports.ts';

export interface DeliveredEvent {
  eventId: string | undefined;
  team: string;
  channel: string;
  /** The message's own ts, which stays the same when Slack sends it under another event id. */
  ts: string;
}

/** True for the first delivery of a message, by the event's id and by the message itself. */
export async function isFirstDelivery(stores: Stores, event: DeliveredEvent): Promise<boolean> {
  const byEvent = event.eventId === undefined || (await stores.firstDelivery(`event:${event.eventId}`));
  const byMessage = await stores.firstDelivery(`message:${event.team}:${event.channel}:${event.ts}`);
  return byEvent && byMessage;
}
