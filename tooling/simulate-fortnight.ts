/**
 * A fortnight of the made-up product in a local workspace, hour by hour, and what its channel then reads like, as plain
 * text: digests, alerts, people who press, data that comes late. npm run --silent fortnight
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedDatabase } from '../src/cli/seed-database.ts';
import { loadConfig } from '../src/config.ts';
import type { DemoEvent } from '../src/demo/demo-event.ts';
import { generateProduct } from '../src/demo/generate.ts';
import type { Stores } from '../src/pipeline/ports.ts';
import { SETTINGS, TIMEZONE } from '../tests/scenarios/product.ts';
import { type SimulatedApp, startSimulatedApp } from '../tests/scenarios/simulated-app.ts';
import { openScenario } from '../tests/scenarios/workspace.ts';
import { CHANNEL } from '../tests/slack/world.ts';
import { channelText } from './channel-text.ts';
import { Colleagues } from './simulated-colleagues.ts';

const HOUR = 3_600_000;
const SETTLED = 10 * 60_000;
/** A Monday, an hour before its digest. */
const START = Date.parse('2026-01-12T08:00:00+01:00');
/** The morning after the fifteenth day, so that the last day, again a Monday, has its digest. */
const END = Date.parse('2026-01-27T10:00:00+01:00');
/** Exclusive. */
const LAST_DATA = '2026-01-27';
/** Tickets of a Sunday that come in on Monday at noon: their export had stopped. */
const LATE = {
  source: 'intercom',
  from: Date.parse('2026-01-25T06:00:00+01:00'),
  until: Date.parse('2026-01-25T14:00:00+01:00'),
  arrives: Date.parse('2026-01-26T12:00:00+01:00'),
};

/** A product's events as they come in: in order, but for those that come late. */
class Arrivals {
  readonly late: DemoEvent[] = [];
  readonly #events: Iterator<DemoEvent>;
  #next: DemoEvent | undefined;

  constructor(events: Iterable<DemoEvent>) {
    this.#events = events[Symbol.iterator]();
  }

  /** Those before an instant that were not taken yet. */
  *before(end: number): Generator<DemoEvent> {
    for (;;) {
      this.#next ??= this.#events.next().value;
      if (this.#next === undefined) return;
      const event: DemoEvent = this.#next;
      const at = new Date(event.ts).getTime();
      if (at >= end) return;
      this.#next = undefined;
      if (event.source === LATE.source && at >= LATE.from && at < LATE.until) this.late.push(event);
      else yield event;
    }
  }
}

const config = loadConfig(SETTINGS);
const folder = await mkdtemp(join(tmpdir(), 'seepass-fortnight-'));
const opened = await openScenario(join(folder, 'db'), () => START);
const arrivals = new Arrivals(generateProduct({ endDate: LAST_DATA, timezone: TIMEZONE }).events);
const store = async (events: Iterable<DemoEvent>, { events: eventStore }: Stores): Promise<void> => {
  await seedDatabase(events, { config, target: opened.target, store: eventStore, clock: () => END });
};
let app: SimulatedApp | undefined;
try {
  await store(arrivals.before(START), opened.stores);
  app = await startSimulatedApp(opened.handle, START);
  const firstWords = new Map<string, string>();
  const colleagues = new Colleagues(app, START);
  for (let hour = START; hour <= END; hour += HOUR) {
    app.passUntil(hour);
    await store(arrivals.before(hour), app.stores);
    if (hour === LATE.arrives) await store(arrivals.late, app.stores);
    await app.beat();
    app.passUntil(hour + SETTLED);
    await app.aggregate();
    await app.judge();
    await app.correct();
    for (const { ts, text } of app.sandbox.messages(CHANNEL)) if (!firstWords.has(ts)) firstWords.set(ts, text);
    await colleagues.work(hour);
    if (hour % (24 * HOUR) === START % (24 * HOUR)) process.stderr.write(`${new Date(hour).toISOString()}\n`);
  }
  process.stdout.write(channelText(app.sandbox, CHANNEL, { zone: TIMEZONE, firstWords }));
} finally {
  await app?.stop();
  await opened.close();
  await rm(folder, { recursive: true, force: true });
}
