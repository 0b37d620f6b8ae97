import { beforeAll, expect, it } from 'vitest';
import type { ModelUsage } from '../../../src/pipeline/answers.ts';
import { answerAgain } from '../../../src/pipeline/ask/answer-again.ts';
import { createAsk } from '../../../src/pipeline/ask/ask.ts';
import type { AskDeps } from '../../../src/pipeline/ask/ask-deps.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { describeOnEveryDatabase } from '../../support/database.ts';
import { depsOf, metricReading, readingOf, requestOf } from './asking.ts';

const tickets = metricReading({ metric: 'tickets' });
const SPENT = 'Model budget for today is spent; answered without it.';

const used = (prompt: string): ModelUsage => ({
  prompt,
  prompt_version: 1,
  model: 'm',
  input_tokens: 100,
  output_tokens: 20,
  cost_microdollars: 600,
  latency_ms: 900,
});

const words = async () => ({
  narration: { sentences: [[{ text: 'More came in than ever.' }]] },
  usage: [used('narrate-answer')],
  budgetSpent: false,
});

describeOnEveryDatabase('an answer with a model', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
  });

  const deps = (changes: Partial<AskDeps>): AskDeps => ({ ...depsOf(handle, { read: () => tickets }), ...changes });

  it('has its words, with definition, dates and receipt as ever, and every call stored', async () => {
    const reader = {
      read: async () => ({ reading: tickets, usage: [used('route-question')], budgetSpent: false }),
    };
    const all = deps({ reader, narrator: words });
    const { text, body, receipt, written_by } = await createAsk(all)(requestOf('tickets last week'));
    expect(written_by).toBe('model');
    expect(text).toMatch(/^212 tickets last week.*\nMore came in than ever\.\n/);
    expect(text).toContain(body.context[0]);
    expect(body.context.join()).toContain('Europe/Berlin');
    const stored = await all.stores.receipts.find(receipt ?? '');
    expect(stored).toMatchObject({ written_by: 'model', usage: [used('route-question'), used('narrate-answer')] });
  });

  it('that the model did not word holds its calls all the same', async () => {
    const narrator = async () => ({ narration: null, usage: [used('narrate-answer')], budgetSpent: false });
    const all = deps({ narrator });
    const { receipt, written_by, text } = await createAsk(all)(requestOf('tickets last week'));
    expect([written_by, text.includes('212 tickets last week')]).toEqual(['template', true]);
    expect((await all.stores.receipts.find(receipt ?? ''))?.usage).toEqual([used('narrate-answer')]);
  });

  it('says once that the budget is spent, and answers', async () => {
    const reader = { read: async () => ({ reading: tickets, usage: [], budgetSpent: true }) };
    const narrator = async () => ({ narration: null, usage: [], budgetSpent: true });
    const { text, body } = await createAsk(deps({ reader, narrator }))(requestOf('tickets last week'));
    expect(text).toContain('212 tickets last week');
    expect(body.context.filter((part) => part === SPENT)).toHaveLength(1);
  });

  it('says so of a refusal too: the model might have read it', async () => {
    const refusal = readingOf({ intent: 'refuse', reason: 'out_of_scope', about: 'that' });
    const reader = { read: async () => ({ reading: refusal, usage: [], budgetSpent: true }) };
    expect((await createAsk(deps({ reader }))(requestOf('wobble'))).body.context).toContain(SPENT);
  });

  it('is the template’s where the narrator throws', async () => {
    const narrator = () => Promise.reject(new Error('no'));
    expect((await createAsk(deps({ narrator }))(requestOf('tickets'))).written_by).toBe('template');
  });

  it('lets no model word a refusal or a lack of data', async () => {
    const reading = readingOf({ intent: 'refuse', reason: 'private_data', about: "people's names" });
    const reader = { read: async () => ({ reading, usage: [], budgetSpent: false }) };
    const { text } = await createAsk(deps({ reader, narrator: words }))(requestOf('names of everybody'));
    expect(text).toContain("I don't show people's names.");
  });

  it('given again is the template’s', async () => {
    const all = deps({ narrator: words });
    const { receipt } = await createAsk(all)(requestOf('tickets last week'));
    const stored = await all.stores.receipts.find(receipt ?? '');
    if (stored === undefined) throw new Error('no receipt');
    const { asker, audience, channel } = requestOf('');
    expect(await answerAgain(all, { receipt: stored, asker, audience, channel })).toMatchObject({
      written_by: 'template',
    });
  });
});
