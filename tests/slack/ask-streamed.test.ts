import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plain } from '../../src/core/query/answer/spans.ts';
import type { Listener, Narrator } from '../../src/pipeline/ask/ask-deps.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { escapeMarkdown } from '../../src/slack/markdown.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { openShop } from './shop.ts';
import { CHANNEL, startWorld, textOf, type World } from './world.ts';

type Message = ReturnType<Sandbox['messages']>[number];

const LATE = { timeoutMs: 10_000 };
const QUESTION = 'errors by page last week';
const WILD = 'Most are on /checkout <!channel> **now** [here](https://evil.example).';

describeOnOneDatabase('an answer that a model words, in Slack', (open) => {
  let world: World;
  /** What the model does once the headline is told. */
  let words: (listener: Listener) => Promise<void>;
  let listeners: Listener[];

  const narrator: Narrator = async (body, _reading, listener) => {
    if (listener === undefined) return { narration: null, usage: [], budgetSpent: false };
    const worded: ReturnType<typeof plain>[][] = [];
    listeners.push(listener);
    listener.begin(body.headline);
    await words({
      ...listener,
      say: (sentence) => {
        worded.push([...sentence]);
        listener.say(sentence);
      },
    });
    return { narration: { sentences: [...worded, [plain('And that is all.')]] }, usage: [], budgetSpent: false };
  };

  beforeAll(async () => {
    world = await startWorld(await open(), { narrator });
    await openShop(world.stores);
  });
  afterAll(() => world.stop());
  beforeEach(() => {
    listeners = [];
    words = async ({ say }) => say([plain('Most are on /checkout.')]);
  });

  const answersTo = (asked: Message): Message[] =>
    world.sandbox
      .thread(asked)
      .slice(1)
      .filter(({ bot_id }) => bot_id);
  const typesIn = (message: Message | undefined): unknown[] => (message?.blocks ?? []).map(({ type }) => type);
  const isWhole = (message: Message | undefined): boolean => typesIn(message).includes('actions');
  const whole = (asked: Message): Promise<Message> => world.sandbox.until(() => answersTo(asked).find(isWhole), LATE);
  const ask = (question = QUESTION): Message => world.sandbox.as('maya').mention(CHANNEL, question);
  const markdownIn = (message: Message | undefined): string =>
    textOf((message?.blocks ?? []).filter(({ type }) => type === 'markdown'));

  it('shows the number at once, then sentence after sentence, then table, grey print and buttons', async () => {
    const steps: string[] = [];
    let asked: Message | undefined;
    const now = (): string => markdownIn(asked && answersTo(asked)[0]);
    words = async ({ say }) => {
      await world.sandbox.until(() => now() !== '', LATE);
      steps.push(now());
      say([plain('Most are on /checkout.')]);
      await world.sandbox.until(() => now().includes('Most are'), LATE);
      steps.push(now());
    };
    asked = ask();
    const answer = await whole(asked);
    expect(steps[0]).toMatch(/^\*\*.*\/checkout.*\d/);
    expect(steps[1]).toBe(`${steps[0]}\n\nMost are on /checkout.`);
    expect(markdownIn(answer)).toBe(`${steps[1]} And that is all.`);
    expect(typesIn(answer)).toEqual(['markdown', 'table', 'context', 'actions']);
    expect(answersTo(asked)).toHaveLength(1);
    const receipt = /receipt (\w{8})/.exec(textOf(answer.blocks))?.[1] ?? '';
    expect(await world.stores.receipts.find(receipt)).toMatchObject({ written_by: 'model' });
  });

  it('says above a streamed answer whose button asked for it', async () => {
    const asked = ask();
    const sam = world.sandbox.as('sam');
    await sam.click(await whole(asked), 'By release');
    const answer = await world.sandbox.until(() => answersTo(asked).filter(isWhole)[1], LATE);
    expect(typesIn(answer).slice(0, 2)).toEqual(['context', 'markdown']);
    expect(textOf(answer.blocks)).toContain(`<@${sam.id}> asked: by release`);
  });

  it('lets nothing out of what it quotes', async () => {
    words = async ({ say }) => say([plain(WILD)]);
    const text = markdownIn(await whole(ask()));
    expect(text).toContain(
      'Most are on /checkout &lt;!channel&gt; \\*\\*now\\*\\* \\[here\\]\\(https:\u200b//evil.example\\).',
    );
  });

  it.each(['method_not_supported_for_channel_type', 'internal_error'])(
    'posts the answer whole where Slack starts no stream: %s',
    async (refusal) => {
      world.sandbox.control.refuse('chat.startStream', refusal);
      const asked = ask();
      const answer = await whole(asked);
      expect(typesIn(answer)).toEqual(['section', 'table', 'context', 'actions']);
      expect(textOf(answer.blocks)).toContain('Most are on /checkout. And that is all.');
      expect(answersTo(asked)).toHaveLength(1);
    },
  );

  it.each(['message_not_in_streaming_state', 'internal_error', 'ratelimited'])(
    'puts the whole answer in the place of a stream that breaks: %s',
    async (refusal) => {
      world.sandbox.control.refuse('chat.appendStream', refusal);
      const asked = ask();
      const answer = await whole(asked);
      expect(typesIn(answer)).toEqual(['section', 'table', 'context', 'actions']);
      expect(textOf(answer.blocks)).toContain('Most are on /checkout. And that is all.');
      expect(answersTo(asked)).toHaveLength(1);
    },
  );

  it('mends a stream that cannot be ended, and says in letters what is refused as a table', async () => {
    world.sandbox.control.refuse('chat.stopStream', 'internal_error');
    expect(typesIn(await whole(ask()))[0]).toBe('section');
    world.sandbox.control.refuse('chat.stopStream', 'invalid_blocks');
    const answer = await whole(ask());
    expect(typesIn(answer)[0]).toBe('markdown');
    expect(typesIn(answer)).not.toContain('table');
    expect(textOf(answer.blocks)).toContain('```');
  });

  it('ends the model’s words where somebody deletes the answer, and posts no other', async () => {
    let asked: Message | undefined;
    words = async ({ say, signal }) => {
      const begun = await world.sandbox.until(() => asked && answersTo(asked)[0], LATE);
      await world.app.client.chat.delete({ channel: world.channel, ts: begun.ts });
      say([plain('Most are on /checkout.')]);
      await world.sandbox.until(() => signal.aborted, LATE);
    };
    asked = ask();
    await world.sandbox.until(() => listeners[0]?.signal.aborted, LATE);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(answersTo(asked)).toEqual([]);
  });

  it('streams neither what one person sees nor a direct message outside of threads', async () => {
    const { sandbox } = world;
    const sam = sandbox.as('sam');
    sam.slash(CHANNEL, `/seepass ask ${QUESTION}`);
    const alone = await sandbox.until(
      () => sandbox.messages(CHANNEL, { as: 'sam' }).find((one) => one.visible_to !== undefined && isWhole(one)),
      LATE,
    );
    expect(typesIn(alone)[0]).toBe('section');
    sam.tell(QUESTION);
    const direct = await sandbox.until(() => sandbox.messages('@sam').find(isWhole), LATE);
    expect(typesIn(direct)[0]).toBe('section');
    expect(textOf(direct.blocks)).toContain('Most are on /checkout. And that is all.');
  });

  it('ends the stream where the answer fails after it began', async () => {
    const { put } = world.stores.receipts;
    words = async () => {
      world.stores.receipts.put = () => Promise.reject(new Error('gone'));
    };
    const asked = ask();
    await world.sandbox.until(() => answersTo(asked).some((one) => textOf(one.blocks).includes('I could not')), LATE);
    world.stores.receipts.put = put;
    const [begun] = answersTo(asked);
    await expect(
      world.app.client.chat.appendStream({ channel: world.channel, ts: begun?.ts ?? '', markdown_text: 'x' }),
    ).rejects.toMatchObject({ data: { error: 'message_not_in_streaming_state' } });
  });

  it('asks for no stream again where the app may not', async () => {
    world.sandbox.control.refuse('chat.startStream', 'missing_scope');
    expect(typesIn(await whole(ask()))[0]).toBe('section');
    expect(typesIn(await whole(ask()))[0]).toBe('section');
  });
});

describeOnOneDatabase('an app that stops while a model words an answer', (open) => {
  it('has the template end it', async () => {
    let hasBegun = false;
    const world = await startWorld(await open(), {
      narrator: async (body, _reading, listener) => {
        listener?.begin(body.headline);
        hasBegun = true;
        await new Promise<void>((resolve) => listener?.signal.addEventListener('abort', () => resolve()));
        return { narration: null, usage: [], budgetSpent: false };
      },
    });
    await openShop(world.stores);
    const asked = world.sandbox.as('maya').mention(CHANNEL, QUESTION);
    await world.sandbox.until(() => hasBegun, LATE);
    await world.app.stop();
    const types = world.sandbox.thread(asked).flatMap(({ blocks }) => (blocks ?? []).map(({ type }) => type));
    expect(types).toContain('actions');
    await world.stop();
  });
});

describe('text in Markdown', () => {
  it.each([
    ['a mention', '<@U1> & <!here>', '&lt;@U1&gt; &amp; &lt;!here&gt;'],
    ['marks', '*a* _b_ ~~c~~ `d` \\', '\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\`d\\` \\\\'],
    ['a link and a picture', '![x](http://y)', '!\\[x\\]\\(http:\u200b//y\\)'],
    ['a heading, a list', '# x', '\\# x'],
    ['an item', '- x', '\\- x'],
    ['a numbered item', '12. x', '12\\. x'],
    ['lines', 'a\n\n# b', 'a \\# b'],
  ])('holds %s as letters', (_, text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });
});
