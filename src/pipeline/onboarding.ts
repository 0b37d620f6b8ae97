/** The one message to whoever set Seepass up: nobody else gets a message they did not ask for. */
import type { Clock, OutgoingMessage, Stores } from './ports.ts';

export const ONBOARDING_KIND = 'onboarding';
/** Settings key. */
const SENT = 'onboarding.sent';

export interface OnboardingContext {
  stores: Pick<Stores, 'settings' | 'outbox'>;
  /** Slack user ids; the first one is taken to be the installer, as Slack does not say who that is. */
  admins: readonly string[];
  clock: Clock;
  render(): OutgoingMessage;
}

/**
 * Puts the first message to the installer into the outbox, once in the life of a workspace.
 * @returns false where it was sent before, or nobody is named: then it waits for somebody to be.
 */
export async function enqueueOnboarding({ stores, admins, clock, render }: OnboardingContext): Promise<boolean> {
  const [installer] = admins;
  if (installer === undefined || (await stores.settings.get(SENT)) !== undefined) return false;
  // Once per key, so that processes that start together, or one that died in between, send one.
  const isNew = await stores.outbox.enqueue({
    kind: ONBOARDING_KIND,
    channel: installer,
    subject: 'installed',
    sequence: 0,
    message: render(),
  });
  await stores.settings.set(SENT, { to: installer, at: clock() }, 'system');
  return isNew;
}
