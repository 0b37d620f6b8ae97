/** Reads what `maintenance` declares: pages, from when to when, and why. */
import { looksLikeTarget } from './delivery/mute-target.ts';
import type { MaintenanceWindow } from './maintenance.ts';
import { splitWords } from './text/split-words.ts';
import type { Now } from './when/moment.ts';
import { readLeadingSpan } from './when/span.ts';

const PATTERN = 200;
const REASON = 200;
const LONGEST_MS = 31 * 86_400_000;

/** "/checkout* 22:00-23:00 database move", "everything tomorrow 1:00-2:00 new servers", "/a for 2h test". */
export function readMaintenanceRequest(
  text: string,
  at: Now,
): { window: MaintenanceWindow; zone: string } | { fault: string } {
  const words = splitWords(text).filter((word, index) => !(index === 0 && /^on$/i.test(word)));
  const [first = ''] = words;
  const isAll = /^(?:everything|all|\*+|\/\*+)$/i.test(first);
  const isPage = /^[/*]/.test(first);
  if (!isAll && looksLikeTarget(first) && !isPage)
    return { fault: `Maintenance is of pages, and "${first.slice(0, 40)}" is an error.` };
  if (first.length > PATTERN) return { fault: `A pattern has at most ${PATTERN} characters.` };
  if (!isAll && !isPage) return { fault: 'I need the page first, or "everything".' };
  const span = readLeadingSpan(words.slice(1), at);
  if ('fault' in span) return { fault: span.fault };
  if (span.end - span.start > LONGEST_MS) return { fault: 'Maintenance lasts a month at most.' };
  const reason = span.rest.join(' ').slice(0, REASON).trim();
  if (reason === '') return { fault: 'I need a reason: it is shown wherever the window matters.' };
  const window = { starts_at: span.start, ends_at: span.end, surface_pattern: isAll ? null : first, reason };
  return { window, zone: span.zone };
}
