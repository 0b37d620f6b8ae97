import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCalendar } from '../../../../src/core/detect/series/calendar.ts';
import { CountModel } from '../../../../src/core/detect/series/count-model.ts';
import { Episode } from '../../../../src/core/detect/series/episode.ts';
import { HOUR } from '../../../../src/core/detect/series/grain.ts';
import type { SeriesPoint } from '../../../../src/core/detect/series/point.ts';
import { StateReader, StateWriter } from '../../../../src/core/detect/series/state.ts';

const START = Date.UTC(2026, 2, 26);
const calendar = createCalendar('Europe/Berlin');

/** Judges the points; after the ones in `stops`, model and episode go through bytes. */
function judge(points: readonly SeriesPoint[], stops: ReadonlySet<number>): unknown[] {
  const [first] = points;
  if (!first) return [];
  let model = new CountModel(first, HOUR, calendar);
  let episode = new Episode(model.quietAfter);
  return points.map((point, index) => {
    const { strength, alone, found, probability, lower, upper, expected, learn } = model.weigh(point);
    const placed = episode.place(point.at, strength, alone);
    learn(placed.age > 5);
    if (stops.has(index)) {
      const writer = new StateWriter();
      model.save(writer);
      episode.save(writer);
      const reader = new StateReader(writer.take());
      model = CountModel.restore(reader, HOUR, calendar);
      episode = new Episode(model.quietAfter);
      episode.restore(reader);
    }
    return { strength, found, probability, lower, upper, expected, placed, ready: model.ready };
  });
}

const counts = fc.array(fc.oneof({ weight: 9, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.nat(300) }), {
  minLength: 2,
  maxLength: 260,
});

it.each([
  ['alone', undefined],
  ['out of a total', 300],
])('counts %s are judged the same in one go and with the model stored between any two points', (_, total) => {
  fc.assert(
    fc.property(counts, fc.array(fc.nat(260), { maxLength: 20 }), (values, stops) => {
      const points = values.map((value, hour) => ({ at: START + hour * HOUR, value, total }));
      expect(judge(points, new Set(stops))).toEqual(judge(points, new Set()));
    }),
    { numRuns: 40 },
  );
});

it('a state that was cut short is refused, not half believed', () => {
  const writer = new StateWriter();
  new CountModel({ at: START, value: 3, total: 9 }, HOUR, calendar).save(writer);
  const bytes = writer.take();
  expect(bytes.length).toBeGreaterThan(1000);
  for (const length of [0, 4, 100, bytes.length - 1]) {
    const reader = new StateReader(bytes.subarray(0, length));
    expect(() => CountModel.restore(reader, HOUR, calendar)).toThrow(RangeError);
  }
});

it('a writer starts anew once its bytes were taken, and holds more than it reserved', () => {
  const writer = new StateWriter();
  writer.numbers(1, Number.NaN, Number.NEGATIVE_INFINITY);
  expect(writer.take()).toHaveLength(24);
  writer.floats(new Float64Array(5000).fill(Math.PI));
  const into = new Float64Array(5000);
  new StateReader(writer.take()).floats(into);
  expect(into.every((value) => value === Math.PI)).toBe(true);
});
