import type { CycleDesk } from '../../src/pipeline/cycle-desk.ts';

/** For apps in which nobody runs the whole loop by hand. */
export const noCycle: CycleDesk = { run: () => Promise.reject(new Error('not here')) };
