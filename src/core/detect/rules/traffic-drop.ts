import type { MeasuringRule } from '../rule.ts';
import { measureTraffic } from '../traffic-test.ts';

/** Fewer views (or calls) than the surface's peers explain: an outage, or tracking that broke on one page. */
export const trafficDrop: MeasuringRule = {
  kind: 'measure',
  id: 'traffic-drop',
  summary: 'A surface lost traffic while its peers did not.',
  entityTypes: ['surface'],
  profiles: ['default'],
  measure: measureTraffic,
};
