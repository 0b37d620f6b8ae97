import { groupMetrics } from '../../core/catalogue/groups.ts';
import { SeepassError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { buildMetricList } from '../views/catalogue.ts';

export const metricsCommand: SlackCommand = {
  name: 'metrics',
  usage: '[page]',
  summary: 'Everything that can be asked for',
  purpose: 'I could not list the metrics',
  isMeant: (text) => /^\d*$/.test(text),
  async run({ text }) {
    if (text !== '' && !/^\d{1,3}$/.test(text))
      throw new SeepassError('bad_arguments', 'I only need the number of a page.', {
        fix: 'For a single metric: `/seepass define error rate`.',
      });
    return buildMetricList(groupMetrics(), Number(text));
  },
};
