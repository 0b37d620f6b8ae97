import type { Area } from './surface.ts';
import type { TicketTheme } from './ticket-theme.ts';
import { ORDERING_THEMES } from './ticket-themes-ordering.ts';
import { PAYING_THEMES } from './ticket-themes-paying.ts';
import { RUNNING_THEMES } from './ticket-themes-running.ts';

export const TICKET_THEMES: readonly TicketTheme[] = [...PAYING_THEMES, ...ORDERING_THEMES, ...RUNNING_THEMES];

const byTopic = new Map(TICKET_THEMES.map((theme) => [theme.topic, theme]));

/** @throws RangeError when an incident names a topic that is not in the list. */
export function getTheme(topic: string): TicketTheme {
  const theme = byTopic.get(topic);
  if (theme === undefined) throw new RangeError(`no ticket theme "${topic}"`);
  return theme;
}

/** What people on this part of the product usually write about. */
export function backgroundThemes(area: Area): TicketTheme[] {
  return TICKET_THEMES.filter((theme) => theme.areas.includes(area));
}
