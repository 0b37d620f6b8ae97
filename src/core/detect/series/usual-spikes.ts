/**
 * Spikes that come at the same time every day (backups, batch jobs, mailings). A spike that is no larger than the ones
 * seen around that time on other days is no surprise, however rare spikes are over the whole day.
 */
import type { Calendar } from './calendar.ts';
import { DAY } from './grain.ts';

/** Slots to either side in which a spike is the same one: jobs do not start on the dot. */
const REACH = 4;
/** A spike counts for less with every day it is old. */
const KEPT_PER_DAY = 0.85;
/** Spikes around that time, by that count, that make it usual. */
const USUAL_FROM = 1.2;
const FORGOTTEN_AFTER = 8;
const KEPT_SIZE_PER_DAY = 0.97;
/** Part of a day after which a spike is another one. */
const ANOTHER_DAY = 0.4;

export class UsualSpikes {
  private readonly count: Float64Array;
  private readonly size: Float64Array;
  private readonly day: Float64Array;
  private readonly calendar: Calendar;

  constructor(slotsPerDay: number, calendar: Calendar) {
    this.count = new Float64Array(slotsPerDay);
    this.size = new Float64Array(slotsPerDay);
    this.day = new Float64Array(slotsPerDay).fill(Number.NEGATIVE_INFINITY);
    this.calendar = calendar;
  }

  /** Whether spikes up to this size are usual around this time of day. */
  covers(at: number, size: number): boolean {
    const slots = this.count.length;
    const here = this.slotOf(at);
    let times = 0;
    let largest = 0;
    for (let near = -Math.min(REACH, slots >> 1); near <= Math.min(REACH, (slots - 1) >> 1); near++) {
      const slot = (here + near + slots) % slots;
      const age = at / DAY - (this.day[slot] ?? 0);
      if (!(age > ANOTHER_DAY && age < FORGOTTEN_AFTER)) continue;
      times += (this.count[slot] ?? 0) * KEPT_PER_DAY ** age;
      largest = Math.max(largest, this.size[slot] ?? 0);
    }
    return times >= USUAL_FROM && size <= 1.15 * largest;
  }

  /** Takes in a spike. */
  add(at: number, size: number): void {
    const slot = this.slotOf(at);
    const age = at / DAY - (this.day[slot] ?? 0);
    const last = this.size[slot] ?? 0;
    if (age <= ANOTHER_DAY) {
      this.size[slot] = Math.max(size, last);
      return;
    }
    this.count[slot] = 1 + (age < Number.POSITIVE_INFINITY ? (this.count[slot] ?? 0) * KEPT_PER_DAY ** age : 0);
    this.size[slot] = age > FORGOTTEN_AFTER ? size : Math.max(size, last * KEPT_SIZE_PER_DAY ** age);
    this.day[slot] = at / DAY;
  }

  private slotOf(at: number): number {
    return Math.floor((this.calendar.timeOfDay(at) / DAY) * this.count.length);
  }
}
