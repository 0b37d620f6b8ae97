import type { Stores } from '../../pipeline/ports.ts';

export interface DeliveredEvent {
  eventId: string | undefined;
  team: string;
  channel: string;
  /** The message's own ts, which stays the same when Slack sends it under another event id. */
  ts: string;
}

/**
 * True for the first delivery of a message, by the event's id and by the message itself. The second key is
 * claimed only by who won the first: two copies at once could otherwise take one key each, and none answer.
 */
export async function isFirstDelivery(stores: Pick<Stores, 'firstDelivery'>, event: DeliveredEvent): Promise<boolean> {
  if (event.eventId !== undefined && !(await stores.firstDelivery(`event:${event.eventId}`))) return false;
  return stores.firstDelivery(`message:${event.team}:${event.channel}:${event.ts}`);
}
