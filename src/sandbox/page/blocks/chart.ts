/** Slack's native chart as inline SVG, with its numbers as a table for readers who cannot see it. */
import { h, type Json, record, records, svg, text } from '../dom.ts';

const WIDTH = 560;
const HEIGHT = 220;
const PAD = { top: 12, right: 12, bottom: 40, left: 46 };
const INNER = { width: WIDTH - PAD.left - PAD.right, height: HEIGHT - PAD.top - PAD.bottom };

interface Series {
  name: string;
  values: number[];
}

/** Round steps that cover a range: 1, 2 or 5 times a power of ten. */
function ticks(low: number, high: number, count = 4): number[] {
  const span = high - low || Math.abs(high) || 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw) ?? 10 * power;
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

const shortNumber = (value: number): string =>
  new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 2 }).format(value);

export function chart(block: Json): HTMLElement {
  const drawing = record(block.chart);
  const title = text(block.title);
  const axis = record(drawing.axis_config);
  const isPie = drawing.type === 'pie';
  const categories = isPie
    ? records(drawing.segments).map((segment) => text(segment.label))
    : (Array.isArray(axis.categories) ? axis.categories : []).map(String);
  const series: Series[] = isPie
    ? [{ name: title, values: records(drawing.segments).map((segment) => Number(segment.value)) }]
    : records(drawing.series).map((one) => {
        const points = new Map(records(one.data).map((point) => [text(point.label), Number(point.value)]));
        return { name: text(one.name), values: categories.map((label) => points.get(label) ?? 0) };
      });
  const legend = isPie ? categories : series.length > 1 ? series.map((one) => one.name) : [];
  return h(
    'figure',
    { class: 'chart' },
    h('figcaption', {}, title),
    isPie ? pie(title, series[0]?.values ?? []) : cartesian(title, text(drawing.type), categories, series, axis),
    legend.length > 0 &&
      h('ul', { class: 'legend' }, ...legend.map((name, index) => h('li', { class: `series-${index % 6}` }, name))),
    numbers(title, categories, series),
  );
}

function cartesian(
  title: string,
  type: string,
  categories: readonly string[],
  series: readonly Series[],
  axis: Json,
): SVGElement {
  const all = series.flatMap((one) => one.values);
  const steps = ticks(Math.min(0, ...all), Math.max(0, ...all));
  const low = steps[0] ?? 0;
  const high = steps.at(-1) ?? 1;
  const band = INNER.width / Math.max(categories.length, 1);
  const x = (index: number) => PAD.left + band * (index + 0.5);
  const y = (value: number) => PAD.top + INNER.height * (1 - (value - low) / (high - low));
  const shape = { bar: bars, area: areas }[type] ?? lines;
  const every = Math.ceil(categories.length / 8);
  const root = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: 'img',
    'aria-label': summary(title, categories, series),
  });
  for (const step of steps) {
    root.append(
      svg('line', { class: 'grid', x1: PAD.left, x2: WIDTH - PAD.right, y1: y(step), y2: y(step) }),
      svg('text', { class: 'tick', x: PAD.left - 6, y: y(step) + 4, 'text-anchor': 'end' }, shortNumber(step)),
    );
  }
  for (const [index, label] of categories.entries()) {
    if (index % every === 0 || every === 1) {
      root.append(
        svg(
          'text',
          {
            class: (index / every) % 2 === 1 ? 'tick odd' : 'tick',
            x: x(index),
            y: HEIGHT - PAD.bottom + 16,
            'text-anchor': 'middle',
          },
          label,
        ),
      );
    }
  }
  root.append(...shape(series, { x, y, band, zero: y(Math.max(0, low)) }));
  root.append(
    svg(
      'text',
      { class: 'axis', x: PAD.left + INNER.width / 2, y: HEIGHT - 4, 'text-anchor': 'middle' },
      text(axis.x_label),
    ),
  );
  const yLabel = svg(
    'text',
    { class: 'axis of-y', x: 12, y: PAD.top + INNER.height / 2, 'text-anchor': 'middle' },
    text(axis.y_label),
  );
  yLabel.setAttribute('transform', `rotate(-90 12 ${PAD.top + INNER.height / 2})`);
  root.append(yLabel);
  return root;
}

interface Scale {
  x(index: number): number;
  y(value: number): number;
  band: number;
  zero: number;
}

const path = (values: readonly number[], scale: Scale): string =>
  values
    .map((value, index) => `${index === 0 ? 'M' : 'L'}${scale.x(index).toFixed(1)} ${scale.y(value).toFixed(1)}`)
    .join('');

const lines = (series: readonly Series[], scale: Scale): SVGElement[] =>
  series.flatMap(({ values }, index) => [
    svg('path', { class: `line series-${index % 6}`, d: path(values, scale) }),
    ...values.map((value, at) =>
      svg('circle', { class: `dot series-${index % 6}`, cx: scale.x(at), cy: scale.y(value), r: 2.5 }),
    ),
  ]);

const areas = (series: readonly Series[], scale: Scale): SVGElement[] =>
  series.flatMap(({ values }, index) => {
    const end = `L${scale.x(values.length - 1)} ${scale.zero}L${scale.x(0)} ${scale.zero}Z`;
    return [
      svg('path', { class: `area series-${index % 6}`, d: `${path(values, scale)}${end}` }),
      svg('path', { class: `line series-${index % 6}`, d: path(values, scale) }),
    ];
  });

const bars = (series: readonly Series[], scale: Scale): SVGElement[] => {
  const width = Math.min((scale.band * 0.7) / series.length, 36);
  return series.flatMap(({ values }, index) =>
    values.map((value, at) => {
      const left = scale.x(at) - (width * series.length) / 2 + width * index;
      const top = Math.min(scale.y(value), scale.zero);
      const height = Math.abs(scale.y(value) - scale.zero);
      return svg('rect', { class: `bar series-${index % 6}`, x: left, y: top, width: width - 1, height, rx: 1.5 });
    }),
  );
};

function pie(title: string, values: readonly number[]): SVGElement {
  const total = values.reduce((sum, value) => sum + value, 0) || 1;
  const root = svg('svg', { viewBox: '0 0 220 220', role: 'img', 'aria-label': title, class: 'pie' });
  let angle = -Math.PI / 2;
  for (const [index, value] of values.entries()) {
    const next = angle + (value / total) * Math.PI * 2;
    const at = (turn: number) =>
      `${(110 + 100 * Math.cos(turn)).toFixed(2)} ${(110 + 100 * Math.sin(turn)).toFixed(2)}`;
    const large = next - angle > Math.PI ? 1 : 0;
    const slice =
      values.length === 1
        ? svg('circle', { class: 'bar series-0', cx: 110, cy: 110, r: 100 })
        : svg('path', {
            class: `bar series-${index % 6}`,
            d: `M110 110L${at(angle)}A100 100 0 ${large} 1 ${at(next)}Z`,
          });
    root.append(slice);
    angle = next;
  }
  return root;
}

function summary(title: string, categories: readonly string[], series: readonly Series[]): string {
  const spans = series.map(({ name, values }) => {
    const highest = Math.max(...values);
    return `${name}: from ${values[0]} to ${values.at(-1)}, highest ${highest} at ${categories[values.indexOf(highest)]}`;
  });
  return `${title}. ${categories[0]} to ${categories.at(-1)}. ${spans.join('; ')}`;
}

const numbers = (title: string, categories: readonly string[], series: readonly Series[]): HTMLElement =>
  // A table cannot be clipped itself: it would lengthen the page below it.
  h(
    'div',
    { class: 'visually-hidden' },
    h(
      'table',
      {},
      h('caption', {}, title),
      h('thead', {}, h('tr', {}, h('th', {}, ''), ...series.map((one) => h('th', { scope: 'col' }, one.name)))),
      h(
        'tbody',
        {},
        ...categories.map((label, index) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, label),
            ...series.map((one) => h('td', {}, String(one.values[index] ?? ''))),
          ),
        ),
      ),
    ),
  );
