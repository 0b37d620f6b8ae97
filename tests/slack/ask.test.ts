import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { HOSTILE, openShop } from './shop.ts';
import { CHANNEL, somePriorities, startWorld, textOf, type World } from './world.ts';

type Message = ReturnType<Sandbox['messages']>[number];

const LATE = { timeoutMs: 10_000 };
const QUIET_MS = 250;

describeOnOneDatabase('asking in Slack', (open) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(await open());
    await openShop(world.stores);
    await world.stores.roles.grant(world.sandbox.as('priya').id, 'analyst', 'test');
  });
  afterAll(() => world.stop());

  const answersIn = (asked: Message): Message[] =>
    world.sandbox
      .thread(asked)
      .slice(1)
      .filter(({ bot_id }) => bot_id);
  /** The nth answer in a thread. */
  const answered = (asked: Message, nth = 1): Promise<Message> =>
    world.sandbox.until(() => answersIn(asked)[nth - 1], LATE);
  const words = (message: Message | undefined): string => textOf(message?.blocks);
  const wait = (ms = QUIET_MS): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const privately = (person: string, channel = CHANNEL): Message[] =>
    world.sandbox.messages(channel, { as: person }).filter(({ visible_to }) => visible_to !== undefined);
  /** What a slash command or a press answers to one person alone. */
  async function toldAlone(person: string, act: () => unknown, channel = CHANNEL): Promise<Message> {
    const before = privately(person, channel).length;
    await act();
    return world.sandbox.until(() => privately(person, channel)[before], LATE);
  }
  const slash = (person: string, line: string): Promise<Message> =>
    toldAlone(person, () => world.sandbox.as(person).slash(CHANNEL, `/seepass ${line}`));
  const now = (message: Message): Message | undefined =>
    world.sandbox.messages(CHANNEL, { as: message.visible_to ?? 'maya' }).find(({ ts }) => ts === message.ts);

  describe('by command', () => {
    it('answers the asker alone, the number first, and shares it with the channel once', async () => {
      const { sandbox } = world;
      const answer = await slash('sam', 'ask error rate on checkout last week vs the week before');
      expect(words(answer)).toMatch(/^\*20% error rate on \/checkout/);
      expect(words(answer)).toContain('error_rate v1 = errors / pageviews');
      const sam = sandbox.as('sam');
      await Promise.all([1, 2].map(() => sam.click(answer, 'Share')));
      const shared = await sandbox.until(
        () => sandbox.messages(CHANNEL).find((one) => words(one).includes(`shared by <@${sam.id}>`)),
        LATE,
      );
      await sandbox.until(() => privately('sam').some((one) => one.text.includes('shared already')), LATE);
      expect(sandbox.messages(CHANNEL).filter((one) => words(one).includes('shared by'))).toHaveLength(1);
      await sandbox.until(() => now(answer)?.text === 'Shared with the channel.', LATE);
      const reply = sandbox.as('maya').reply(shared, 'and for login?');
      expect(words(await answered(reply))).toContain('/login');
    });

    it.each<[line: string, expected: string]>([
      ['errors on /checkout yesterday?', '4 errors on /checkout'],
      ['how many errors did checkout have yesterday', '4 errors on /checkout'],
      ['define eror rate', 'I read “eror rate” as error rate'],
      ['define nps', 'I have no metric called “nps”'],
      ['metrics', '*Usage*'],
      ['metrics 99', 'Page 3 of 3'],
      ['metrics all', 'I only need the number of a page'],
      ['gaps', 'Nobody has asked for a metric'],
      ['replay ZZZZZZZZ', 'There is no receipt ZZZZZZZZ'],
      ['replay', 'I need the receipt of an answer'],
      ['ask', 'What would you like to know?'],
      ['ask 🤷🤷', 'What would you like to know?'],
      ['erors', "I don't know `erors`"],
    ])('answers "/seepass %s"', async (line, expected) => {
      expect(words(await slash('sam', line))).toContain(expected);
    });

    it('says so where a question is far too long', async () => {
      expect(words(await slash('sam', `ask ${'how many errors '.repeat(300)}`))).toContain(
        'longer than 4,000 characters',
      );
    });

    it('turns the pages of the metrics', async () => {
      const page = await slash('maya', 'metrics');
      await world.sandbox.as('maya').click(page, '2 more pages');
      await world.sandbox.until(() => words(now(page)).includes('Page 2 of 3'), LATE);
    });

    it('replaces its answer when a button asks on, each time from the answer it stood under', async () => {
      const maya = world.sandbox.as('maya');
      const answer = await slash('maya', 'ask error rate on checkout last week');
      await maya.click(answer, 'By release');
      await world.sandbox.until(() => words(now(answer)).includes('web@1.42.0'), LATE);
      expect(words(now(answer))).toContain(`<@${maya.id}> asked: by release`);
    });

    it('computes an answer again and says whether it moved', async () => {
      const answer = await slash('maya', 'ask errors on /login last week');
      const receipt = /receipt (\w{8})/.exec(words(answer))?.[1] ?? '';
      expect(words(await slash('maya', `replay ${receipt.toLowerCase()}`))).toContain('The figure has not moved.');
    });

    it('counts what people ask for in vain', async () => {
      await slash('sam', 'ask what is our NPS');
      expect(words(await slash('maya', 'gaps'))).toMatch(/1\. \*nps\*: asked once by 1 person/);
    });
  });

  describe('in a thread', () => {
    it('answers a mention, goes on with plain replies, and leaves talk among people alone', async () => {
      const { sandbox } = world;
      const maya = sandbox.as('maya');
      const asked = maya.mention(CHANNEL, 'error rate on `/checkout` last week');
      expect(words(await answered(asked))).toContain('*20% error rate on /checkout');
      for (const talk of [
        'thanks, looking into it',
        'did anyone deploy on Monday?',
        'lunch?',
        '+1',
        `<@${sandbox.as('jonas').id}> why?`,
      ])
        sandbox.as('jonas').reply(asked, talk);
      const talk = sandbox.as('jonas').reply(asked, 'hm');
      sandbox.as('jonas').edit(talk, 'why?');
      sandbox.as('jonas').delete(sandbox.as('jonas').reply(asked, 'ok'));
      await wait();
      expect(answersIn(asked)).toHaveLength(1);
      sandbox.as('jonas').reply(asked, 'and for login?');
      expect(words(await answered(asked, 2))).toContain('/login');
      sandbox.as('jonas').reply(asked, 'by release');
      expect(words(await answered(asked, 3))).toContain('web@1.42.0');
    });

    it('is silent in threads it is not in', async () => {
      const post = world.sandbox.as('maya').say(CHANNEL, 'New dashboard is up');
      const reply = world.sandbox.as('jonas').reply(post, 'what is the error rate on checkout?');
      await wait();
      expect(world.sandbox.thread(reply)).toHaveLength(2);
    });

    it.each([
      ['refused', 'what is our NPS?', "I don't measure NPS"],
      ['helped', 'help', 'What I understand'],
      ['showed examples', '', 'What would you like to know?'],
    ])('hears a question in a thread where it only %s, and leaves talk alone', async (_, asking, said) => {
      const { sandbox } = world;
      const asked = sandbox.as('maya').mention(CHANNEL, asking);
      expect(words(await answered(asked))).toContain(said);
      sandbox.as('jonas').reply(asked, 'ok, thanks');
      sandbox.as('jonas').reply(asked, 'good to know');
      sandbox.as('jonas').reply(asked, 'errors on /checkout yesterday');
      expect(words(await answered(asked, 2))).toContain('4 errors on /checkout');
      await wait();
      expect(answersIn(asked)).toHaveLength(2);
    });

    it('offers three examples where nothing was asked, and asks one at a press', async () => {
      const asked = world.sandbox.as('maya').mention(CHANNEL, '');
      const help = await answered(asked);
      expect(words(help)).toContain('What would you like to know?');
      await world.sandbox.as('sam').click(help, 'Pages with most errors');
      const answer = await answered(asked, 2);
      expect(words(answer)).toContain('/checkout');
      expect(words(answer)).toContain(`<@${world.sandbox.as('sam').id}> asked: which pages have the most errors?`);
    });

    it('asks on from the answer a button stands under, whatever was asked since', async () => {
      const maya = world.sandbox.as('maya');
      const asked = maya.mention(CHANNEL, 'error rate on /checkout last week');
      const first = await answered(asked);
      maya.reply(asked, 'how many tickets on /search yesterday?');
      await answered(asked, 2);
      await maya.click(first, 'By release');
      expect(words(await answered(asked, 3))).toMatch(/error rate.*\/checkout/is);
    });

    it.each(['error rate on /checkout last week', 'why did errors on /checkout rise last week?'])(
      'draws a single figure by its days, and turns it back: %s',
      async (question) => {
        const maya = world.sandbox.as('maya');
        const asked = maya.mention(CHANNEL, question);
        const answer = await answered(asked);
        const types = (): unknown[] => (answersIn(asked)[0]?.blocks ?? []).map(({ type }) => type);
        await maya.click(answer, 'Chart');
        await world.sandbox.until(() => types().includes('data_visualization'), LATE);
        await maya.click(answersIn(asked)[0] ?? answer, 'Hide chart');
        await world.sandbox.until(() => !types().includes('data_visualization'), LATE);
        expect(answersIn(asked)).toHaveLength(1);
      },
    );

    it('uploads the rows as a file beside the answer, and shows what was computed', async () => {
      const maya = world.sandbox.as('maya');
      const asked = maya.mention(CHANNEL, 'errors by page last week');
      const answer = await answered(asked);
      await maya.click(answer, 'CSV');
      const file = await world.sandbox.until(
        () => world.sandbox.thread(asked).find(({ files }) => files?.length),
        LATE,
      );
      expect(file.files?.[0]?.name).toMatch(/^seepass-errors-2026-01-19-\w{8}\.csv$/);
      await maya.click(answer, 'Show query');
      const view = await world.sandbox.until(
        () => world.sandbox.views('maya').find(({ blocks }) => textOf(blocks).includes('In words')),
        LATE,
      );
      expect(textOf(view.blocks)).toContain('errors by page from 2026-01-19 to 2026-01-25');
      expect(textOf(view.blocks)).toContain('"metric": "errors"');
      await maya.close(view);
    });

    it('brings the file of an answer that one person sees to that person alone', async () => {
      const sam = world.sandbox.as('sam');
      const answer = await slash('sam', 'ask errors by page last week');
      await sam.click(answer, 'CSV');
      await world.sandbox.until(
        () => privately('sam').some(({ text }) => text.includes('in our direct messages')),
        LATE,
      );
      const there = world.sandbox.messages('@sam');
      expect(there.flatMap((one) => world.sandbox.thread(one)).some(({ files }) => files?.length)).toBe(true);
      expect(world.sandbox.messages(CHANNEL).some(({ files }) => files?.length)).toBe(false);
    });

    it('asks which one is meant, and takes the one that is pressed', async () => {
      const asked = world.sandbox.as('maya').mention(CHANNEL, 'errors on /checkout from 20 January to 12 January');
      const clarification = await answered(asked);
      expect(words(clarification)).toContain('which ends before it starts');
      const [choice = ''] = [...JSON.stringify(clarification.blocks).matchAll(/"action_id":"(answer_ask_\d)"/g)].map(
        (m) => m[1],
      );
      await world.sandbox.as('maya').click(clarification, choice);
      expect(words(await answered(asked, 2))).toContain('errors on /checkout');
    });

    it('lets nothing out of a ticket that it quotes', async () => {
      const asked = world.sandbox.as('maya').mention(CHANNEL, 'show me some tickets on /checkout last week');
      const answer = await answered(asked);
      expect(JSON.stringify(answer)).toContain('Card fails after submit');
      expect(answer.text).not.toContain('<!channel>');
      expect(JSON.stringify(answer)).not.toContain('joe@example.com');
      const mrkdwn = JSON.stringify(answer.blocks).match(/"type":"mrkdwn","text":"(?:[^"\\]|\\.)*"/g) ?? [];
      expect(mrkdwn.join()).not.toMatch(/<[!@]/);
      expect(HOSTILE).toContain('<!channel>');
    });

    it('says in letters what a workspace refuses as a table', async () => {
      world.sandbox.control.refuse('chat.postMessage', 'invalid_blocks');
      const asked = world.sandbox.as('maya').mention(CHANNEL, 'errors by page last week');
      const answer = await answered(asked);
      expect((answer.blocks ?? []).map(({ type }) => type)).not.toContain('table');
      expect(words(answer)).toContain('```');
    });
  });

  describe('in private', () => {
    it('goes on from message to message', async () => {
      const jonas = world.sandbox.as('jonas');
      const said = (): Message[] => world.sandbox.messages('@jonas').filter(({ bot_id }) => bot_id);
      jonas.tell('error rate on checkout last week');
      await world.sandbox.until(() => said().length === 1, LATE);
      jonas.tell('and for login?');
      await world.sandbox.until(() => said().length === 2, LATE);
      expect(words(said()[1])).toContain('/login');
      expect(JSON.stringify(said()[1]?.blocks)).not.toContain('"Share"');
    });
  });

  describe('under the digest', () => {
    it('takes over its day, its pages and their order', async () => {
      await world.judge(somePriorities(3));
      await world.postDigest();
      const digest = await world.sandbox.until(() =>
        world.sandbox.messages(CHANNEL).find((one) => words(one).includes('/checkout: errors 6.9x normal')),
      );
      const maya = world.sandbox.as('maya');
      maya.reply(digest, 'who is hit by #1?');
      expect(words(await answered(digest))).toMatch(/accounts?.*on \/checkout/is);
      maya.reply(digest, 'why is #1?');
      expect(words(await answered(digest, 2))).toContain('/checkout');
    });
  });

  describe('as far as the room may read along', () => {
    it('lists accounts to an analyst alone or in a private channel, never where everybody reads', async () => {
      const { sandbox } = world;
      const priya = sandbox.as('priya');
      const question = 'errors by account last week';
      const alone = await slash('priya', `ask ${question}`);
      expect(words(alone)).toContain('Account 0');
      const inPrivate = priya.mention('leadership', question);
      expect(words(await answered(inPrivate))).toContain('Account 0');
      const inPublic = priya.mention(CHANNEL, question);
      expect(words(await answered(inPublic))).toContain("I don't list accounts where everybody reads along");
      const told = await toldAlone('priya', () => priya.click(alone, 'Share'));
      expect(words(told)).toContain("I don't list accounts where everybody reads along");
      expect(sandbox.messages(CHANNEL).some((one) => words(one).includes('Account 0'))).toBe(false);
    });

    it('gives a viewer who presses a button in a private channel no more than their role', async () => {
      const asked = world.sandbox.as('priya').mention('leadership', 'errors by account last week');
      const answer = await answered(asked);
      const told = await toldAlone('sam', () => world.sandbox.as('sam').click(answer, 'Chart'), 'leadership');
      expect(words(told)).toContain('need the analyst role');
      expect(words(answersIn(asked)[0])).toContain('Account 0');
    });
  });
});

describeOnOneDatabase('asking in Slack when it takes long or fails', (open) => {
  it('shows what it reads while people wait, and says so in words when the database is gone', async () => {
    const world = await startWorld(await open(), {
      stores: (stores) => ({
        ...stores,
        metrics: {
          ...stores.metrics,
          answer: async (...of) => {
            await new Promise((resolve) => setTimeout(resolve, 700));
            return stores.metrics.answer(...of);
          },
        },
      }),
    });
    try {
      await openShop(world.stores);
      const asked = world.sandbox.as('maya').mention(CHANNEL, 'error rate on /checkout last week');
      await world.sandbox.until(() => world.sandbox.thread(asked).length === 2, LATE);
      expect(world.sandbox.statuses(asked)[0]).toBe('is reading error rate on /checkout, Mon 19–Sun 25 Jan …');
    } finally {
      await world.stop();
    }
  });

  it('answers in the order of the questions, and leaves one that was deleted meanwhile', async () => {
    const lines: string[] = [];
    let calls = 0;
    const world = await startWorld(await open(), {
      log: { ...silentLog, error: (_details, message) => void lines.push(message) },
      stores: (stores) => ({
        ...stores,
        metrics: {
          ...stores.metrics,
          answer: async (...of) => {
            calls++;
            if (calls === 1) await new Promise((resolve) => setTimeout(resolve, 400));
            return stores.metrics.answer(...of);
          },
        },
      }),
    });
    try {
      await openShop(world.stores);
      const maya = world.sandbox.as('maya');
      const root = maya.say(CHANNEL, 'Numbers, please');
      const deleted = maya.mention(CHANNEL, 'errors on /cart last week');
      maya.reply(root, '@Seepass errors on /checkout yesterday');
      maya.reply(root, '@Seepass errors on /login yesterday');
      maya.delete(deleted);
      await world.sandbox.until(() => world.sandbox.thread(root).length === 5, LATE);
      const answers = world.sandbox.thread(root).filter(({ bot_id }) => bot_id);
      expect(answers.map(({ text }) => /on (\/\w+)/.exec(text)?.[1])).toEqual(['/checkout', '/login']);
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS * 2));
      expect(lines).toEqual([]);
    } finally {
      await world.stop();
    }
  });

  it('never answers a reply among people with its own trouble', async () => {
    const world = await startWorld(await open(), {
      stores: (stores) => ({
        ...stores,
        threads: { ...stores.threads, find: () => Promise.reject(new Error('gone')) },
      }),
    });
    try {
      const post = world.sandbox.as('maya').say(CHANNEL, 'Release is out');
      world.sandbox.as('jonas').reply(post, 'how many errors on checkout?');
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      expect(world.sandbox.thread(post)).toHaveLength(2);
    } finally {
      await world.stop();
    }
  });
});
