/** The block types Seepass sends, as plain objects. Slack's own types where they exist. */
import type { KnownBlock } from '@slack/types';

export type {
  ActionsBlock,
  ActionsBlockElement,
  AlertBlock,
  Button,
  CardBlock,
  ContainerBlock,
  ContextActionsBlock,
  ContextBlock,
  DataTableBlock,
  DividerBlock,
  HeaderBlock,
  HomeView,
  ImageBlock,
  InputBlock,
  KnownBlock,
  MarkdownBlock,
  MessageMetadata,
  ModalView,
  MrkdwnElement,
  Option,
  Overflow,
  PlainTextElement,
  PlainTextOption,
  RawNumberElement,
  RawTextElement,
  RichTextBlock,
  SectionBlock,
  StaticSelect,
  TableBlock,
  TextObject,
} from '@slack/types';

export interface ChartPoint {
  label: string;
  value: number;
}

export interface ChartSeries {
  name: string;
  /** One point per category, in the categories' order. */
  data: ChartPoint[];
}

export interface SeriesChart {
  type: 'line' | 'bar' | 'area';
  series: ChartSeries[];
  axis_config: { categories: string[]; x_label?: string; y_label?: string };
}

export interface PieChart {
  type: 'pie';
  segments: ChartPoint[];
}

/** Slack's native chart, messages only. Not in @slack/types 3.2 yet. */
export interface DataVisualizationBlock {
  type: 'data_visualization';
  block_id?: string;
  title: string;
  chart: SeriesChart | PieChart;
}

/** Any block Seepass may send. */
export type SlackBlock = KnownBlock | DataVisualizationBlock;
