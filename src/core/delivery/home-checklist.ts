/** What is still to be done before Seepass is useful, in the order it is done in. */

export const CHECKLIST_STEPS = ['events', 'channel', 'invited', 'digest', 'admins', 'model'] as const;
export type ChecklistStep = (typeof CHECKLIST_STEPS)[number];

/** `unknown` where Slack did not say: that is neither done nor to be done. */
export type StepState = 'done' | 'missing' | 'unknown';

export type Checklist = Readonly<Record<ChecklistStep, StepState>>;

/** Answers are worded by our own templates without a model, so nothing waits for one. */
const OPTIONAL: ReadonlySet<ChecklistStep> = new Set(['model']);

export const isOptional = (step: ChecklistStep): boolean => OPTIONAL.has(step);

/** Whether the list is worth showing. */
export const isComplete = (checklist: Checklist): boolean =>
  CHECKLIST_STEPS.every((step) => OPTIONAL.has(step) || checklist[step] !== 'missing');

export interface ChecklistFacts {
  hasEvents: boolean;
  /** Of subscriptions that run: whether the app is in their channel; null where nobody knows. Empty for none. */
  channels: readonly { isMember: boolean | null }[];
  hasDigest: boolean;
  hasAdmins: boolean;
  hasModel: boolean;
}

export function checklistOf({ hasEvents, channels, hasDigest, hasAdmins, hasModel }: ChecklistFacts): Checklist {
  const stateOf = (isDone: boolean): StepState => (isDone ? 'done' : 'missing');
  const isIn = channels.some(({ isMember }) => isMember === true);
  const isNobodySure = channels.some(({ isMember }) => isMember === null);
  return {
    events: stateOf(hasEvents),
    channel: stateOf(channels.length > 0),
    invited: isIn ? 'done' : isNobodySure ? 'unknown' : 'missing',
    digest: stateOf(hasDigest),
    admins: stateOf(hasAdmins),
    model: stateOf(hasModel),
  };
}
