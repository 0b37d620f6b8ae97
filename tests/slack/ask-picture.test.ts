import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { DrawChart } from '../../src/pipeline/charts.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { openShop } from './shop.ts';
import { CHANNEL, startWorld, textOf, type World } from './world.ts';

type Message = ReturnType<Sandbox['messages']>[number];

const LATE = { timeoutMs: 10_000 };
const LONG = 'errors per day over the past 30 days';
const picture: DrawChart = async () => Buffer.from('\x89PNG and so on', 'latin1');

describeOnOneDatabase('an answer of more points than Slack draws', (open) => {
  let world: World;
  let draw: DrawChart;
  beforeAll(async () => {
    world = await startWorld(await open(), { app: { drawChart: (chart) => draw(chart) } });
    await openShop(world.stores);
  });
  afterAll(() => world.stop());
  beforeEach(() => {
    draw = picture;
  });

  const typesIn = (message: Message | undefined): unknown[] => (message?.blocks ?? []).map(({ type }) => type);
  /** So many messages of ours in the thread. */
  const answersTo = (asked: Message, count: number): Promise<Message[]> =>
    world.sandbox.until(() => {
      const own = world.sandbox
        .thread(asked)
        .slice(1)
        .filter(({ bot_id }) => bot_id);
      return own.length >= count ? own : undefined;
    }, LATE);

  it('has its chart under it as a picture, which says in words what it shows', async () => {
    const [answer, drawn] = await answersTo(world.sandbox.as('maya').mention(CHANNEL, LONG), 2);
    expect(typesIn(answer)).not.toContain('data_visualization');
    expect(textOf(answer?.blocks)).toMatch(/errors/);
    expect(drawn?.files).toMatchObject([
      { name: expect.stringMatching(/^seepass-answer-.*png$/), alt_txt: expect.stringContaining('Errors by day') },
    ]);
  });

  it("has Slack's own chart of twenty of them where the picture cannot be drawn", async () => {
    draw = () => Promise.reject(new Error('no fonts'));
    const [answer, drawn] = await answersTo(world.sandbox.as('maya').mention(CHANNEL, LONG), 2);
    expect(typesIn(answer)).not.toContain('data_visualization');
    expect(typesIn(drawn)).toContain('data_visualization');
    expect(textOf(drawn?.blocks)).toMatch(/shows 20 of \d+ points/);
  });

  it('is one message where the chart may be there or not', async () => {
    world.sandbox.control.fail('files.completeUploadExternal');
    const asked = world.sandbox.as('maya').mention(CHANNEL, LONG);
    await answersTo(asked, 1);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await answersTo(asked, 1)).toHaveLength(1);
  });

  it("keeps Slack's own chart where it serves, and where only the asker sees the answer", async () => {
    const week = await answersTo(world.sandbox.as('maya').mention(CHANNEL, 'errors per day last week'), 1);
    expect(typesIn(week[0])).toContain('data_visualization');
    await world.sandbox.as('maya').slash(CHANNEL, `/seepass ask ${LONG}`);
    const alone = await world.sandbox.until(
      () => world.sandbox.messages(CHANNEL, { as: 'maya' }).find(({ visible_to }) => visible_to !== undefined),
      LATE,
    );
    expect(typesIn(alone)).toContain('data_visualization');
  });
});
