import type { SlackCommand } from '../command.ts';
import { buildCycle, busyWords } from '../views/cycle.ts';
import { buildNotice } from '../views/notice.ts';

export const cycleCommand: SlackCommand = {
  name: 'cycle',
  usage: '',
  summary: 'Observe, judge, assess, propose and act now, for admins',
  purpose: 'I could not go through the whole loop',
  auditsItself: true,
  isMeant: (text) => text === '',
  async run({ user, channel }, { cycle, progress, timezone }) {
    const show = progress({ user, channel });
    const by = { actor: user, channel: channel === '' ? null : channel };
    const outcome = await cycle.run(by, (model) => show(buildCycle(model)));
    if (outcome.kind === 'busy') return buildNotice(busyWords(outcome, timezone));
    return buildNotice('Done. The message with all its steps says what was found.');
  },
};
