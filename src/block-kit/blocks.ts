/** Block types Slack has and @slack/types 3.2 does not know yet. Everything else comes from there. */

interface ChartPoint {
  label: string;
  value: number;
}

interface ChartSeries {
  name: string;
  /** One point per category, in the categories' order. */
  data: ChartPoint[];
}

interface SeriesChart {
  type: 'line' | 'bar' | 'area';
  series: ChartSeries[];
  axis_config: { categories: string[]; x_label?: string; y_label?: string };
}

interface PieChart {
  type: 'pie';
  segments: ChartPoint[];
}

/** Slack's native chart, messages only. */
export interface DataVisualizationBlock {
  type: 'data_visualization';
  block_id?: string;
  title: string;
  chart: SeriesChart | PieChart;
}
