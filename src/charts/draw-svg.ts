import { CustomChart, LineChart } from 'echarts/charts';
import { GraphicComponent, GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Chart } from '../core/chart/chart.ts';
import { chartOption } from './chart-option.ts';
import { HEIGHT, WIDTH } from './layout.ts';

use([CustomChart, LineChart, GraphicComponent, GridComponent, SVGRenderer]);

/** What ECharts adds for a page with a mouse; its ids and classes count what was drawn before, so no two are the same. */
const FOR_PAGES = /<style.*?<\/style>\s*| (?:class|pointer-events|ecmeta_\w+)="[^"]*"/gs;

/** The chart as SVG, 600 by 300; the same text for the same chart. */
export function drawSvg(chart: Chart): string {
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    drawing.setOption(chartOption(chart));
    return drawing
      .renderToSVGString()
      .replace(FOR_PAGES, '')
      .replace(/\bzr\d+-/g, 'zr-');
  } finally {
    drawing.dispose();
  }
}
