import type { EventType } from '../../core/records.ts';

/** What becomes of PostHog's own events; those that are not here say nothing for us. */
const OWN_EVENTS: ReadonlyMap<string, EventType> = new Map([
  ['$pageview', 'pageview'],
  ['$screen', 'pageview'],
  ['$autocapture', 'action'],
  ['$exception', 'error'],
]);

/** Shown to people rather than done by them. */
const NOTHING_DONE = /^survey (?:shown|dismissed)$/;
const LEFT = /\b(?:abandon(?:ed|s|ment)?|drop(?:ped)? ?offs?|bounced)\b/;
const SIGNED_UP =
  /^(?:(?:user|account|customer|member) )?(?:signed ?up|sign ?up(?: (?:completed?|success(?:ful)?|finished))?|registered|registration completed?|(?:user|account) created)$/;

/** The type of an event by the name PostHog or the application gave it; null for what says nothing for us. */
export function typeOfEvent(name: string): EventType | null {
  if (name.startsWith('$')) return OWN_EVENTS.get(name) ?? null;
  const words = wordsOf(name);
  if (NOTHING_DONE.test(words)) return null;
  if (LEFT.test(words)) return 'dropoff';
  return SIGNED_UP.test(words) ? 'signup' : 'action';
}

/** `checkoutStepAbandoned`, `checkout_step_abandoned` and `Checkout: step abandoned` read the same. */
function wordsOf(name: string): string {
  return name
    .slice(0, 200)
    .replace(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
}
