import { hash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { createChartPainter } from '../../src/charts/chart-painter.ts';
import { drawSvg } from '../../src/charts/draw-svg.ts';
import { PALETTE } from '../../src/charts/palette.ts';
import { fitText, textWidth } from '../../src/charts/text-size.ts';
import type { Chart, ChartPoint } from '../../src/core/chart/chart.ts';
import { codePoint } from '../support/code-point.ts';
import { CHARTS, TYPICAL } from './charts.ts';

const anyFigure = fc.oneof(
  fc.constant(null),
  fc.double({ min: 0, max: 1 }),
  fc.double({ min: -1e9, max: 1e12 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 1e-12),
);
const anyName = fc.oneof(
  fc.string({ unit: codePoint, maxLength: 80 }),
  fc.constantFrom('<script>&"', ']]>', '\u202eabc', '購入', '🛒'.repeat(99), `/${'x'.repeat(4_000)}`, ''),
);
const anyChart: fc.Arbitrary<Chart> = fc
  .record({
    title: anyName,
    measure: anyName,
    unit: fc.constantFrom('share', 'milliseconds', 'count'),
    grain: fc.constantFrom('day', 'hour'),
    timezone: fc.constantFrom('Europe/Berlin', 'Asia/Kathmandu', 'America/Argentina/Buenos_Aires'),
    first: fc.integer({ min: 0, max: 4e12 }),
    figures: fc.array(
      fc.record({ value: anyFigure, expected: anyFigure, lower: anyFigure, upper: anyFigure, flagged: fc.boolean() }),
      { maxLength: 170 },
    ),
    marks: fc.array(fc.record({ at: fc.integer({ min: 0, max: 4e12 }), name: anyName }), { maxLength: 9 }),
    /** Marks that lie among the points. */
    inside: fc.array(fc.record({ place: fc.nat(170), name: anyName }), { maxLength: 9 }),
  })
  .map(({ first, figures, inside, marks, ...chart }) => {
    const length = chart.grain === 'day' ? 86_400_000 : 3_600_000;
    const points = figures.map((figure, index): ChartPoint => ({ start: first + index * length, ...figure }));
    return {
      ...chart,
      points,
      marks: [...marks, ...inside.map(({ place, name }) => ({ at: first + place * length, name }))],
    };
  });

describe('a chart drawn as SVG', () => {
  it('has no figure that is none, whatever the series', () => {
    fc.assert(
      fc.property(anyChart, (chart) => {
        const svg = drawSvg(chart);
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        expect(svg).not.toMatch(/<script/);
        expect(svg.endsWith('</svg>')).toBe(true);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it.each(Object.entries(TYPICAL))('looks as it did: %s', async (name, chart) => {
    await expect(drawSvg(chart)).toMatchFileSnapshot(`../fixtures/charts/${name}.svg`);
  });

  it('is the same text however many were drawn before it', () => {
    const first = drawSvg(TYPICAL.incident);
    drawSvg(TYPICAL.week);
    expect(drawSvg(TYPICAL.incident)).toBe(first);
  });

  it.each(Object.entries(CHARTS))('of "%s" keeps its words on the card', (_name, chart) => {
    const places = [...drawSvg(chart).matchAll(/<text[^>]* (?:x="([\d.]+)"|transform="translate\(([\d.]+) )/g)];
    expect(places.length).toBeGreaterThan(2);
    for (const [, x, moved] of places) expect(Number(x ?? moved)).toBeLessThanOrEqual(600);
  });

  it('shows a day without a figure as a gap', () => {
    const lines = (chart: Chart) =>
      drawSvg(chart).match(new RegExp(`<path d="[^"]*"[^>]*stroke="${PALETTE.value}"[^>]*stroke-width="3"`, 'g'));
    const { checkout } = TYPICAL;
    const whole = { ...checkout, points: checkout.points.filter(({ value }) => value !== null) };
    const parts = (chart: Chart) => lines(chart)?.join('').match(/M/g)?.length ?? 0;
    expect(parts(checkout)).toBe(parts(whole) + 1);
  });
});

describe('a chart drawn as PNG', () => {
  const painter = createChartPainter({ idleMs: 100 });
  afterAll(() => painter.stop());
  const sizeOf = (png: Uint8Array) => {
    const view = new DataView(png.buffer, png.byteOffset);
    return [view.getUint32(16), view.getUint32(20)];
  };

  it('is 1200 by 600 pixels, the same bytes for the same chart, and different ones for another', async () => {
    const [one, again, other] = await Promise.all(
      [TYPICAL.checkout, TYPICAL.checkout, TYPICAL.incident].map((chart) => painter.draw(chart)),
    );
    if (!one || !again || !other) throw new Error('three were asked for');
    expect(Buffer.from(one.subarray(0, 8)).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(sizeOf(one)).toEqual([1200, 600]);
    expect(hash('sha256', one)).toBe(hash('sha256', again));
    expect(hash('sha256', one)).not.toBe(hash('sha256', other));
    expect(one.length).toBeLessThan(200_000);
  });

  it('says what failed where a chart cannot be drawn, and draws the next', async () => {
    await expect(painter.draw({ ...TYPICAL.checkout, timezone: 'Mars/Olympus' })).rejects.toThrow('could not be drawn');
    expect(sizeOf(await painter.draw(TYPICAL.checkout))).toEqual([1200, 600]);
  });

  it('ends its thread when no chart comes, and begins another for the next', async () => {
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(sizeOf(await painter.draw(TYPICAL.checkout))).toEqual([1200, 600]);
  });

  it('fails what is under way when it is stopped', async () => {
    const stopped = createChartPainter();
    const drawing = expect(stopped.draw(TYPICAL.checkout)).rejects.toThrow('stopping');
    await stopped.stop();
    await drawing;
  });
});

/** WCAG 2.2 contrast of two colours. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other].map(luminance).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe("a chart's colours", () => {
  it.each(['ink', 'soft', 'flagged', 'mark', 'value', 'expected'] as const)('%s can be read on the card', (name) => {
    expect(contrast(PALETTE[name], PALETTE.card)).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['the band ends where its edge is', PALETTE.bandEdge, PALETTE.card],
    ['the line stands out from the band', PALETTE.value, PALETTE.band],
    ['the axis stands out from the card', PALETTE.axis, PALETTE.card],
    ['flagged points stand out from the band', PALETTE.flagged, PALETTE.band],
    ["the card stands out from Slack's dark ground", PALETTE.card, '#1a1d21'],
  ])('%s', (_name, one, other) => {
    expect(contrast(one, other)).toBeGreaterThanOrEqual(3);
  });
});

describe('text in a chart', () => {
  it.each(['/checkout: errors 6.9x normal since Thu 29 Jan', `/${'w'.repeat(60)}: errors`, 'W'.repeat(400), ''])(
    'fits its place: %s',
    (text) => {
      const { size, lines } = fitText(text, 560, [22, 20, 18]);
      expect(lines.length).toBeLessThanOrEqual(2);
      for (const line of lines) expect(textWidth(line, size)).toBeLessThanOrEqual(560);
    },
  );
});
