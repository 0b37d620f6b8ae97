import { looksLikeTarget, readMuteTarget } from '../../core/delivery/mute-target.ts';
import { splitWords } from '../../core/text/split-words.ts';
import { SeepassError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { declarerOf } from '../declarer.ts';
import { noteOf } from '../incident-command.ts';
import { buildMuted } from '../views/mutes.ts';

const FIX = 'For example `/seepass ignore /health*` or `/seepass ignore BOT_TIMEOUT`; `/seepass ignored` lists them.';

export const ignoreCommand: SlackCommand = {
  name: 'ignore',
  usage: '<page | error> [reason]',
  summary: 'Never be told of a page or an error again. `/seepass ignore /health*`',
  purpose: 'I could not note that',
  isMeant: (text) => looksLikeTarget(text.split(/\s/)[0] ?? ''),
  async run({ text, user, channel }, deps) {
    const [first, ...reason] = splitWords(text);
    if (first === undefined)
      throw new SeepassError('bad_arguments', 'I need the page or the error to ignore.', { fix: FIX });
    const target = readMuteTarget(first);
    if ('fault' in target) throw new SeepassError('bad_arguments', target.fault, { fix: FIX });
    const by = await declarerOf(deps, user, channel);
    const mute = { ...target, until: null, reason: noteOf(reason.join(' ')) };
    return buildMuted(await deps.stores.mutes.add(mute, by), deps.timezone);
  },
};
