import type { Answering } from '../../src/pipeline/ask/answering.ts';

const nothing = (): Promise<never> => Promise.reject(new Error('not here'));

/** For apps that nobody asks anything. */
export const noAnswering: Answering = { ask: nothing, again: nothing, replay: nothing, rolesOf: nothing };
