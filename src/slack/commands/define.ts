import { findMetricByName } from '../../core/catalogue/find-by-name.ts';
import { SeepassError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { buildDefinition, buildUnknownMetric } from '../views/catalogue.ts';

export const defineCommand: SlackCommand = {
  name: 'define',
  usage: '<metric>',
  summary: 'What a metric means. `/seepass define error rate`',
  purpose: 'I could not look that up',
  async run({ text }) {
    const typed = text.replace(/[?.!"'`]+$/, '').replace(/^["'`]+/, '');
    if (typed === '')
      throw new SeepassError('bad_arguments', 'Which metric?', {
        fix: 'For example `/seepass define error rate`; `/seepass metrics` lists them.',
      });
    const found = findMetricByName(typed);
    return found ? buildDefinition(found, typed) : buildUnknownMetric(typed);
  },
};
