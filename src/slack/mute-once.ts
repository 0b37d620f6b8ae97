import type { Mute } from '../core/delivery/mute.ts';
import type { Declarer } from '../pipeline/ports.ts';
import type { SlackDeps } from './deps.ts';

/** Adds a mute, or returns the one that is as quiet already: pressing twice adds nothing. */
export async function muteOnce(
  { stores, clock }: SlackDeps,
  mute: Pick<Mute, 'target' | 'pattern' | 'until' | 'reason'>,
  by: Declarer,
): Promise<Mute> {
  const known = (await stores.mutes.list(clock())).find(
    ({ target, pattern, until }) => target === mute.target && pattern === mute.pattern && until === mute.until,
  );
  return known ?? stores.mutes.add(mute, by);
}
