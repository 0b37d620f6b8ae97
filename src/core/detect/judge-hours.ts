/**
 * Judges every surface by the hour, each hour once and from earlier hours alone: what was learned is a state of
 * constant size, so a tick costs the same whatever the history. Errors per view (per request where there are no
 * views), failed requests per request and drop-offs per view are bad when they rise; traffic is a surface's share of
 * the product's, so that a holiday or a night is no outage, and is bad when it falls. An hour in which a measure is
 * silent everywhere is neither judged nor learned. False discoveries are controlled among each hour's tests.
 *
 * Nor is, for a page, an hour of which any part is under declared maintenance.
 *
 * Rows that change after their hour was judged change nothing here: late data is the daily judge's business.
 */
import { type HourlyMaintenance, hourlyMaintenance } from '../maintenance.ts';
import { benjaminiHochberg } from '../stats.ts';
import type { HourHistory, SurfaceHours } from './hour-history.ts';
import type { ToldFinding } from './hours/hourly-finding.ts';
import type { WeighedHour } from './hours/hourly-series.ts';
import { ProductHours, type Watched } from './hours/product-hours.ts';
import { JudgedSurface } from './hours/surface-hours.ts';
import { createCalendar } from './series/calendar.ts';
import { StateReader, StateWriter } from './series/state.ts';

/** Of what is stored. Another number in a state means that it is of no use here. */
const VERSION = 2;

export interface SurfaceState {
  surface: string;
  state: Uint8Array;
}

/** What was learned, to be stored. */
export interface HourlyStates {
  product: Uint8Array;
  surfaces: SurfaceState[];
}

export interface HourlyVerdicts {
  /** Of every setting of the knob: what holds at one is what carries it. */
  findings: ToldFinding[];
  /** Hours that were judged in part only, and what was silent in them. */
  gaps: { hour: number; silent: readonly Watched[] }[];
  /** Hours in which pages were under maintenance, and how many. */
  maintained: { hour: number; surfaces: number }[];
}

const NO_MAINTENANCE = hourlyMaintenance([]);

export interface HourJudge {
  /** Whether it began with what earlier hours taught; without, it is to be given weeks of them. */
  readonly warm: boolean;
  /** Judges the hours in order; they must follow those judged before. */
  judge(history: HourHistory, maintenance?: HourlyMaintenance): HourlyVerdicts;
  save(): HourlyStates;
}

/** @param stored what an earlier judge saved; of an unknown version, or of another zone, it is left aside. */
export function createHourJudge(zone: string, stored?: HourlyStates): HourJudge {
  const calendar = createCalendar(zone);
  const product = new ProductHours(calendar);
  const surfaces = new Map<string, JudgedSurface>();
  const known = stored && openProduct(stored.product, zone);
  if (known) {
    product.restore(known);
    for (const { surface, state } of stored.surfaces) {
      const reader = openState(state);
      if (reader) surfaces.set(surface, JudgedSurface.restore(reader, calendar));
    }
  }

  /** Also those that have no row any more: that is what an outage looks like. */
  const meet = (history: HourHistory): [string, JudgedSurface, SurfaceHours | undefined][] => {
    const columns = new Map(history.surfaces.map((one) => [one.surface, one]));
    for (const { surface } of history.surfaces)
      if (!surfaces.has(surface)) surfaces.set(surface, new JudgedSurface(calendar));
    return [...surfaces].map(([surface, judged]) => [surface, judged, columns.get(surface)]);
  };

  return {
    warm: known !== undefined,
    judge(history, maintenance = NO_MAINTENANCE) {
      const verdicts: HourlyVerdicts = { findings: [], gaps: [], maintained: [] };
      const met = meet(history);
      history.hours.forEach((bucket, slot) => {
        const at = bucket.start;
        const away = met.filter(([surface, judged]) => maintenance.covers(surface, bucket) && judged.pause(at));
        if (away.length > 0) verdicts.maintained.push({ hour: at, surfaces: away.length });
        if (maintenance.coversAll(bucket)) return;
        // No rows at all are no data, which is never zero.
        if (!history.hasData[slot]) return;
        const hour = product.judge(history.totals, slot, at);
        if (hour.gaps.length > 0) verdicts.gaps.push({ hour: at, silent: hour.gaps });
        const present = away.length === 0 ? met : met.filter(([surface]) => !maintenance.covers(surface, bucket));
        const weighed = present.flatMap(([surface, judged, columns]) =>
          judged.weigh(columns, { history, slot, at, product: hour }).map((one) => ({ surface, one })),
        );
        const q = adjusted(weighed.map(({ one }) => one));
        for (const { surface, one } of weighed)
          for (const finding of one.series.place(one, q.get(one) ?? 1)) verdicts.findings.push({ ...finding, surface });
      });
      const last = history.hours.at(-1)?.start;
      for (const [surface, judged] of surfaces)
        if (last !== undefined && judged.isForgotten(last)) surfaces.delete(surface);
      return verdicts;
    },
    save() {
      const writer = new StateWriter();
      const bytesOf = (part: { save(to: StateWriter): void }): Uint8Array => {
        writer.number(VERSION);
        part.save(writer);
        return writer.take();
      };
      return {
        product: bytesOf({
          save(to) {
            to.text(zone);
            product.save(to);
          },
        }),
        surfaces: [...surfaces].map(([surface, judged]) => ({ surface, state: bytesOf(judged) })),
      };
    },
  };
}

function openState(state: Uint8Array): StateReader | undefined {
  const reader = new StateReader(state);
  return state.length >= 8 && reader.number() === VERSION ? reader : undefined;
}

/** The product's state begins with its zone: hours of the day and the week are those of one clock. */
function openProduct(state: Uint8Array, zone: string): StateReader | undefined {
  const reader = openState(state);
  return reader && reader.text() === zone ? reader : undefined;
}

/** The q-value of each that is a test. */
function adjusted(weighed: readonly WeighedHour[]): Map<WeighedHour, number> {
  const tested = weighed.filter(({ tested }) => tested);
  const q = benjaminiHochberg(tested.map(({ probability }) => probability));
  return new Map(tested.map((one, index) => [one, q[index] ?? 1]));
}
