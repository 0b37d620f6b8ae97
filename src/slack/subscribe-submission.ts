/** Reads the form that subscribes a channel. */
import { z } from 'zod';
import { SUBSCRIPTION_KINDS } from '../core/delivery/subscription.ts';
import { faultsOf, type Wish, type WishFault, type WishPart } from '../core/delivery/wish.ts';
import { SUBSCRIBE_INPUTS } from './ids.ts';

const chosen = z.object({ value: z.string() });
const elementSchema = z.object({
  value: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_conversation: z.string().nullish(),
  selected_option: chosen.nullish(),
  selected_options: z.array(chosen).nullish(),
});

const submissionSchema = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({
    private_metadata: z.string().default(''),
    state: z.object({ values: z.record(z.string(), z.record(z.string(), elementSchema)) }),
  }),
});

export interface SubmittedWish {
  user: string;
  /** Where the form was opened. */
  channel: string;
  wish: Wish;
  /** By block of the form; empty where all is well. */
  errors: Record<string, string>;
}

/** What cannot be filled in wrongly together is left out: times of alerts, quiet hours of digests. */
export function readSubscribeForm(body: unknown): SubmittedWish {
  const { user, view } = submissionSchema.parse(body);
  const field = (name: keyof typeof SUBSCRIBE_INPUTS) =>
    view.state.values[SUBSCRIBE_INPUTS[name]]?.[SUBSCRIBE_INPUTS[name]];
  const kind = z.enum(SUBSCRIPTION_KINDS).parse(field('kind')?.selected_option?.value);
  const isAlerts = kind === 'alerts';
  const days = (field('days')?.selected_options ?? []).map(({ value }) => Number(value)).sort((a, b) => a - b);
  const [from, until] = [minuteOf(field('quiet')?.selected_time), minuteOf(field('quietUntil')?.selected_time)];
  const budget = field('budget')?.value;
  const wish: Wish = {
    kind,
    channel: field('channel')?.selected_conversation ?? null,
    surfaces: (field('surfaces')?.value ?? '').split(/[\s,]+/).filter(Boolean),
    severity:
      kind === 'question'
        ? null
        : z.enum(['high', 'medium', 'low']).parse(field('severity')?.selected_option?.value ?? 'low'),
    minute: isAlerts ? null : minuteOf(field('time')?.selected_time),
    weekdays: isAlerts || days.length === 0 ? null : days,
    zone: field('zone')?.selected_option?.value ?? null,
    question: field('question')?.value?.trim() || (kind === 'question' ? '' : null),
    quiet: isAlerts && from !== null && until !== null ? { from, until } : null,
    weeklyBudget: isAlerts && budget != null && budget !== '' ? Number(budget) : null,
  };
  const half: WishFault[] =
    isAlerts && (from === null) !== (until === null)
      ? [{ part: 'quiet', says: 'Quiet hours need both a beginning and an end.' }]
      : [];
  return {
    user: user.id,
    channel: view.private_metadata,
    wish,
    errors: errorsOf([...half, ...faultsOf(wish)]),
  };
}

/** The first fault of each part, where the form shows it. */
export function errorsOf(faults: readonly WishFault[]): Record<string, string> {
  return Object.fromEntries(faults.toReversed().map(({ part, says }) => [blockOf(part), says]));
}

const blockOf = (part: WishPart): string => SUBSCRIBE_INPUTS[part];

function minuteOf(time: string | null | undefined): number | null {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time ?? '') ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}
