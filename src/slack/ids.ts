import { createHash } from 'node:crypto';
import type { EntityRef } from '../core/records.ts';

/** Every button of ours, so that a view and its listener cannot drift apart. */
export const ACTIONS = {
  approve: 'proposal_approve',
  dismiss: 'proposal_dismiss',
  details: 'priority_details',
  showAll: 'digest_show_all',
  useful: 'priority_useful',
  chart: 'priority_chart',
  chartPost: 'priority_chart_post',
  shareTop: 'top_share',
  moreHelp: 'help_more',
  moreMetrics: 'metrics_more',
  answerChart: 'answer_chart',
  answerTable: 'answer_table',
  answerCsv: 'answer_csv',
  answerShare: 'answer_share',
  answerQuery: 'answer_query',
  openSubscribe: 'subscribe_open',
  endSubscription: 'subscription_end',
  olderAudit: 'audit_older',
  sawNotice: 'owner_saw_notice',
} as const;

/** The buttons that ask: one row may hold several, and Slack wants each to have a name of its own. */
export const askAction = (place: number): string => `answer_ask_${place}`;
export const ASK_ACTION = /^answer_ask_\d$/;

/** The buttons that open a runbook's section: what names it, runbook's number first. */
export const readSectionAction = (place: number): string => `runbook_read_${place}`;
export const READ_SECTION_ACTION = /^runbook_read_\d$/;

export const encodeSection = ({ number, anchor }: { number: number; anchor: string }): string => `${number}.${anchor}`;

/** Undefined when the value was not made by `encodeSection`. */
export function decodeSection(value: string): { number: number; anchor: string } | undefined {
  const [, number, anchor] = /^(\d{1,9})\.(.{1,200})$/su.exec(value) ?? [];
  return number === undefined || anchor === undefined ? undefined : { number: Number(number), anchor };
}

/** Every modal of ours. */
export const CALLBACKS = {
  details: 'details_modal',
  allPriorities: 'all_priorities_modal',
  query: 'query_modal',
  runbookSection: 'runbook_section_modal',
  subscribe: 'subscribe_form',
} as const;

/** Blocks of the form that subscribes a channel, and the action in each. */
export const SUBSCRIBE_INPUTS = {
  channel: 'subscribe_channel',
  kind: 'subscribe_kind',
  surfaces: 'subscribe_pages',
  severity: 'subscribe_severity',
  time: 'subscribe_time',
  days: 'subscribe_days',
  zone: 'subscribe_zone',
  question: 'subscribe_question',
  quiet: 'subscribe_quiet_from',
  quietUntil: 'subscribe_quiet_until',
  budget: 'subscribe_budget',
} as const;

export const SLASH_COMMAND = '/seepass';

/** Names a priority in a button's value: its day and 96 bits of its entity's hash, so ids only. */
export function encodePriority(date: string, entity: EntityRef): string {
  const hash = createHash('sha256').update(`${entity.entity_type}\u0000${entity.entity_key}`).digest('hex');
  return `${date}.${hash.slice(0, 24)}`;
}

/** The day of a value made by `encodePriority`; undefined when it was not. */
export function dateOfPriority(value: string): string | undefined {
  return /^(\d{4}-\d{2}-\d{2})\.[0-9a-f]{24}$/.exec(value)?.[1];
}

/** A priority and the message that showed it: where the answer to a button in a modal belongs. */
export const encodePosted = (priority: string, ts: string): string => `${priority}@${ts}`;

/** Undefined when the value was not made by `encodePosted`. */
export function decodePosted(value: string): { priority: string; ts: string } | undefined {
  const [, priority, ts] = /^([^@]+)@(\d+\.\d+)$/.exec(value) ?? [];
  return priority === undefined || ts === undefined ? undefined : { priority, ts };
}

/** The priority a value made by `encodePriority` names, when it is still there. */
export function findByValue<T extends EntityRef & { date: string }>(
  priorities: readonly T[],
  value: string,
): T | undefined {
  return priorities.find((priority) => encodePriority(priority.date, priority) === value);
}
