import type { SlackCommand } from '../command.ts';
import { buildSubscriptions } from '../views/subscriptions.ts';

export const subscriptionsCommand: SlackCommand = {
  name: 'subscriptions',
  usage: '',
  summary: 'What this channel is told, and when next',
  purpose: 'I could not list the subscriptions',
  isMeant: (text) => text === '',
  async run({ user, channel, audience }, { subscribing, timezone }) {
    const all = await subscribing.list({ user, channel });
    // Where others read along, what somebody has elsewhere stays theirs.
    const shown = audience === 'asker' ? all : all.filter((one) => one.channel === channel);
    return buildSubscriptions(shown, channel, timezone);
  },
};
