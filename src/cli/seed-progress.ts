import type { Clock } from '../pipeline/ports.ts';
import { type Progress, showProgress } from './progress.ts';
import type { CliContext } from './subcommand.ts';

/** How many of about `about` events were made. */
export function showSeedProgress(
  stderr: CliContext['stderr'],
  about: number,
  clock: Clock,
): Progress<{ events: number }> {
  return showProgress(stderr, clock, {
    total: about,
    beside: `{events} of about ${about} events`,
    line: ({ events }) => `${events} of about ${about} events`,
  });
}
