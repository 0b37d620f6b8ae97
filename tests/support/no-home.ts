import type { HomeDesk } from '../../src/pipeline/home.ts';

const refuse = () => Promise.reject(new Error('not here'));

/** For tests in which nobody opens the Home. */
export const noHome: HomeDesk = {
  read: refuse,
  settings: { open: refuse, save: refuse },
  approvals: { open: refuse, save: refuse },
  sensitivity: 'normal',
};
