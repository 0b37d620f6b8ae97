import { expect, it, vi } from 'vitest';
import type { StoredMessage } from '../../src/sandbox/state/message-store.ts';
import { CHANNEL, textOf } from '../slack/world.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { FAILS_AGAIN_AT, FAILS_AT, openFailingCheckout } from './failing-checkout.ts';
import { type SimulatedApp, startSimulatedApp } from './simulated-app.ts';

const HOUR = 3_600_000;
/** Hours are judged so long after their end. */
const SETTLED = 10 * 60_000;
const PATIENTLY = { timeout: 8_000 };

describeOnOneDatabase('the life of an incident', (open) => {
  it('is one message in its channel, from the first bad hour to the morning it comes back', async () => {
    const handle = await open();
    const app = await startSimulatedApp(handle, FAILS_AT - HOUR);
    try {
      await openFailingCheckout(handle, app.stores);
      const { sandbox } = app;
      const [maya, jonas, priya] = [sandbox.as('maya'), sandbox.as('jonas'), sandbox.as('priya')];
      const shows = (words: string): Promise<void> =>
        vi.waitFor(async () => {
          await app.beat();
          expect(textOf(theMessage(app).blocks)).toContain(words);
        }, PATIENTLY);
      const told = (person: string) =>
        sandbox.until(
          () => sandbox.messages(CHANNEL, { as: person }).findLast(({ visible_to }) => visible_to !== undefined)?.text,
          { timeoutMs: PATIENTLY.timeout },
        );

      await afterHour(app, FAILS_AT - HOUR);
      expect(sandbox.messages(CHANNEL)).toEqual([]);
      await afterHour(app, FAILS_AT);
      const first = structuredClone(theMessage(app));
      expect(textOf(first.blocks)).toContain('Began with release web@1.42.0 (first seen 13:41, ');
      expect(textOf(first.blocks)).toMatch(/\/checkout: errors \S+ normal since 14:00\n.*nobody on it yet/);

      await maya.click(first, "I'm on it");
      await shows(`<@${maya.id}> on it since 15:10`);
      await jonas.click(first, "I'm on it");
      expect(await told('jonas')).toContain(`<@${maya.id}> is on`);

      await afterHour(app, FAILS_AT + HOUR);
      await shows('high severity');
      await priya.select(theMessage(app), 'incident_snooze', 'for 1 hour');
      await shows(`snoozed by <@${priya.id}> until 17:10`);
      for (const hour of [2, 3, 4]) await afterHour(app, FAILS_AT + hour * HOUR);
      await shows('Back inside normal');
      expect(await liveNow(app)).toBe('recovering');
      for (const hour of [5, 6]) await afterHour(app, FAILS_AT + hour * HOUR);
      await shows(`normal since 18:00. Lasted 4 h, 14 accounts and 31 people, owner <@${maya.id}>`);

      await afterHour(app, FAILS_AGAIN_AT);
      await shows('Open, nobody on it yet');
      for (const words of ['since Thu 10:00', 'reopened once']) expect(textOf(theMessage(app).blocks)).toContain(words);

      const alerts = sandbox.messages(CHANNEL).filter(isIncident);
      expect(alerts).toHaveLength(1);
      const thread = sandbox.thread(theMessage(app)).slice(1);
      const beganWith = expect.stringMatching(/^\/checkout: errors \S+ normal since 14:00$/);
      const course = expect.stringMatching(/^\/checkout: errors .+ normal at worst, 14:00 to 18:00$/);
      expect(thread.flatMap(({ files, text }) => (files ? [text] : []))).toEqual([beganWith, course]);
      expect(thread.map(({ text }) => text)).toEqual([
        beganWith,
        `<@${maya.id}> is on it.`,
        'Worse: now high severity, was medium.',
        `<@${priya.id}> snoozed it until 17:10 Europe/Berlin.`,
        'The snooze is over, and it goes on.',
        'Back inside its normal range. It resolves when it stays there.',
        'It stayed inside its normal range: resolved.',
        course,
        expect.stringMatching(/^It is back: errors \S+ normal since Thu 10:00\.$/),
      ]);
      expect(new Set(thread.map(({ text }) => text)).size).toBe(thread.length);
    } finally {
      await app.stop();
    }
  });
});

/** Lets the hour pass and settle, and does what its tick does. */
async function afterHour(app: SimulatedApp, hour: number): Promise<void> {
  app.passUntil(hour + HOUR + SETTLED);
  await app.judge();
  await app.beat();
}

const isIncident = ({ blocks }: StoredMessage): boolean => JSON.stringify(blocks ?? []).includes('"incident_');

function theMessage({ sandbox }: SimulatedApp): StoredMessage {
  const found = sandbox.messages(CHANNEL).find(isIncident);
  if (!found) throw new Error('No incident is posted.');
  return found;
}

const liveNow = async ({ stores }: SimulatedApp): Promise<string | undefined> =>
  (await stores.incidents.listLive())[0]?.state;
