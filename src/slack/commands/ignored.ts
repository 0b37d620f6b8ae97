import { SeepassError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { declarerOf } from '../declarer.ts';
import { buildLifted, buildMuteList } from '../views/mutes.ts';

export const ignoredCommand: SlackCommand = {
  name: 'ignored',
  usage: '[lift <number>]',
  summary: 'What is ignored or snoozed, and taking it back. `/seepass ignored lift 3`',
  purpose: 'I could not read what is ignored',
  isMeant: (text) => text === '' || /^lift\s+#?\d+$/i.test(text),
  async run({ text, user, channel }, deps) {
    if (text === '') return buildMuteList(await deps.stores.mutes.list(deps.clock()), deps.timezone);
    const number = /^lift\s+#?(\d{1,9})$/i.exec(text)?.[1];
    if (number === undefined)
      throw new SeepassError('bad_arguments', 'I need the number of what to hear of again.', {
        fix: '`/seepass ignored` lists them; then for example `/seepass ignored lift 3`.',
      });
    return buildLifted(await deps.stores.mutes.lift(Number(number), await declarerOf(deps, user, channel)));
  },
};
