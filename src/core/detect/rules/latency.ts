import { measureLatency } from '../latency-test.ts';
import type { MeasuringRule } from '../rule.ts';

/** Slow is a failure too. */
export const latency: MeasuringRule = {
  kind: 'measure',
  id: 'latency',
  summary: 'The 95th percentile of request times is above what is normal for the surface.',
  entityTypes: ['surface'],
  profiles: ['default'],
  measure: measureLatency,
};
