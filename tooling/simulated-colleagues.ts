/** Three people who do what people do with alerts, in working hours, the same at every run. */
import { setTimeout as delay } from 'node:timers/promises';
import { type Incident, isLive } from '../src/core/incident/incident.ts';
import { incidentName } from '../src/core/incident/incident-ref.ts';
import type { SimulatedApp } from '../tests/scenarios/simulated-app.ts';
import { CHANNEL } from '../tests/slack/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WAIT_MS = 3_000;

/** What is done to an incident so many hours after it was told; each is done once. */
type Deed = readonly [afterHours: number, who: string, command: (name: string) => string];

const take: Deed['2'] = (name) => `ack ${name}`;
/** By incident, in turn. */
const HABITS: readonly (readonly Deed[])[] = [
  [],
  [
    [0, 'maya', take],
    [0, 'jonas', take],
    [2, 'priya', (name) => `snooze ${name} 6h`],
  ],
  [[0, 'priya', take]],
  [
    [0, 'jonas', take],
    [15, 'jonas', (name) => `resolve ${name} new webhook secret`],
  ],
  [[1, 'priya', (name) => `false ${name}`]],
];

export class Colleagues {
  readonly #app: SimulatedApp;
  readonly #monday: number;
  readonly #done = new Set<string>();

  /** @param start a Monday at 08:00. */
  constructor(app: SimulatedApp, start: number) {
    this.#app = app;
    this.#monday = start - 8 * HOUR;
  }

  /** Looks at the channel, and does what there is to do. @param hour epoch milliseconds of its start. */
  async work(hour: number): Promise<void> {
    const since = hour - this.#monday;
    const isWeekend = Math.floor(since / DAY) % 7 > 4;
    const ofDay = Math.floor((since % DAY) / HOUR);
    if (isWeekend || ofDay < 9 || ofDay > 17) return;
    for (const incident of await this.#app.stores.incidents.listLive()) await this.#seeTo(incident);
  }

  async #seeTo(incident: Incident): Promise<void> {
    const { number } = incident;
    const deeds = HABITS[(number - 1) % HABITS.length] ?? [];
    for (const [index, [afterHours, who, command]] of deeds.entries()) {
      const key = `${number} ${index}`;
      const now = await this.#app.stores.incidents.findByNumber(number);
      if (this.#done.has(key) || this.#app.now() - incident.openedAt < afterHours * HOUR) continue;
      if (now === undefined || !isLive(now)) return;
      this.#done.add(key);
      await this.#say(who, command(incidentName(number)));
    }
  }

  /** Types a command, and waits until its answer has come. */
  async #say(who: string, command: string): Promise<void> {
    const { sandbox } = this.#app;
    this.#app.passUntil(this.#app.now() + 4 * 60_000);
    const answers = (): number => sandbox.messages(CHANNEL, { as: who }).filter(({ visible_to }) => visible_to).length;
    const before = answers();
    await sandbox.as(who).slash(CHANNEL, `/seepass ${command}`);
    const end = performance.now() + WAIT_MS;
    while (answers() === before && performance.now() < end) await delay(5);
    await this.#app.beat();
  }
}
