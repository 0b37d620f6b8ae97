/** What a subscription's posts are called in the outbox. */
import { judgedDate } from '../../core/window.ts';

/** Names the post of a due time (epoch ms), so that it is made once. */
export const dueSubject = (subscriptionId: string, dueAt: number): string =>
  `${subscriptionId}:${new Date(dueAt).toISOString()}`;

/** What a subject made by `dueSubject` names; undefined for any other. */
export function readDueSubject(subject: string): { subscriptionId: string; dueAt: number } | undefined {
  const [, subscriptionId = '', due = ''] = /^([^:]+):(\d{4}-\d\d-\d\dT.+Z)$/.exec(subject) ?? [];
  const dueAt = Date.parse(due);
  return subscriptionId === '' || Number.isNaN(dueAt) ? undefined : { subscriptionId, dueAt };
}

/**
 * The judged day (YYYY-MM-DD) a digest is about, from its subject: of a subscription's, the last complete day when it was
 * due; others are called by their day.
 */
export function dayOfDigest(subject: string, timezone: string): string {
  const due = readDueSubject(subject);
  return due ? judgedDate(due.dueAt, timezone) : subject;
}
