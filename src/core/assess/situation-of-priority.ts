/** A judged day's priority, as it is assessed. */
import { readPriority } from '../explain/reading.ts';
import { writeSummary } from '../explain/summary.ts';
import { buildFacts, type FactContext } from '../facts/ledger.ts';
import { severityOf } from '../rank/severity.ts';
import type { PatternRecord, Priority } from '../records.ts';
import { addDays, daysBetween } from '../window.ts';
import { claimFrom } from './claim.ts';
import type { Situation, SituationWindows } from './situation.ts';

const WEEK = 7;
const DAY_HOURS = 24;

/** What a judged day’s priority shows. */
export function situationOfPriority(priority: Priority, context: FactContext): Situation {
  const { date, entity_type, entity_key, members, pattern_record: record } = priority;
  const facts = buildFacts(priority, context);
  const reading = readPriority(priority, facts);
  const others = members.flatMap((member) => (member.entity_type === 'surface' ? [member.entity_key] : []));
  return {
    subject: { kind: 'priority', date, entity_type, entity_key },
    severity: severityOf(priority),
    kind: reading.kind,
    surfaces: [...new Set(entity_type === 'surface' ? [entity_key, ...others] : others)],
    signature: entity_type === 'error_signature' ? entity_key : null,
    rules: record.findings.map(({ rule }) => rule),
    windows: windowsOf(date, record.since),
    summary: claimFrom(writeSummary(reading), facts),
    facts,
    accounts: record.reach?.accounts ?? boundsOf(record.signals.affected_accounts),
    users: record.reach?.users ?? boundsOf(record.signals.affected_users),
    loss: record.loss ?? null,
    topics: topicsOf(record),
  };
}

/** The judged day, against the week before the episode and the same day a week earlier. */
function windowsOf(date: string, since: string): SituationWindows {
  const before = { start: addDays(since, -WEEK), end: since };
  // The same weekday, before it began.
  const weeks = Math.max(1, Math.ceil((daysBetween(since, date) + 1) / WEEK));
  const usual = addDays(date, -WEEK * weeks);
  return {
    now: { start: date, end: addDays(date, 1) },
    before,
    usual: { start: usual, end: addDays(usual, 1) },
    began: since,
    hours: { now: DAY_HOURS, before: WEEK * DAY_HOURS },
  };
}

/** Nobody at all is nobody known: faults may come without saying whose they are. */
const boundsOf = (known: number): [number, number] | null => (known > 0 ? [known, known] : null);

const topicsOf = ({ top_ticket_topics }: PatternRecord): string[] => top_ticket_topics.map(({ topic }) => topic);
