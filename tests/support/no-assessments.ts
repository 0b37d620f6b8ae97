import type { AssessDesk } from '../../src/pipeline/assess/desk.ts';

const nothing = (): Promise<never> => Promise.reject(new Error('not here'));

/** For apps in which nobody asks for an assessment. */
export const noAssessments: AssessDesk = { ofPriority: nothing, ofIncident: nothing };
