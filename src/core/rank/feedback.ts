/** What people said of earlier digests, as a driver: what keeps being of no use sinks, what was of use rises. */
import type { Driver, EntityType } from '../records.ts';

/** Votes on an entity's metric over the last weeks; a person's last word on a day counts. */
export interface Feedback {
  entity_type: EntityType;
  entity_key: string;
  metric: string;
  useful: number;
  not: number;
}

/** Points at most: no vote lifts what hurts nobody, while what nobody can use may sink below much else. */
const MOST = 5;
const LEAST = -10;
/** Votes that are worth half of the whole weight: one person is one opinion. */
const HALF_WEIGHT = 3;

/**
 * Laplace's rule of succession, (useful + 1) / (votes + 2), so that one vote never decides; weighed by votes / (votes + 3).
 * @param others points of the other drivers: the score never falls below 0.
 * @returns undefined where nobody voted.
 */
export function feedbackDriver(feedback: Feedback | undefined, others: number): Driver | undefined {
  const votes = feedback ? feedback.useful + feedback.not : 0;
  if (feedback === undefined || votes === 0) return undefined;
  const liking = 2 * ((feedback.useful + 1) / (votes + 2)) - 1;
  const weighed = liking * (votes / (votes + HALF_WEIGHT)) * (liking > 0 ? MOST : -LEAST);
  const points = Math.max(-others, Math.round(weighed * 2) / 2);
  return { name: 'feedback', value: feedback.useful, unit: `of ${votes} found it useful`, points };
}
