import { afterEach, describe, expect, it } from 'vitest';
import { describeOnOneDatabase } from '../support/database.ts';
import { CHANNEL, somePriorities, startWorld, textOf, type World, type WorldOptions } from './world.ts';

describeOnOneDatabase('the Slack app in a workspace', (open) => {
  let stop = async (): Promise<void> => undefined;
  afterEach(async () => stop());

  async function enter(options: WorldOptions = {}): Promise<World> {
    const handle = await open();
    const world = await startWorld(handle, options);
    stop = () => world.stop();
    return world;
  }

  const theDigest = (world: World) => world.sandbox.until(() => world.sandbox.messages(CHANNEL).at(-1));

  for (const transport of ['socket', 'http'] as const) {
    describe(`over ${transport}`, () => {
      it('posts the digest, opens the details, approves, and shows who did', async () => {
        const world = await enter({ transport });
        await world.judge(somePriorities(7));
        await world.postDigest();
        const maya = world.sandbox.as('maya');
        const digest = await theDigest(world);
        expect(textOf(digest.blocks)).toContain('/checkout: errors 6.9x normal');

        await maya.click(digest, 'Details');
        const details = await world.sandbox.until(() => {
          const view = world.sandbox.views('maya').at(-1);
          return view && textOf(view.blocks).includes('What people write') ? view : undefined;
        });
        expect(textOf(details.blocks)).toContain('Errors per view');
        expect(textOf(details.blocks)).toContain('https://sentry.example.com/issues/1?a=1&amp;b=2');

        await maya.click(digest, 'Approve');
        const updated = await world.sandbox.until(() => {
          const now = world.sandbox.messages(CHANNEL).find(({ ts }) => ts === digest.ts);
          return now && textOf(now.blocks).includes('Simulated: would have called') ? now : undefined;
        });
        expect(textOf(updated.blocks)).toContain(`*Approved* by <@${maya.id}>`);
        const audit = await world.stores.audit.list(10);
        expect(audit.map(({ action, actor }) => [action, actor])).toContainEqual([
          expect.stringMatching(/approve/),
          maya.id,
        ]);
      });

      it('answers /seepass top to the asker and shares it once', async () => {
        const world = await enter({ transport });
        await world.judge(somePriorities(7));
        const maya = world.sandbox.as('maya');
        await maya.slash(CHANNEL, '/seepass top 3 /page/*');
        const answer = await world.sandbox.until(() => world.sandbox.messages(CHANNEL, { as: 'maya' }).at(-1));
        expect(answer.visible_to).toBe(maya.id);
        expect(textOf(answer.blocks)).toContain('showing 3 of 6');
        expect(textOf(answer.blocks)).not.toContain('/checkout:');
        await maya.click(answer, 'Share in channel');
        const shared = await world.sandbox.until(() => world.sandbox.messages(CHANNEL).at(-1));
        expect(shared.visible_to).toBeUndefined();
        expect(textOf(shared.blocks)).toContain(`shared by <@${maya.id}>`);
      });
    });
  }

  it('answers to one person what is asked of a card that nobody else sees', async () => {
    const { sandbox, stores, judge, postDigest } = await enter();
    await judge(somePriorities(1));
    await postDigest();
    const [{ number } = { number: 0 }] = await stores.proposals.list('proposed', 1);
    const jonas = sandbox.as('jonas');
    const alone = () => sandbox.messages(CHANNEL, { as: 'jonas' }).filter(({ visible_to }) => visible_to !== undefined);
    await jonas.slash(CHANNEL, `/seepass proposals P-${number}`);
    await jonas.click(await sandbox.until(() => alone().at(-1)), 'Ask');
    const form = await sandbox.until(() => sandbox.views('jonas').at(-1));
    await jonas.submit(form, { ask_question: 'how many errors yesterday' });
    const answer = await sandbox.until(() => alone()[1]);
    expect(textOf(answer.blocks)).not.toContain('I could not answer');
    expect(sandbox.messages(CHANNEL)).toHaveLength(1);
  });

  it('notes what was missed and what was no incident, and shows how to say it', async () => {
    const { sandbox, stores, judge } = await enter();
    await judge(somePriorities(3));
    const sam = sandbox.as('sam');
    const seen = (): number => sandbox.messages(CHANNEL, { as: 'sam' }).length;
    const answer = async (text: string): Promise<string> => {
      const before = seen();
      await sam.slash(CHANNEL, `/seepass ${text}`);
      await sandbox.until(() => seen() > before || undefined);
      return textOf(sandbox.messages(CHANNEL, { as: 'sam' }).at(-1)?.blocks);
    };
    expect(await answer('missed /cart 2026-01-29 nobody could pay')).toContain('/cart was an incident that I missed');
    expect(await answer('false #1')).toContain('/checkout was no incident on Thu 29 Jan');
    expect(await answer('false #77')).toContain('There is no #77');
    expect(await answer('missed')).toContain('/seepass missed /checkout yesterday');
    const labels = await stores.labels.list({ start: '2026-01-01', end: '2026-02-01' });
    expect(labels.map(({ kind, entity_key, note }) => [kind, entity_key, note])).toEqual([
      ['missed', '/cart', 'nobody could pay'],
      ['false', '/checkout', null],
    ]);
  });

  it('lets nobody but an approver decide, and says who may', async () => {
    const world = await enter();
    await world.judge(somePriorities(1));
    await world.postDigest();
    const digest = await theDigest(world);
    const other = Object.keys(world.sandbox.ids.people).find((name) => name !== 'maya') ?? '';
    await world.sandbox.as(other).click(digest, 'Approve');
    const words = await world.sandbox.until(() =>
      world.sandbox.messages(CHANNEL, { as: other }).find((message) => message.visible_to !== undefined),
    );
    expect(words.text).toBe(`Only approvers may approve this. Ask <@${world.sandbox.as('maya').id}>.`);
    expect(textOf(world.sandbox.messages(CHANNEL).at(-1)?.blocks)).not.toContain('Approved');
  });

  it('takes one of twenty clicks at once and tells the others who was first', async () => {
    const world = await enter({
      approvers: (sandbox) => Object.values(sandbox.ids.people),
    });
    await world.judge(somePriorities(1));
    await world.postDigest();
    const digest = await theDigest(world);
    const people = Object.keys(world.sandbox.ids.people);
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        world.sandbox.as(people[index % people.length] ?? '').click(digest, index % 3 ? 'Approve' : 'Dismiss'),
      ),
    );
    const told = await world.sandbox.until(
      () => {
        const late = people.flatMap((name) =>
          world.sandbox.messages(CHANNEL, { as: name }).filter(({ visible_to }) => visible_to !== undefined),
        );
        const unique = new Set(late.map(({ ts }) => ts));
        return unique.size >= 19 ? late : undefined;
      },
      { timeoutMs: 8000 },
    );
    for (const { text } of told)
      expect(text).toMatch(/was first and (approved|rejected) this|^You (approved|rejected) this/);
    const card = textOf(world.sandbox.messages(CHANNEL).at(-1)?.blocks);
    expect(card.match(/\*(Approved|Dismissed)\* by/g)).toHaveLength(1);
  });

  it('shows all of two decisions that come together from two processes', async () => {
    const world = await enter();
    await world.startAnother();
    await world.judge(somePriorities(5));
    await world.postDigest();
    const digest = await theDigest(world);
    const maya = world.sandbox.as('maya');
    const buttons = (digest.blocks ?? []).flatMap(
      (block) => JSON.stringify(block).match(/"value":"([0-9a-f-]{36}\/1)"/)?.[1] ?? [],
    );
    expect(buttons).toHaveLength(5);
    await Promise.all(
      buttons.map((id, index) => maya.click(digest, index % 2 ? `proposal_approve=${id}` : `proposal_dismiss=${id}`)),
    );
    const card = await world.sandbox.until(
      () => {
        const text = textOf(world.sandbox.messages(CHANNEL).at(-1)?.blocks);
        return (text.match(/\*(Approved|Dismissed)\* by/g) ?? []).length === 5 && !/running|about to begin/.test(text)
          ? text
          : undefined;
      },
      { timeoutMs: 5000 },
    );
    expect(card).not.toContain('Approve this?');
  });

  it('shows all priorities in a modal, and the details of one on top of it', async () => {
    const world = await enter();
    await world.judge(somePriorities(12));
    await world.postDigest();
    const maya = world.sandbox.as('maya');
    await maya.click(await theDigest(world), 'Show all 12');
    const all = await world.sandbox.until(() => {
      const view = world.sandbox.views('maya').at(-1);
      return view && textOf(view.blocks).includes('/page/11') ? view : undefined;
    });
    await maya.click(all, 'Details');
    await world.sandbox.until(
      () =>
        world.sandbox.views('maya').length === 2 &&
        textOf(world.sandbox.views('maya').at(-1)?.blocks).includes('Why it ranks here'),
    );
    expect(JSON.stringify(world.sandbox.views('maya').at(-1)?.blocks)).toContain('"type":"data_visualization"');
  });

  it('says the trend in words where Slack takes no chart in a modal, and shows the chart in the channel', async () => {
    const world = await enter();
    await world.judge(somePriorities(1));
    await world.postDigest();
    world.sandbox.control.refuse('views.update', 'invalid_arguments');
    const maya = world.sandbox.as('maya');
    await maya.click(await theDigest(world), 'Details');
    const details = await world.sandbox.until(() => {
      const view = world.sandbox.views('maya').at(-1);
      return view && textOf(view.blocks).includes('Why it ranks here') ? view : undefined;
    });
    expect(textOf(details.blocks)).toContain('Lowest');
    expect(JSON.stringify(details.blocks)).not.toContain('data_visualization');
    await maya.click(details, 'Show the chart');
    const chart = await world.sandbox.until(() =>
      world.sandbox.messages(CHANNEL, { as: 'maya' }).find((message) => message.visible_to),
    );
    expect(JSON.stringify(chart.blocks)).toContain('data_visualization');
  });

  it.each([
    ['top', 'Nothing has been judged yet'],
    ['tpo', "I don't know `tpo`. Did you mean `/seepass top`?"],
    ['', 'What I understand'],
    ['help', '/seepass top [n] [surface pattern] [date]'],
    ['top 99', 'I can show 1 to 20 priorities, not 99.'],
    ['top 2026-02-30', '2026-02-30 is not a date I can read.'],
    ['<!channel> everyone', "I don't know"],
  ])('answers "/seepass %s" with words the asker can use', async (typed, words) => {
    const world = await enter();
    await world.sandbox.as('maya').slash(CHANNEL, `/seepass ${typed}`);
    const answer = await world.sandbox.until(() => world.sandbox.messages(CHANNEL, { as: 'maya' }).at(-1));
    expect(answer.visible_to).toBe(world.sandbox.as('maya').id);
    expect(textOf(answer.blocks)).toContain(words);
    expect(textOf(answer.blocks)).not.toContain('<!channel');
  });

  it('answers a mention once in its thread, however often Slack delivers it', async () => {
    const world = await enter();
    await world.judge(somePriorities(3));
    world.sandbox.control.duplicateDeliveries(3);
    const asked = world.sandbox.as('maya').mention(CHANNEL, 'top 1');
    const other = world.sandbox.as('maya').mention(CHANNEL, 'how are we doing?');
    await world.sandbox.until(() => world.sandbox.thread(asked).length > 1 && world.sandbox.thread(other).length > 1, {
      timeoutMs: 8000,
    });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(world.sandbox.thread(asked)).toHaveLength(2);
    expect(textOf(world.sandbox.thread(asked)[1]?.blocks)).toContain('/checkout: errors 6.9x normal');
    expect(textOf(world.sandbox.thread(other)[1]?.blocks)).toContain('data');
  });

  it('looks into the page that a reply under a digest names by its rank, and leaves other talk alone', async () => {
    const world = await enter();
    await world.judge(somePriorities(3));
    await world.postDigest();
    const digest = await theDigest(world);
    world.sandbox.as('maya').reply(digest, 'lunch?');
    world.sandbox.as('maya').reply(digest, 'why is #2?');
    await world.sandbox.until(() => world.sandbox.thread(digest).length === 4);
    expect(textOf(world.sandbox.thread(digest).at(-1)?.blocks)).toContain('/page/1');
  });

  it('answers a direct message and fills the Home', async () => {
    const world = await enter();
    await world.judge(somePriorities(2));
    const maya = world.sandbox.as('maya');
    maya.tell('help');
    maya.openHome();
    await world.sandbox.until(() => world.sandbox.messages('@maya').length === 2);
    expect(textOf(world.sandbox.messages('@maya').at(-1)?.blocks)).toContain('What I understand');
    const home = await world.sandbox.until(() => world.sandbox.home('maya'));
    expect(textOf(home.blocks)).toContain('/checkout: errors');
    await maya.click(home, 'Details');
    await world.sandbox.until(() => textOf(world.sandbox.views('maya').at(-1)?.blocks).includes('Why it ranks here'));
  });

  it('says what is useful before there are baselines', async () => {
    const world = await enter();
    await world.judge([], { baselines_ready_on: '2026-02-14' });
    await world.postDigest();
    expect(textOf((await theDigest(world)).blocks)).toContain('Baselines are ready on Sat 14 Feb');
  });
});
