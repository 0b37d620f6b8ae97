import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SurfaceHour } from '../../../src/core/detect/hour-history.ts';
import type { HourlyFinding, ToldFinding } from '../../../src/core/detect/hours/hourly-finding.ts';
import { createHourJudge, type HourlyVerdicts } from '../../../src/core/detect/judge-hours.ts';
import { HOUR } from '../../../src/core/detect/series/grain.ts';
import { type HourlyMaintenance, hourlyMaintenance } from '../../../src/core/maintenance.ts';
import { dateInZone, dayInstants } from '../../../src/core/window.ts';
import { busiestPage, layOutHours, type SimulatedHours, simulatedHours } from './simulated-hours.ts';

const calm = simulatedHours();
/** The largest page; Thursday 5 March, ten in the morning. */
const PAGE = busiestPage(calm.rows);
const TEN = Date.UTC(2026, 2, 5, 10);
const THREE = TEN + 17 * HOUR;
const nightly = { pageviews: 12, requests: 12, errors: 5, dropoffs: 12 };

/** The same hours with some rows changed in the `hours` from `from` on. */
function during(
  { hours, rows }: SimulatedHours,
  [from, length]: [from: number, hours: number],
  change: (row: SurfaceHour) => Partial<SurfaceHour>,
): SimulatedHours {
  const within = (hour: number): boolean => hour >= from && hour < from + length * HOUR;
  return { hours, rows: rows.map((row) => (within(row.hour) ? { ...row, ...change(row) } : row)) };
}

const judgeAll = (simulated: SimulatedHours, zone = 'UTC'): HourlyVerdicts =>
  atNormal(createHourJudge(zone).judge(layOutHours(simulated)));

/** What the hours before ten teach, for tests that change the calm ones from then on. */
const learned = (() => {
  const judge = createHourJudge('UTC');
  judge.judge(layOutHours({ hours: calm.hours.filter(({ start }) => start < TEN), rows: calm.rows }));
  return judge.save();
})();

/** Judges the hours from ten on, as `judgeAll` would where none before them was changed. */
function judgeFromTen({ hours, rows }: SimulatedHours, maintenance?: HourlyMaintenance): HourlyVerdicts {
  const rest = layOutHours({ hours: hours.filter(({ start }) => start >= TEN), rows });
  return atNormal(createHourJudge('UTC', learned).judge(rest, maintenance));
}

/** What is told at the setting most people have. */
function atNormal(verdicts: HourlyVerdicts): HourlyVerdicts {
  return { ...verdicts, findings: verdicts.findings.filter(({ sensitivity }) => sensitivity === 'normal') };
}

const told = (findings: readonly HourlyFinding[], surface: string, metric: string, from = TEN) =>
  findings
    .filter((finding) => finding.surface === surface && finding.metric === metric && finding.hour >= from)
    .map(({ hour, state }) => [(hour - from) / HOUR, state]);

describe('an hour under maintenance', () => {
  const broken = during(calm, [TEN, 6], (row) => (row.surface === PAGE ? { errors: 6 * row.errors + 20 } : {}));
  const judgeWith = (surface_pattern: string | null, simulated = broken) =>
    judgeFromTen(
      simulated,
      hourlyMaintenance([{ starts_at: TEN, ends_at: TEN + 6 * HOUR, surface_pattern, reason: 'move' }]),
    );

  it('is not judged for the page, and counted', () => {
    const { findings, maintained } = judgeWith(PAGE);
    expect(told(judgeFromTen(broken).findings, PAGE, 'error_rate')).not.toEqual([]);
    expect(told(findings, PAGE, 'error_rate')).toEqual([]);
    expect(maintained).toEqual(Array.from({ length: 6 }, (_, hour) => ({ hour: TEN + hour * HOUR, surfaces: 1 })));
  });

  it('teaches nothing: afterwards the page is what it was before', () => {
    const again = during(broken, [TEN + 8 * HOUR, 2], (row) =>
      row.surface === PAGE ? { errors: 6 * row.errors + 20 } : {},
    );
    const findings = judgeWith(PAGE, again).findings.filter(
      ({ surface, metric }) => surface === PAGE && metric === 'error_rate',
    );
    expect(told(findings, PAGE, 'error_rate').slice(0, 2)).toEqual([
      [8, 'onset'],
      [9, 'ongoing'],
    ]);
  });

  it('of the whole product is no gap and no outage', () => {
    const off = during(calm, [TEN, 6], () => ({
      pageviews: 0,
      errors: 0,
      dropoffs: 0,
      request_failures: 0,
    }));
    expect(judgeFromTen(off).gaps).not.toEqual([]);
    const { findings, gaps, maintained } = judgeWith(null, off);
    expect(gaps).toEqual([]);
    expect(findings.filter(({ hour, state }) => state === 'onset' && hour >= TEN)).toEqual([]);
    expect(maintained).toHaveLength(6);
  });

  it('leaves a page that nobody saw for weeks known', () => {
    const { hours, rows } = simulatedHours({ surfaces: 4, days: 20 });
    const gone = rows[0]?.surface;
    const [starts_at, ends_at] = [hours[3 * 24]?.start ?? 0, hours[19 * 24]?.start ?? 0];
    const judge = createHourJudge('UTC');
    judge.judge(
      layOutHours({ hours, rows: rows.filter((row) => row.surface !== gone || row.hour < starts_at) }),
      hourlyMaintenance([{ starts_at, ends_at, surface_pattern: gone ?? null, reason: 'move' }]),
    );
    expect(judge.save().surfaces.map(({ surface }) => surface)).toContain(gone);
  });
});

describe('the knob', () => {
  const days = simulatedHours({ surfaces: 12, days: 30 });
  const [, second] = [...new Set(days.rows.map(({ surface }) => surface))];
  const mild = during(days, [TEN, 5], (row) => (row.surface === PAGE ? { errors: 2 * row.errors + 4 } : {}));
  const both = during(mild, [TEN, 5], (row) =>
    row.surface === second ? { pageviews: 0, dropoffs: 0, errors: 0 } : {},
  );
  const { findings } = createHourJudge('UTC').judge(layOutHours(both));
  const strange = (level: ToldFinding['sensitivity']): Set<string> =>
    new Set(
      findings
        .filter(({ sensitivity, state }) => sensitivity === level && state !== 'recovered')
        .map(({ hour, surface, metric }) => `${hour} ${surface} ${metric}`),
    );

  it('tells at each setting all that a quieter one tells, and more', () => {
    const [quiet, normal, eager] = [strange('quiet'), strange('normal'), strange('eager')];
    expect([...quiet].filter((each) => !normal.has(each))).toEqual([]);
    expect([...normal].filter((each) => !eager.has(each))).toEqual([]);
    expect(quiet.size).toBeGreaterThan(0);
    expect(normal.size).toBeGreaterThan(quiet.size);
    expect(eager.size).toBeGreaterThan(normal.size);
  });

  it('has episodes that begin, last and end at each setting', () => {
    for (const level of ['quiet', 'normal', 'eager'] as const) {
      const open = new Map<string, number>();
      for (const { sensitivity, surface, metric, state, since, hour, score } of findings) {
        if (sensitivity !== level) continue;
        const name = `${surface} ${metric}`;
        if (state === 'onset') expect([open.has(name), since]).toEqual([false, hour]);
        else expect(open.get(name)).toBe(since);
        if (state === 'recovered') open.delete(name);
        else {
          open.set(name, since);
          expect(score).toBeGreaterThanOrEqual(0.5);
        }
      }
    }
  });
});

describe('an hour', () => {
  it('without incidents is hardly ever a finding, once there are two weeks to learn from', () => {
    const { findings, gaps } = judgeAll(calm);
    const onsets = findings.filter(({ hour, state }) => state === 'onset' && hour >= TEN - 7 * 24 * HOUR);
    expect(onsets.length).toBeLessThanOrEqual(1);
    expect(gaps).toEqual([]);
  });

  it('of a burst of errors is found by the second, told while it lasts, and over three hours later', () => {
    const burst = during(calm, [TEN, 3], (row) => (row.surface === PAGE ? { errors: 6 * row.errors + 20 } : {}));
    const { findings } = judgeFromTen(burst);
    const states = told(findings, PAGE, 'error_rate');
    expect(states[0]?.[1]).toBe('onset');
    expect(states[0]?.[0]).toBeLessThanOrEqual(1);
    expect(states.at(-1)).toEqual([5, 'recovered']);
    const [onset] = findings.filter(({ surface, metric }) => surface === PAGE && metric === 'error_rate');
    expect(onset?.direction).toBe('up');
    expect(onset?.current).toBeGreaterThan(onset?.upper ?? Number.NaN);
    expect(onset?.lower).toBeLessThanOrEqual(onset?.expected ?? Number.NaN);
    expect(onset?.reason).toMatch(/^[\d.,k]+ errors in [\d.,k]+ views.*, expected \d+–\d+ for a Thursday at 1\d:00\.$/);
  });

  it.each<[string, (row: SurfaceHour) => Partial<SurfaceHour>, string]>([
    ['failed requests', ({ requests }) => ({ request_failures: Math.round(requests / 2) }), 'failure_rate'],
    ['drop-offs', ({ pageviews }) => ({ dropoffs: pageviews }), 'dropoff_rate'],
    ['no views while the others have theirs', () => ({ pageviews: 0, dropoffs: 0, errors: 0 }), 'traffic'],
  ])('of %s is found', (_, change, metric) => {
    const changed = during(calm, [TEN, 3], (row) => (row.surface === PAGE ? change(row) : {}));
    expect(told(judgeFromTen(changed).findings, PAGE, metric)[0]).toEqual([0, 'onset']);
  });

  it.each<[string, (row: SurfaceHour) => Partial<SurfaceHour>, number?]>([
    ['a holiday, with a third of everything', (row) => times(row, 1 / 3)],
    ['a night of twelve views with five errors', (row) => (row.surface === PAGE ? nightly : {}), THREE],
    ['fewer errors', () => ({ errors: 0 })],
    [
      'a surge on one page, which makes the others a smaller part',
      (row) => (row.surface === PAGE ? times(row, 5) : {}),
    ],
  ])('of %s is none', (_, change, at = TEN) => {
    const changed = during(calm, at === TEN ? [TEN, 6] : [at, 1], change);
    expect(judgeFromTen(changed).findings.filter(({ hour }) => hour >= TEN && hour <= THREE)).toEqual([]);
  });

  it.each<[string, (row: SurfaceHour) => Partial<SurfaceHour>, string[]]>([
    ['views', () => ({ pageviews: 0, dropoffs: 0 }), ['pageviews', 'dropoffs']],
    ['requests', () => ({ requests: 0, request_failures: 0 }), ['requests']],
  ])('in which %s are silent everywhere is a gap, neither judged nor learned', (_, change, silent) => {
    const { findings, gaps } = judgeFromTen(during(calm, [TEN, 4], change));
    expect(findings.filter(({ hour }) => hour >= TEN)).toEqual([]);
    expect(gaps).toEqual([0, 1, 2, 3].map((hour) => ({ hour: TEN + hour * HOUR, silent })));
  });

  it('without any row is no data: nothing is said of it', () => {
    const { hours, rows } = calm;
    const hole = { hours, rows: rows.filter(({ hour }) => hour < TEN || hour >= TEN + 5 * HOUR) };
    expect(judgeFromTen(hole).findings.filter(({ hour }) => hour >= TEN)).toEqual([]);
  });

  it.each([
    ['America/New_York', '2026-03-10', '2026-11-03'],
    ['Australia/Lord_Howe', '2026-04-07', '2026-10-06'],
    ['Europe/Berlin', '2026-03-31', '2026-10-27'],
  ])('of a day of 23 or 25 hours is one as others in %s', (zone, ...ends) => {
    for (const end of ends) {
      const around = simulatedHours({ end, zone, surfaces: 8 });
      const odd = around.hours.findIndex(({ start }, slot) => slot > 0 && localHours(start, zone) !== 24);
      const from = around.hours[odd + 9]?.start ?? 0;
      const page = busiestPage(around.rows.filter(({ hour }) => hour >= from));
      const burst = during(around, [from, 3], (row) => (row.surface === page ? { errors: row.pageviews } : {}));
      const { findings, gaps } = judgeAll(burst, zone);
      const [found] = told(findings, page, 'error_rate', from);
      expect([
        [0, 'onset'],
        [1, 'onset'],
      ]).toContainEqual(found);
      const since = from - 24 * HOUR;
      expect(findings.filter(({ hour, metric }) => hour >= since && metric === 'traffic')).toEqual([]);
      expect(gaps).toEqual([]);
    }
  });
});

/** Of the local day an instant lies in. */
function localHours(instant: number, zone: string): number {
  const { start, end } = dayInstants(dateInZone(instant, zone), zone);
  return (end - start) / HOUR;
}

it('whatever the counts, every figure of a finding is a number that can be stored', () => {
  const count = fc.oneof(fc.nat(60), fc.constantFrom(0, 0, 1, 1e6, 1e9, 2 ** 31 - 1));
  const row = fc.record({ pageviews: count, requests: count, errors: count, dropoffs: count, request_failures: count });
  let found = 0;
  fc.assert(
    fc.property(fc.array(row, { minLength: 30, maxLength: 60 }), (odd) => {
      const hours = Array.from({ length: 60 + odd.length }, (_, slot) => ({
        start: TEN + slot * HOUR,
        end: TEN + (slot + 1) * HOUR,
      }));
      const usual = { pageviews: 500, requests: 900, errors: 2, dropoffs: 40, request_failures: 3 };
      const rows = hours.flatMap(({ start }, slot) => {
        const counts = slot < 60 ? usual : (odd[slot - 60] ?? usual);
        const rest = { hour: start, actions: 0, tickets: 0, latency_p95: null };
        return [
          { ...rest, ...usual, surface: '/a' },
          { ...rest, ...counts, surface: '/b' },
        ];
      });
      for (const finding of judgeAll({ hours, rows }).findings) {
        found++;
        const { hour, since, current, expected, lower, upper, score } = finding;
        expect([hour, since, current, expected, lower, upper, score].every(Number.isFinite)).toBe(true);
        expect(finding.reason).not.toMatch(/NaN|Infinity|undefined/);
      }
    }),
    { numRuns: 20 },
  );
  expect(found).toBeGreaterThan(0);
});

describe('what was learned', () => {
  const week = simulatedHours({ surfaces: 5, days: 8 });
  const [busy] = week.rows;
  const from = (week.hours.at(-30)?.start ?? 0) - HOUR;
  const eventful = during(week, [from, 4], (row) => (row.surface === busy?.surface ? { errors: row.pageviews } : {}));

  it('is the same in one go and stored after any hour', () => {
    const whole = createHourJudge('UTC').judge(layOutHours(eventful)).findings;
    expect(whole.length).toBeGreaterThan(0);
    const { length } = eventful.hours;
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(length - 1), { maxLength: 8 }), (stops) => {
        const cuts = [0, ...stops.toSorted((a, b) => a - b), length];
        let judge = createHourJudge('UTC');
        const findings: HourlyFinding[] = [];
        cuts.slice(1).forEach((end, index) => {
          const part = { hours: eventful.hours.slice(cuts[index], end), rows: eventful.rows };
          findings.push(...judge.judge(layOutHours(part)).findings);
          judge = createHourJudge('UTC', judge.save());
          expect(judge.warm).toBe(true);
        });
        expect(findings).toEqual(whole);
      }),
      { numRuns: 8 },
    );
  });

  it('is of constant size, and left aside where its version is unknown or its zone another', () => {
    const judge = createHourJudge('UTC');
    judge.judge(layOutHours(week));
    const saved = judge.save();
    expect(Math.max(...saved.surfaces.map(({ state }) => state.length))).toBeLessThan(16_000);
    expect(createHourJudge('UTC', { ...saved, product: new Uint8Array(3) }).warm).toBe(false);
    const other = saved.product.slice();
    new DataView(other.buffer).setFloat64(0, 99, true);
    expect(createHourJudge('UTC', { ...saved, product: other }).warm).toBe(false);
    expect(createHourJudge('UTC', saved).warm).toBe(true);
    for (const zone of ['UCT', 'Europe/Berlin']) expect(createHourJudge(zone, saved).warm).toBe(false);
  });

  it('of a surface that was not seen for two weeks is forgotten', () => {
    const { hours, rows } = simulatedHours({ surfaces: 4, days: 20 });
    const gone = rows[0]?.surface;
    const until = hours[3 * 24]?.start ?? 0;
    const judge = createHourJudge('UTC');
    judge.judge(layOutHours({ hours, rows: rows.filter((row) => row.surface !== gone || row.hour < until) }));
    expect(judge.save().surfaces.map(({ surface }) => surface)).not.toContain(gone);
    expect(judge.save().surfaces).toHaveLength(3);
  });
});

function times(row: SurfaceHour, factor: number): Partial<SurfaceHour> {
  const scaled = (value: number): number => Math.round(value * factor);
  return {
    pageviews: scaled(row.pageviews),
    requests: scaled(row.requests),
    errors: scaled(row.errors),
    dropoffs: scaled(row.dropoffs),
    request_failures: scaled(row.request_failures),
  };
}
