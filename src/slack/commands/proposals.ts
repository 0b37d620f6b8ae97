import { SeepassError } from '../../errors.ts';
import { readWaiting } from '../../pipeline/acting/waiting.ts';
import type { SlackCommand } from '../command.ts';
import type { SlackDeps } from '../deps.ts';
import type { Rendered } from '../views/notice.ts';
import { buildProposalCard } from '../views/proposal-card.ts';
import { buildProposalList } from '../views/proposal-list.ts';

const NUMBER = /^p[-_ ]?(\d{1,9})$/i;

export const proposalsCommand: SlackCommand = {
  name: 'proposals',
  usage: '[P-number]',
  summary: 'What waits for a decision, yours first. `/seepass proposals P-12` shows one',
  purpose: 'I could not read the proposals',
  isMeant: (text) => text === '' || NUMBER.test(text),
  async run({ text, user }, deps) {
    if (text !== '') return showOne(text, deps);
    const { stores, proposals: desk, clock, stop, timezone } = deps;
    const [waiting, stopped] = await Promise.all([readWaiting({ stores, desk, clock }, user), stop.get()]);
    return buildProposalList({ ...waiting, stop: stopped, timezone });
  },
};

async function showOne(text: string, { stores, proposals, timezone }: SlackDeps): Promise<Rendered> {
  const number = Number(NUMBER.exec(text)?.[1]);
  const found = Number.isNaN(number) ? undefined : await stores.proposals.findByNumber(number);
  if (found) return buildProposalCard(await proposals.view(found.id), timezone);
  throw new SeepassError('not_found', `There is no proposal ${text.slice(0, 40)}.`, {
    fix: '`/seepass proposals` lists what waits.',
  });
}
