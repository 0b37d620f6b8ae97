import type { Subscription } from '../../core/delivery/subscription.ts';
import { KINDS } from '../../core/delivery/subscription-words.ts';
import { SeepassError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { buildUnsubscribed } from '../views/subscriptions.ts';

const FIX = '`/seepass subscriptions` lists them, each with its number.';

export const unsubscribeCommand: SlackCommand = {
  name: 'unsubscribe',
  usage: '<n>',
  summary: 'End a subscription. `/seepass unsubscribe 3`',
  purpose: 'I could not unsubscribe',
  async run({ text, user, channel }, { subscribing }) {
    const by = { user, channel };
    const here = (await subscribing.list(by)).filter((one) => one.channel === channel);
    return buildUnsubscribed(await subscribing.unsubscribe(numberOf(text, here), by), channel);
  },
};

/** By its number, or by what it is where the channel has one of these only. */
function numberOf(text: string, here: readonly Subscription[]): number {
  const [, digits] = /^#?(\d{1,9})$/.exec(text) ?? [];
  if (digits !== undefined) return Number(digits);
  const kind = KINDS[text.toLowerCase()];
  const [only, second] = here.filter((one) => text === '' || one.kind === kind);
  if (only && !second) return only.number;
  if (second) throw new SeepassError('bad_arguments', 'There are several; which one?', { fix: FIX });
  if (text === '' || kind !== undefined)
    throw new SeepassError('not_found', 'This channel has no such subscription.', { fix: FIX });
  throw new SeepassError('bad_arguments', 'Name a subscription by its number.', { fix: FIX });
}
