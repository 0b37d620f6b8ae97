/** What somebody asks to be told, as far as they said it, and the subscription that makes. */
import type { Severity } from '../records.ts';
import {
  type QuietHours,
  type Schedule,
  type Subscription,
  type SubscriptionKind,
  WEEKLY_BUDGET,
} from './subscription.ts';
import { WEEKDAYS } from './subscription-words.ts';

/** What was left out is null. */
export interface Wish {
  kind: SubscriptionKind;
  /** A Slack channel by id or by name without `#`; null for where it is asked. */
  channel: string | null;
  surfaces: readonly string[];
  severity: Severity | null;
  /** Minutes after midnight. */
  minute: number | null;
  /** 1 Monday … 7 Sunday, ascending. */
  weekdays: readonly number[] | null;
  zone: string | null;
  question: string | null;
  quiet: { from: number; until: number } | null;
  weeklyBudget: number | null;
}

/** Which part of a wish is wrong, for a form to say it there. */
export type WishPart = 'kind' | 'channel' | 'surfaces' | 'time' | 'days' | 'zone' | 'question' | 'quiet' | 'budget';

export interface WishFault {
  part: WishPart;
  /** A sentence for whoever wrote it; plain text. */
  says: string;
}

const MOST_QUESTION = 500;
const MOST_SURFACES = 20;
const LONGEST_SURFACE = 200;
export const MOST_BUDGET = 1_000;

/** What does not go together; empty when it can be subscribed to. */
export function faultsOf(wish: Wish): WishFault[] {
  const { kind, surfaces, minute, weekdays, question, quiet, weeklyBudget, severity } = wish;
  const faults: WishFault[] = [];
  const fault = (isWrong: boolean, part: WishPart, says: string) => isWrong && faults.push({ part, says });
  const isTimed = minute !== null || weekdays !== null;
  fault(kind === 'alerts' && isTimed, 'time', 'Alerts come when something breaks: leave out the time and the days.');
  fault(
    kind !== 'alerts' && quiet !== null,
    'quiet',
    'Quiet hours are for alerts; everything else has a time of its own.',
  );
  fault(kind !== 'alerts' && weeklyBudget !== null, 'budget', 'A budget is for alerts; everything else comes on time.');
  fault(
    quiet !== null && quiet.from === quiet.until,
    'quiet',
    'Quiet hours have to end at another time than they begin.',
  );
  fault(
    weeklyBudget !== null && !(Number.isInteger(weeklyBudget) && weeklyBudget >= 0 && weeklyBudget <= MOST_BUDGET),
    'budget',
    `A budget is a whole number of alerts a week, 0 to ${MOST_BUDGET}.`,
  );
  fault(kind === 'question' && !/[\p{L}\p{N}]/u.test(question ?? ''), 'question', 'The question is empty.');
  fault(
    kind !== 'question' && question !== null,
    'question',
    'A question is a subscription of its own; leave out the rest.',
  );
  fault((question?.length ?? 0) > MOST_QUESTION, 'question', `A question takes at most ${MOST_QUESTION} characters.`);
  fault(
    kind === 'question' && (surfaces.length > 0 || severity !== null),
    'surfaces',
    'Name the page in the question itself; a question has no severity.',
  );
  fault(
    surfaces.length > MOST_SURFACES,
    'surfaces',
    `Name at most ${MOST_SURFACES} pages; * stands for any characters.`,
  );
  fault(
    surfaces.some((surface) => surface.length > LONGEST_SURFACE),
    'surfaces',
    `The name of a page takes at most ${LONGEST_SURFACE} characters; * stands for any characters.`,
  );
  return faults;
}

/** What a wish leaves open. */
export interface WishDefaults {
  /** Slack channel id. */
  channel: string;
  minute: number;
  /** IANA zone of the channel. */
  zone: string;
  /** What the workspace's admins set for alerts; left out where they set nothing. */
  alerts?: AlertDefaults;
}

/** Quiet hours on the channel's clock, and alerts a week. */
export interface AlertDefaults {
  quiet: Pick<QuietHours, 'from' | 'until'> | null;
  weeklyBudget: number;
}

/** The subscription a wish without faults makes. */
export function completeWish(
  wish: Wish,
  { channel, minute, zone, alerts }: WishDefaults,
): Omit<Subscription, 'id' | 'number' | 'createdAt' | 'createdBy' | 'paused' | 'nextDueAt'> {
  const own = wish.zone ?? zone;
  const schedule: Schedule = {
    minute: wish.minute ?? minute,
    weekdays: wish.weekdays ?? (wish.kind === 'digest' ? WEEKDAYS : [1]),
    zone: own,
  };
  const quiet = wish.quiet ?? (wish.kind === 'alerts' ? alerts?.quiet : null);
  return {
    kind: wish.kind,
    channel,
    surfaces: [...new Set(wish.surfaces)].sort(),
    severity: wish.severity ?? 'low',
    schedule: wish.kind === 'alerts' ? null : schedule,
    question: wish.question?.trim() ?? null,
    quiet: quiet == null ? null : { ...quiet, zone: own },
    weeklyBudget: wish.weeklyBudget ?? alerts?.weeklyBudget ?? WEEKLY_BUDGET,
  };
}
