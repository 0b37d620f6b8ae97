/** A page of the audit, in plain words. */
import { wordsOf } from '../../core/audit/known-actions.ts';
import { countOf, formatMoment } from '../../core/facts/render.ts';
import type { AuditEntry } from '../../core/records.ts';
import { ACTIONS } from '../ids.ts';
import { quote, shorten } from '../mrkdwn.ts';
import { actions, button, context, section } from './elements.ts';
import { mention } from './mention.ts';
import { buildNotice, type Rendered } from './notice.ts';

export interface AuditPage {
  entries: readonly AuditEntry[];
  /** What was asked for: "settings, by @maya, since Thu 29 Jan, 00:00". */
  about: string;
  /** Asks for the entries before the last of these; null where there are none. */
  older: string | null;
  timezone: string;
}

const SUBJECT = 80;
/** Outcomes that the words of the action do not say already. */
const TOLD: Readonly<Record<string, string>> = {
  forbidden: 'not allowed',
  failed: 'failed',
  conflict: 'too late',
  bad_arguments: 'not understood',
  not_found: 'not found',
  refused: 'refused',
  private_data: 'refused: private data',
};

export function buildAuditPage({ entries, about, older, timezone }: AuditPage): Rendered {
  if (entries.length === 0) return buildNotice(`The audit has no ${older === null ? '' : 'older '}entry of ${about}.`);
  const more = older === null ? [] : [actions([button('Older', { actionId: ACTIONS.olderAudit, value: older })])];
  return {
    text: `Audit: ${countOf(entries.length, 'entry', 'entries')} of ${about}`,
    blocks: [
      section(entries.map((entry) => entryLine(entry, timezone)).join('\n')),
      context(`${about} · latest first · times are ${quote(timezone, 60)} · \`seepass audit export\` has all of it`),
      ...more,
    ],
  };
}

/** "Thu 29 Jan, 15:20 · @maya changed a setting: delivery.sensitivity". */
function entryLine(
  { at, actor, action, subject_id, subject_type, channel, outcome, details }: AuditEntry,
  zone: string,
) {
  const who = actor === 'system' ? 'Seepass' : mention(actor);
  const subject = subjectOf(subject_type, subject_id, details);
  const what = subject === null ? '' : `: ${subject}`;
  const where = channel === null || channel.startsWith('D') ? '' : ` in ${mention(channel)}`;
  const told = TOLD[outcome] === undefined ? '' : ` (${TOLD[outcome]})`;
  return `${formatMoment(at, zone)} · ${who} ${quote(wordsOf(action), 80)}${what}${where}${told}`;
}

/** Ids that nobody knows by heart are left to the export. */
function subjectOf(type: string, id: string, details: AuditEntry['details']): string | null {
  if (type === 'incident' && typeof details.number === 'number') return `INC-${details.number}`;
  if (type === 'user') return mention(id);
  const named = details.pattern ?? details.entity_key ?? details.title;
  if (typeof named === 'string') return quote(shorten(named, SUBJECT), SUBJECT);
  const isUuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id);
  return isUuid || id === '-' ? null : quote(shorten(id, SUBJECT), SUBJECT);
}
