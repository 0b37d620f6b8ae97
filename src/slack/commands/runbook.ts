import { plainText } from '../../core/query/answer/plain-text.ts';
import { SeepassError } from '../../errors.ts';
import { readersOf } from '../../pipeline/runbooks/readers.ts';
import { whoAsks } from '../ask-for.ts';
import type { SlackCommand } from '../command.ts';
import { typedText } from '../typed-text.ts';
import { buildBodyMessage } from '../views/answer.ts';

export const runbookCommand: SlackCommand = {
  name: 'runbook',
  usage: '<words>',
  summary: 'What a runbook says about it. `/seepass runbook webhook backlog`',
  purpose: 'I could not look into the runbooks',
  async run(request, deps) {
    const words = typedText(request.text);
    if (words === '')
      throw new SeepassError('bad_arguments', 'I need a few words to look for.', {
        fix: 'For example `/seepass runbook webhook backlog`; `/seepass docs` lists what there is.',
      });
    const { stores, memberships, runbooks } = deps;
    const readers = await readersOf({ runbooks: stores.runbooks, memberships }, await whoAsks(deps, request));
    const body = await runbooks.answer(words, readers);
    return buildBodyMessage(body, plainText(body));
  },
};
