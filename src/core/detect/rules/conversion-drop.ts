import { CONVERSION_RATE } from '../rate-metrics.ts';
import type { MeasuringRule } from '../rule.ts';
import { measureSurfaces } from './spike.ts';

/** Fewer actions per view than normal: people come and cannot, or will not, do what the page is for. */
export const conversionDrop: MeasuringRule = {
  kind: 'measure',
  id: 'conversion-drop',
  summary: 'Actions per view are below what is normal for the surface.',
  entityTypes: ['surface'],
  profiles: ['default'],
  measure: (day) => measureSurfaces(day, CONVERSION_RATE),
};
