import { type Fields, textAt } from '../payload/fields.ts';
import { ignoredPart, type PayloadPart } from '../payload/parts.ts';

/** An issue is new or came back: then there is an event behind the notice. */
const WITH_AN_EVENT = new Set(['created', 'unresolved']);

/**
 * An issue is a group of events, and its notice holds none of them. The event behind it is asked for, so that it is
 * counted once under its own id, however else it comes; what people do to an issue in Sentry says nothing for us.
 */
export function readIssueNotice(action: string | null, issue: Fields): PayloadPart {
  const id = textAt(issue, 'id');
  const notice = `issue ${action ?? 'notice'}`;
  if (action === null || !WITH_AN_EVENT.has(action)) return ignoredPart(notice);
  if (id === null || !/^\d{1,20}$/.test(id))
    return { reason: 'the issue has no id: send the notice as Sentry made it' };
  return { need: { kind: 'issue', id } };
}
