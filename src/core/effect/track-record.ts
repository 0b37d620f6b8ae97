/** How far to trust an action type, by what it did before. */

import type { Confidence } from '../assess/assessment.ts';
import { wilsonInterval } from '../stats.ts';
import type { TrackRecord } from './effect-check.ts';

const TRUSTED = 0.5;
const DOUBTED = 0.5;

/**
 * By the Wilson interval of the share that helped, of the checks that could tell: high where even its lower end is half
 * or more, low where its upper end is below half; what was never told, or says too little, is medium.
 */
export function trackConfidence(record: TrackRecord | undefined): Confidence {
  if (record === undefined) return 'medium';
  const told = record.helped + record.didNotHelp + record.worse;
  if (told === 0) return 'medium';
  const [low, high] = wilsonInterval(record.helped, told);
  if (low >= TRUSTED) return 'high';
  return high < DOUBTED ? 'low' : 'medium';
}
