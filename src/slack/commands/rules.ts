import { metricNoun } from '../../core/incident/incident-words.ts';
import { SeepassError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { buildNotice } from '../views/notice.ts';
import { buildRuleList } from '../views/rules.ts';

export const rulesCommand: SlackCommand = {
  name: 'rules',
  usage: '[restore <rule>]',
  summary: 'Which alerts were useful, and letting one speak up again. `/seepass rules restore error_rate`',
  purpose: 'I could not read the rules',
  isMeant: (text) => text === '' || /^restore\s+\S+$/i.test(text),
  async run({ text, user }, { rules, answering }) {
    if (text === '') return buildRuleList(await rules.list());
    const name = /^restore\s+(\S+)$/i.exec(text)?.[1];
    if (name === undefined)
      throw new SeepassError('bad_arguments', 'I need the rule to restore.', {
        fix: 'For example `/seepass rules restore error_rate`; `/seepass rules` lists them.',
      });
    if (!(await answering.rolesOf(user)).includes('admin'))
      throw new SeepassError('forbidden', 'Only admins restore a rule: it decides who is interrupted.', {
        fix: 'Ask an admin of Seepass.',
      });
    const { metric } = await rules.restore(name, user);
    return buildNotice(`Alerts about ${metricNoun(metric)} are posted again, and judged anew.`);
  },
};
