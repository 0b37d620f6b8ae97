import { FAILURE_RATE } from '../rate-metrics.ts';
import type { MeasuringRule } from '../rule.ts';
import { measureSurfaces } from './spike.ts';

/** A larger share of requests fails than normal: 5xx, and the 4xx statuses the workspace lists. */
export const failureStorm: MeasuringRule = {
  kind: 'measure',
  id: 'failure-storm',
  summary: 'A larger share of requests fails than is normal for the endpoint.',
  entityTypes: ['surface'],
  profiles: ['default'],
  measure: (day) => measureSurfaces(day, FAILURE_RATE),
};
