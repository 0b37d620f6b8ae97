import type { SlackDeps } from '../../src/slack/deps.ts';

const nothing = (): Promise<never> => Promise.reject(new Error('not here'));

/** For apps that are told of no incidents. */
export const noIncidents: Pick<SlackDeps, 'desk' | 'chartOf' | 'rules'> = {
  desk: { act: nothing },
  chartOf: async () => null,
  rules: { list: nothing, restore: nothing },
};
