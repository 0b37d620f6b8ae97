import { afterEach, expect, it } from 'vitest';
import type { DrawChart } from '../../src/pipeline/charts.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { DATE, priorityOf } from './models.ts';
import { CHANNEL, startWorld, textOf, type World, type WorldOptions } from './world.ts';

const aPicture: DrawChart = async () => Buffer.from('\x89PNG and so on', 'latin1');

describeOnOneDatabase('posting the chart of a priority', (open) => {
  let stop = async (): Promise<void> => undefined;
  afterEach(async () => stop());

  async function enter(drawChart: DrawChart | undefined, options: WorldOptions = {}): Promise<World> {
    const world = await startWorld(await open(), { ...options, app: { drawChart } });
    stop = () => world.stop();
    await world.judge([priorityOf(1, '/checkout')]);
    await world.postDigest();
    return world;
  }

  async function post(world: World) {
    const maya = world.sandbox.as('maya');
    const digest = await world.sandbox.until(() => world.sandbox.messages(CHANNEL).at(-1));
    await maya.click(digest, 'Details');
    const details = await world.sandbox.until(() => {
      const view = world.sandbox.views('maya').at(-1);
      return view && textOf(view.blocks).includes('Why it ranks here') ? view : undefined;
    });
    await maya.click(details, 'Post the chart');
    return { digest, details, maya };
  }

  const toldTo = (world: World) =>
    world.sandbox
      .messages(CHANNEL, { as: 'maya' })
      .filter((message) => message.visible_to)
      .map(({ text }) => text);

  it("puts the picture with its words into the digest's thread, and says who posted it", async () => {
    const world = await enter(aPicture);
    const { digest, maya } = await post(world);
    const reply = await world.sandbox.until(() => world.sandbox.thread(digest)[1]);
    expect(reply.text).toContain(`<@${maya.id}> posted this chart: /checkout: errors 6.9x normal since Thu 29 Jan`);
    expect(reply.files).toMatchObject([
      {
        name: `seepass-chart-${DATE}.png`,
        title: 'Errors per view by day, Fri 2–Thu 29 Jan',
        mimetype: 'image/png',
        alt_txt: expect.stringContaining('Errors per view by day, Fri 2–Thu 29 Jan, Europe/Berlin. Lowest 1.1%'),
      },
    ]);
  });

  it('posts it once, and says so to whoever presses again', async () => {
    const world = await enter(aPicture);
    const { digest, details, maya } = await post(world);
    await world.sandbox.until(() => world.sandbox.thread(digest)[1]);
    await maya.click(details, 'Post the chart');
    await world.sandbox.until(() => toldTo(world).find((text) => text.includes('sent to the thread already')));
    expect(world.sandbox.thread(digest)).toHaveLength(2);
  });

  it.each<[string, DrawChart | undefined, string | null]>([
    ['where files cannot be shared', aPicture, 'missing_scope'],
    ['where the drawing fails', () => Promise.reject(new Error('no fonts')), null],
    ['where there is nothing to draw with', undefined, null],
  ])("posts Slack's own chart of the last days %s", async (_name, drawChart, refusal) => {
    const world = await enter(drawChart);
    if (refusal) world.sandbox.control.refuse('files.getUploadURLExternal', refusal);
    const { digest } = await post(world);
    const reply = await world.sandbox.until(() => world.sandbox.thread(digest)[1]);
    expect(JSON.stringify(reply.blocks)).toContain('data_visualization');
    expect(reply.files ?? []).toEqual([]);
  });

  it("posts nothing in the picture's stead where it may have got through", async () => {
    const world = await enter(aPicture);
    world.sandbox.control.refuse('files.completeUploadExternal', 'internal_error');
    const { digest } = await post(world);
    await world.sandbox.until(() => toldTo(world).find((text) => text.includes('I could not post the chart')));
    expect(world.sandbox.thread(digest)).toHaveLength(1);
  });

  it('offers no such button where there is no thread', async () => {
    const world = await enter(aPicture);
    const maya = world.sandbox.as('maya');
    await maya.slash(CHANNEL, '/seepass top');
    const answer = await world.sandbox.until(() =>
      world.sandbox.messages(CHANNEL, { as: 'maya' }).find((message) => message.visible_to),
    );
    await maya.click(answer, 'Details');
    const details = await world.sandbox.until(() => {
      const view = world.sandbox.views('maya').at(-1);
      return view && textOf(view.blocks).includes('Why it ranks here') ? view : undefined;
    });
    expect(textOf(details.blocks)).not.toContain('Post the chart');
  });
});
