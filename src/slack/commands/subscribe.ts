import { parseSubscription } from '../../core/delivery/parse-subscription.ts';
import { SeepassError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { buildSubscribeForm } from '../views/subscribe-form.ts';
import { buildSubscribed, buildSubscribeInvitation } from '../views/subscriptions.ts';

export const subscribeCommand: SlackCommand = {
  name: 'subscribe',
  usage: '[digest|alerts|weekly|"question"] [pages] [severity] [time, days, zone]',
  summary: 'Tell this channel, on time. `/seepass subscribe digest /checkout* weekdays at 9`',
  purpose: 'I could not subscribe',
  form: ({ text, channel }, { subscribing }) => (text === '' ? buildSubscribeForm(subscribing.startIn(channel)) : null),
  async run({ text, user, channel }, { subscribing }) {
    if (text === '') return buildSubscribeInvitation();
    const { wish, faults } = parseSubscription(text);
    if (wish === null)
      throw new SeepassError('bad_arguments', faults.map(({ says }) => says).join(' '), {
        fix: 'For example `/seepass subscribe digest /checkout* medium weekdays at 9 Berlin`.',
      });
    return buildSubscribed(await subscribing.subscribe(wish, { user, channel }), channel);
  },
};
