import { afterEach, describe, expect, it } from 'vitest';
import { SeepassError } from '../../src/errors.ts';
import type { Log, Stores } from '../../src/pipeline/ports.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { CHANNEL, somePriorities, startWorld, textOf, type World, type WorldOptions } from './world.ts';

/** Milliseconds that a piece of work took. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The stores with one method that fails as it would. */
function failing<Name extends keyof Stores>(name: Name, method: keyof Stores[Name], error: unknown) {
  return (stores: Stores): Stores => ({
    ...stores,
    [name]: { ...stores[name], [method]: () => Promise.reject(error) },
  });
}

describeOnOneDatabase('the Slack app in trouble', (open) => {
  let stop = async (): Promise<void> => undefined;
  afterEach(async () => stop());

  async function enter(options: WorldOptions = {}): Promise<World> {
    const handle = await open();
    const world = await startWorld(handle, options);
    stop = () => world.stop();
    return world;
  }

  const lastFor = (world: World, person: string) =>
    world.sandbox.until(() => world.sandbox.messages(CHANNEL, { as: person }).findLast(({ visible_to }) => visible_to));

  it('acknowledges commands and buttons while the database does not answer at all', async () => {
    let release = (): void => undefined;
    const stuck = new Promise<void>((resolve) => {
      release = resolve;
    });
    const world = await enter({
      stores: (stores) => ({
        ...stores,
        priorities: {
          ...stores.priorities,
          latestDay: () => stuck.then(() => stores.priorities.latestDay()),
          listPriorities: (date) => stuck.then(() => stores.priorities.listPriorities(date)),
        },
        proposals: { ...stores.proposals, find: (id) => stuck.then(() => stores.proposals.find(id)) },
      }),
    });
    await world.judge(somePriorities(2));
    await world.postDigest();
    const digest = await world.sandbox.until(() => world.sandbox.messages(CHANNEL).at(-1));
    const maya = world.sandbox.as('maya');
    const acks = [
      await timed(() => maya.slash(CHANNEL, '/seepass top')),
      await timed(() => maya.click(digest, 'Details')),
      await timed(() => maya.click(digest, 'Approve')),
    ];
    // Slack gives three seconds; the time itself is measured in bench/.
    expect(Math.max(...acks)).toBeLessThan(1_500);
    expect(world.sandbox.messages(CHANNEL, { as: 'maya' })).toHaveLength(1);
    release();
    expect((await lastFor(world, 'maya')).visible_to).toBe(maya.id);
  });

  it.each([
    [
      'the database is down',
      new SeepassError('database_unavailable', 'connect ECONNREFUSED 10.0.0.7:5432'),
      'the database did not answer',
    ],
    ['of a fault of ours', new TypeError('x is undefined'), 'I could not read the metrics just now. Nothing is lost'],
  ])('ends in words with a reference that the log has too, when %s', async (_name, error, words) => {
    const lines: { ref?: string }[] = [];
    const log: Log = { ...silentLog, error: (details) => void lines.push(details) };
    const world = await enter({ log, stores: failing('priorities', 'latestDay', error) });
    await world.sandbox.as('maya').slash(CHANNEL, '/seepass top');
    const told = await lastFor(world, 'maya');
    expect(told.text).toContain(words);
    expect(told.text).not.toMatch(/10\.0\.0\.7|undefined|at .*\.ts/);
    const ref = /Ref ([2-9A-Z]{4})\.$/.exec(told.text)?.[1];
    expect(lines.map((line) => line.ref)).toContain(ref);
  });

  it('puts the words into the modal when the details cannot be read', async () => {
    const error = new SeepassError('database_unavailable', 'gone');
    const world = await enter({ stores: failing('priorities', 'listPriorities', error) });
    await world.judge(somePriorities(1));
    await world.postDigest();
    const [digest] = world.sandbox.messages(CHANNEL);
    if (!digest) throw new Error('no digest');
    await world.sandbox.as('maya').click(digest, 'Details');
    await world.sandbox.until(() =>
      textOf(world.sandbox.views('maya').at(-1)?.blocks).includes('the database did not answer'),
    );
  });

  it('says so when the priority behind a button is gone, and does not fail for a forged value', async () => {
    const world = await enter();
    await world.judge(somePriorities(2));
    await world.postDigest();
    const [digest] = world.sandbox.messages(CHANNEL);
    if (!digest) throw new Error('no digest');
    await world.judge([]);
    await world.sandbox.as('maya').click(digest, 'Details');
    await world.sandbox.until(() =>
      textOf(world.sandbox.views('maya').at(-1)?.blocks).includes('no longer among its priorities'),
    );
  });

  it('shares an answer once, however often and fast Share is pressed', async () => {
    const world = await enter();
    await world.judge(somePriorities(2));
    const maya = world.sandbox.as('maya');
    await maya.slash(CHANNEL, '/seepass top');
    const answer = await lastFor(world, 'maya');
    await Promise.all([1, 2, 3, 4].map(() => maya.click(answer, 'Share in channel')));
    await world.sandbox.until(
      () =>
        world.sandbox.messages(CHANNEL, { as: 'maya' }).filter(({ text }) => text.includes('shared already')).length ===
        3,
    );
    expect(world.sandbox.messages(CHANNEL)).toHaveLength(1);
  });
});

describe('a listener whose words cannot be delivered', () => {
  it('still ends in the log', async () => {
    const { guard } = await import('../../src/slack/listeners/guard.ts');
    const lines: string[] = [];
    await guard(
      { ...silentLog, error: (_details, message) => void lines.push(message) },
      {
        what: 'I could not answer',
        about: {},
        tell: () => Promise.reject(new Error('Slack is down')),
        work: () => Promise.reject(new Error('the database too')),
      },
    );
    expect(lines).toEqual(['I could not answer', 'the person could not be told either']);
  });
});
