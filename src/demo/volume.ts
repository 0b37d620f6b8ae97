import { EVENTS_PER_CONVERSATION } from './assistant.ts';
import type { Day } from './calendar.ts';
import { ORDER_RATE } from './money.ts';
import type { ResolvedOptions } from './options.ts';
import type { People } from './people.ts';
import { REPLIES_PER_TICKET } from './support.ts';
import type { Surface } from './surface.ts';
import { CONVERSATION_RATE, SESSION_RATE } from './visits.ts';

/** Page views (or calls) a day that one unit of a surface's weight stands for, so that the total comes out as asked. */
export function viewsPerUnit(
  options: ResolvedOptions,
  surfaces: readonly Surface[],
  days: readonly Day[],
  people: People,
): number {
  const busyDays = days.reduce((sum, day) => sum + day.busyness, 0);
  const perDay = surfaces.reduce((sum, surface) => sum + eventsPerUnitDay(surface), 0);
  const paying = people.accounts.filter((account) => account.mrr > 0).length;
  const joining = days.reduce((sum, day) => sum + people.joinersOf(day.index).length, 0);
  const fixed = (paying * options.days) / 30 + joining;
  return Math.max(options.events - fixed, options.events / 10) / (busyDays * perDay);
}

function eventsPerUnitDay(surface: Surface): number {
  if (surface.views === 0) return surface.calls * (1 + surface.errors);
  const orders = surface.action[0] === 'checkout_submitted' ? ORDER_RATE : 0;
  const conversations = surface.area === 'assistant' ? CONVERSATION_RATE * EVENTS_PER_CONVERSATION : 0;
  return (
    surface.views *
    (1 +
      surface.action[1] * (1 + orders) +
      surface.dropoff[1] +
      SESSION_RATE +
      surface.calls +
      surface.errors +
      surface.tickets * (1 + REPLIES_PER_TICKET) +
      conversations)
  );
}
