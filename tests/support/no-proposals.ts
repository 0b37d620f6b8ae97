import type { ProposalDesk, StopDesk } from '../../src/pipeline/proposal-desk.ts';

const nothing = (): Promise<never> => Promise.reject(new Error('not here'));

/** For apps in which nobody proposes anything. */
export const noProposals: ProposalDesk = { propose: nothing, act: nothing, view: nothing };

/** Nothing is ever stopped. */
export const noStop: StopDesk = { get: async () => undefined, stop: nothing, resume: nothing };
