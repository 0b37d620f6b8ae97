import type { Chart } from '../core/chart/chart.ts';

/** Draws a chart as a PNG of 1200 by 600 pixels. @throws Error when it cannot be drawn. */
export type DrawChart = (chart: Chart) => Promise<Uint8Array>;
