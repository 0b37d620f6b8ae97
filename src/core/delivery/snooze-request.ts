/** Reads what `snooze` is to be quiet about, and until when. */
import { readIncidentRef } from '../incident/incident-ref.ts';
import { splitWords } from '../text/split-words.ts';
import { type Now, readLeadingMoment, readMomentAhead } from '../when/moment.ts';
import { looksLikeTarget, type MuteTarget, readMuteTarget } from './mute-target.ts';

interface SnoozeRequest {
  /** An incident by its number, or pages or an error; null where only a time was said. */
  of: { incident: number } | MuteTarget | null;
  /** Epoch milliseconds. */
  until: number;
  /** IANA zone in which the time was said. */
  zone: string;
  reason: string | null;
}

const YEAR_MS = 366 * 86_400_000;
const REASON = 300;

/** "INC-12 1h", "/checkout until Tuesday 9:00 load test", "2 days". */
export function readSnoozeRequest(text: string, at: Now): SnoozeRequest | { fault: string } {
  const words = splitWords(text);
  const [first = ''] = words;
  const incident = readIncidentRef(first);
  // "2 days" is a time, "2 1h" an incident and a time: a number alone is one only before a whole time.
  const isTimeOnly =
    incident !== undefined && /^\d/.test(first) && isMoment(words, at) && !isMoment(words.slice(1), at);
  const hasTarget = !isTimeOnly && (incident !== undefined || looksLikeTarget(first));
  const { moment, rest } = readLeadingMoment(hasTarget ? words.slice(1) : words, at, readMomentAhead);
  if ('fault' in moment) return { fault: moment.fault };
  if (moment.at - at.now > YEAR_MS)
    return { fault: 'A snooze lasts a year at most. To hear no more of a page or an error, ignore it.' };
  const reason = rest.join(' ').slice(0, REASON) || null;
  const common = { until: moment.at, zone: moment.zone, reason };
  if (!hasTarget) return { of: null, ...common };
  if (incident !== undefined) return { of: { incident }, ...common };
  const target = readMuteTarget(first);
  return 'fault' in target ? target : { of: target, ...common };
}

const isMoment = (words: readonly string[], at: Now): boolean =>
  words.length > 0 && !('fault' in readLeadingMoment(words, at, readMomentAhead).moment);
