/** How often a rule's alerts were worth it in people's eyes, and when a rule has to be quiet. */
import { wilsonInterval } from '../stats.ts';

/** Fewer say nothing about a rule. */
const JUDGED_AT_LEAST = 8;
/** With at least this precision a rule may interrupt people. */
const PRECISION_FLOOR = 0.3;

export interface JudgedAlerts {
  useful: number;
  false: number;
}

export interface RulePrecision extends JudgedAlerts {
  /** Of those judged; null where none was. */
  precision: number | null;
  /** Wilson's 95% score interval of it, lower end (E. B. Wilson, JASA 22, 1927); 0 where none was judged. */
  lower: number;
  isDemoted: boolean;
}

/**
 * A rule is demoted when at least eight of its alerts were judged and the lower bound is under the floor: eight that
 * were good, or five good ones of eight, keep it. Its alerts go on in digests, where what people say of them counts on,
 * so it comes back by itself once the bound is over the floor.
 */
export function precisionOf({ useful, false: wrong }: JudgedAlerts): RulePrecision {
  const judged = useful + wrong;
  const lower = judged === 0 ? 0 : wilsonInterval(useful, judged)[0];
  return {
    useful,
    false: wrong,
    precision: judged === 0 ? null : useful / judged,
    lower,
    isDemoted: judged >= JUDGED_AT_LEAST && lower < PRECISION_FLOOR,
  };
}
