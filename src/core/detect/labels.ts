/** Hints: short labels of a pattern record. The first five are seed 000's own strings. */
import type { Finding } from '../records.ts';

const HINTS = {
  errorsWithDropoffs: 'errors+dropoffs co-occur',
  errorsWithTickets: 'errors+tickets co-occur',
  concentrated: 'concentrated signature',
  release: 'release correlated',
  errorsFirst: 'errors precede dropoffs',
  slowLeak: 'slow leak',
  trafficDrop: 'traffic drop',
  trackingOrOutage: 'traffic drop while requests go on',
  slow: 'slow responses',
  failures: 'failing requests',
  conversion: 'conversion drop',
  unmatched: 'without counterpart',
  newSignature: 'new signature',
  spreading: 'spreading over surfaces',
  swap: 'signature swap',
} as const;

/** What the findings of one entity are labelled with, in the order of `HINTS`. */
export function hintsOf(findings: readonly Finding[]): string[] {
  const labels = new Set(findings.flatMap(hintsOfFinding));
  return Object.values(HINTS).filter((hint) => labels.has(hint));
}

function hintsOfFinding({ rule, metric, evidence }: Finding): string[] {
  const slow = typeof evidence.window_days === 'number' && evidence.window_days > 1 ? [HINTS.slowLeak] : [];
  switch (rule) {
    case 'co-occurrence':
      return [metric.endsWith('ticket_rate') ? HINTS.errorsWithTickets : HINTS.errorsWithDropoffs];
    case 'lag':
      return [HINTS.errorsFirst];
    case 'concentration':
      return [HINTS.concentrated];
    case 'release':
      return [HINTS.release];
    case 'traffic-drop':
      return [HINTS.trafficDrop, ...(goesOn(evidence) && metric === 'pageviews' ? [HINTS.trackingOrOutage] : [])];
    case 'latency':
      return [HINTS.slow];
    case 'failure-storm':
      return [HINTS.failures, ...slow];
    case 'conversion-drop':
      return [HINTS.conversion];
    case 'reconciliation':
      return [HINTS.unmatched, ...slow];
    case 'new-signature':
      return [HINTS.newSignature];
    case 'spreading-signature':
      return [HINTS.spreading];
    case 'signature-swap':
      return [HINTS.swap];
    default:
      return slow;
  }
}

/** Requests that day at least at half their usual level say people are there and the views are what is missing. */
function goesOn({ requests_ratio: ratio }: Finding['evidence']): boolean {
  return typeof ratio === 'number' && ratio >= 0.5;
}
