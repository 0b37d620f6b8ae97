import { afterAll, beforeAll, expect, it } from 'vitest';
import type { StoredMessage } from '../../src/sandbox/state/message-store.ts';
import { ACTIONS } from '../../src/slack/ids.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { DATE } from './models.ts';
import { CHANNEL, NOW, somePriorities, startWorld, type World } from './world.ts';

const RANGE = { start: '2026-01-01', end: '2026-02-01' };

describeOnOneDatabase('Useful and Not useful under an item', (open) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(await open());
    await world.judge(somePriorities(1));
    await world.postDigest();
  });
  afterAll(() => world.stop());

  const digest = (): StoredMessage => {
    const [message] = world.sandbox.messages(CHANNEL);
    if (!message) throw new Error('There is no digest.');
    return message;
  };

  /** Presses, and reads what only the presser sees of it. */
  async function press(person: string, choice: 'positive' | 'negative', message = digest()): Promise<string> {
    const told = () => world.sandbox.messages(CHANNEL, { as: person }).filter((one) => one.visible_to !== undefined);
    const before = told().length;
    await world.sandbox.as(person).select(message, ACTIONS.useful, choice);
    return (await world.sandbox.until(() => told()[before])).text;
  }

  it('are noted for whoever presses, who alone is thanked', async () => {
    const before = structuredClone(digest());
    expect(await press('sam', 'positive')).toContain('Thanks. What helps moves up a little');
    expect(await world.stores.votes.count(RANGE)).toEqual([
      { entity_type: 'surface', entity_key: '/checkout', metric: 'error_rate', useful: 1, not: 0 },
    ]);
    expect(digest()).toEqual(before);
    expect(world.sandbox.messages(CHANNEL)).toHaveLength(1);
    expect(world.sandbox.messages(CHANNEL, { as: 'maya' })).toHaveLength(1);
  });

  it('count the last word of a person, and each person once, for the rule that leads it too', async () => {
    expect(await press('sam', 'negative')).toContain('It moves down when it comes again');
    await press('sam', 'negative');
    expect(await world.stores.votes.count(RANGE)).toMatchObject([{ useful: 0, not: 1 }]);
    await Promise.all([press('maya', 'positive'), press('jonas', 'positive')]);
    expect(await world.stores.votes.count(RANGE)).toMatchObject([{ useful: 2, not: 1 }]);
    expect(await world.stores.votes.countJudged(NOW)).toEqual([{ metric: 'error_rate', useful: 1, false: 0 }]);
  });

  it('reach the list of rules', async () => {
    const told = () => world.sandbox.messages(CHANNEL, { as: 'maya' }).filter(({ visible_to }) => visible_to);
    const before = told().length;
    await world.sandbox.as('maya').slash(CHANNEL, '/seepass rules');
    const answer = await world.sandbox.until(() => told()[before]);
    expect(JSON.stringify(answer.blocks)).toContain('1 of 1 judged one was useful (100%), all in digests');
  });

  it('say so where the day was judged again without the item', async () => {
    const old = structuredClone(digest());
    const day = await world.stores.priorities.findDay(DATE);
    if (!day) throw new Error('The day is not there.');
    await world.stores.priorities.replaceDay({ ...day, priorities: 0 }, [], []);
    expect(await press('priya', 'positive', old)).toContain(
      'was judged again and this is no longer among its priorities',
    );
    expect(await world.stores.votes.count(RANGE)).toMatchObject([{ useful: 2, not: 1 }]);
  });
});
