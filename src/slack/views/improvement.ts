import type { DigestModel } from '../../core/delivery/digest-model.ts';
import { formatMilliseconds, formatPercent } from '../../core/facts/render.ts';
import { quote, shorten } from '../mrkdwn.ts';

type Improvement = DigestModel['improvements'][number];

/** What got better, and what it is a share of; latency is no share. */
const WORDS: Readonly<Record<string, [what: string, of: string]>> = {
  error_rate: ['fewer errors', 'of views'],
  dropoff_rate: ['fewer drop-offs', 'of views'],
  ticket_rate: ['fewer tickets', 'of views'],
  conversion_rate: ['more actions', 'of views'],
  failure_rate: ['fewer failed requests', 'of requests'],
};

/** "/search faster: p95 0.9 s, normally 2.4 s", "/checkout fewer errors: 0.3% of views, normally 2.1%". */
export function describeImprovement({ surface, metric, current, expected }: Improvement): string {
  const name = quote(shorten(surface, 60), 60);
  if (metric === 'latency_p95')
    return `${name} faster: p95 ${formatMilliseconds(current)}, normally ${formatMilliseconds(expected)}`;
  const [what, of] = WORDS[metric] ?? ['better', ''];
  return `${name} ${what}: ${formatPercent(current)} ${of}, normally ${formatPercent(expected)}`;
}
