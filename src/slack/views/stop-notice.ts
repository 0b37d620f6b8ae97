import type { GlobalStop } from '../../core/proposal/proposal-view.ts';
import { quote } from '../mrkdwn.ts';
import { mention } from './mention.ts';
import { momentFor } from './outcome.ts';

/** "*Everything is stopped* since 15:20 by @maya: "the deploys hang"." @param timezone IANA. */
export function stopWords({ stoppedBy, stoppedAt, reason }: GlobalStop, timezone: string): string {
  const why = reason === null ? '.' : `: "${quote(reason, 300)}"`;
  return `*All actions are stopped* by ${mention(stoppedBy)} since ${momentFor(stoppedAt, timezone)}${why}`;
}
