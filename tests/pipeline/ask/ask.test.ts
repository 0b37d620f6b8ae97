import { beforeAll, expect, it } from 'vitest';
import { SeepassError } from '../../../src/errors.ts';
import { createAsk } from '../../../src/pipeline/ask/ask.ts';
import { replayReceipt } from '../../../src/pipeline/ask/replay.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { figure, resultOf, row } from '../../core/query/answer/asked.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { depsOf, metricReading, readingOf, requestOf } from './asking.ts';

const tickets = metricReading({ metric: 'tickets' });
const byAccount = metricReading({ metric: 'errors', group_by: ['account'] });

describeOnOneDatabase('an answer', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
  });

  it('has a receipt that holds what it rests on, and no text of people', async () => {
    const deps = depsOf(handle, { read: () => tickets });
    const { receipt, text } = await createAsk(deps)(requestOf('tickets last week? mail me at jo@example.com'));
    expect(text).toContain('212 tickets last week');
    expect(receipt).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(await deps.stores.receipts.find(receipt?.toLowerCase() ?? '')).toMatchObject({
      asker: 'pseudonym of U1',
      channel: 'C1',
      question: 'tickets last week? mail me at [email]',
      query: tickets.query,
      metric_version: 1,
      served_by: 'rollups',
      written_by: 'template',
      usage: [],
    });
  });

  it('that computes nothing has none', async () => {
    const deps = depsOf(handle, {
      read: () => readingOf({ intent: 'refuse', reason: 'private_data', about: "people's names" }),
    });
    const answer = await createAsk(deps)(requestOf('names of everybody'));
    expect(answer.receipt).toBeNull();
    expect(answer.reading).toMatchObject({ intent: 'refuse', reason: 'private_data', query: null });
    expect(answer.text).toContain("I don't show people's names.");
  });

  it('that takes too long says so, and what was understood stays', async () => {
    const slow = new SeepassError('query_too_slow', 'That took longer than 3 seconds.', { fix: 'Ask for less.' });
    const deps = depsOf(handle, { read: () => tickets, answer: () => Promise.reject(slow) });
    const { reading, text } = await createAsk(deps)(requestOf('tickets of all time'));
    expect(reading).toMatchObject({ intent: 'metric', reason: null, query: tickets.query });
    expect(text).toBe('That took longer than 3 seconds.\nAsk for less.');
  });

  it('notes what nothing measures, and ranks it', async () => {
    const deps = depsOf(handle, {
      read: (question) => readingOf({ intent: 'refuse', reason: 'unsupported_metric', about: question }),
    });
    const ask = createAsk(deps);
    expect((await ask(requestOf('NPS'))).text).toContain("I don't measure NPS (noted).");
    await ask(requestOf('CSAT'));
    const again = await ask(requestOf('nps', { asker: { user: 'U2', roles: [] } }));
    expect(again.text).toContain("I don't measure nps (asked 2 times this month, noted).");
    expect(await deps.stores.gaps.list({ since: 0, limit: 10 })).toMatchObject([
      { name: 'nps', asked: 2, askers: 2 },
      { name: 'csat', asked: 1, askers: 1 },
    ]);
  });

  it.each(['tickets', 'examples', 'overview', 'top', 'explain', 'status', 'metric'] as const)(
    'says once what was read otherwise than written: %s',
    async (intent) => {
      const notes = ['"about refunds" read as about anything'];
      const deps = depsOf(handle, { read: () => ({ ...metricReading({ metric: 'tickets' }), intent, notes }) });
      const { text } = await createAsk(deps)(requestOf('tickets about refunds'));
      expect(text.split('I read "about refunds" as about anything.')).toHaveLength(2);
    },
  );

  it('holds a day that is not over against as much of the day before, and gives all of that in its rows', async () => {
    const today = { start: '2026-01-28', end: '2026-01-29' };
    const deps = depsOf(handle, {
      read: () =>
        metricReading({ metric: 'errors', window: today, compare: { start: '2026-01-27', end: '2026-01-28' } }),
      answer: ({ window }) => resultOf(figure(window.end === '2026-01-27T10:00' ? 11 : 12), { compared: figure(87) }),
    });
    const { text, body } = await createAsk(deps)(requestOf('errors today vs yesterday'));
    expect(text).toContain('12 errors today so far, up from 11');
    expect(text).toContain('counted to the same point, Tue 27 Jan, 10:00; all of it had 87.');
    expect(body.rows).toMatchObject([{ value: 12, compare_value: 87 }]);
  });

  it('is given to text that no database holds', async () => {
    const answer = await createAsk(depsOf(handle, { read: () => tickets }))(requestOf('tickets \0 last week'));
    expect(answer.receipt).not.toBeNull();
  });

  it('is no zero where nothing that is counted names what was asked for', async () => {
    const deps = depsOf(handle, {
      read: () => metricReading({ metric: 'errors', filters: { plan: 'growth' } }),
      answer: ({ filters }) =>
        filters.plan === undefined
          ? resultOf(figure(141), { rows: [row({ key: { plan: null }, figure: figure(141) })] })
          : resultOf(figure(0)),
    });
    const { reading, text, body } = await createAsk(deps)(requestOf('errors on the growth plan last week'));
    expect(text).toContain('None of the 141 errors last week names a plan');
    expect(reading).toMatchObject({ intent: 'metric', reason: 'no_data', query: { filters: { plan: 'growth' } } });
    expect(body.rows).toEqual([]);
  });

  it.each([
    ['', 'help', null],
    ['🎉 …', 'help', null],
    ['x'.repeat(4_001), 'clarify', 'ambiguous'],
  ])('to %j is given without reading it', async (question, intent, reason) => {
    const read = () => {
      throw new Error('was read');
    };
    const answer = await createAsk(depsOf(handle, { read }))(requestOf(question));
    expect(answer.reading).toMatchObject({ intent, reason });
  });
});

describeOnOneDatabase('accounts', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
  });

  const result = resultOf(figure(10), { rows: [row({ key: { account: 'Northwind' }, figure: figure(10) })] });

  it.each([
    [
      'are listed for analysts alone',
      ['viewer', 'analyst'],
      'asker',
      'metric',
      'Northwind has the most errors: 10 of 10',
    ],
    ['take the role', ['viewer'], 'asker', 'refuse', 'Rows about single accounts need the analyst role.'],
    [
      'are not listed before everybody',
      ['viewer', 'analyst'],
      'public_channel',
      'refuse',
      'Ask me in a direct message.',
    ],
  ] as const)('%s', async (_name, roles, audience, intent, words) => {
    const deps = depsOf(handle, { read: () => byAccount, answer: () => result });
    const answer = await createAsk(deps)(requestOf('errors by account', { asker: { user: 'U1', roles }, audience }));
    expect(answer.reading.intent).toBe(intent);
    expect(answer.text).toContain(words);
  });

  it('come with the same by plan as the nearest answer', async () => {
    const deps = depsOf(handle, { read: () => byAccount });
    const { body } = await createAsk(deps)(requestOf('errors by account', { asker: { user: 'U1', roles: [] } }));
    expect(body.followUps).toEqual([
      { label: 'Errors by plan', question: 'errors by plan from 2026-01-19 to 2026-01-25' },
    ]);
  });
});

describeOnOneDatabase('a thread', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
  });

  it('remembers what was settled, and what was listed until something else is', async () => {
    const seen: unknown[] = [];
    const rows = [row({ key: { surface: '/checkout' }, figure: figure(9) })];
    const deps = depsOf(handle, {
      read: (question, { thread }) => {
        seen.push(thread?.listed ?? null);
        return metricReading(
          question === 'by page' ? { metric: 'errors', group_by: ['surface'] } : { metric: 'errors' },
        );
      },
      answer: () => resultOf(figure(9), { rows }),
    });
    const ask = createAsk(deps);
    for (const question of ['errors', 'by page', 'and yesterday?', 'why is #1?'])
      await ask(requestOf(question, { threadId: 'T1' }));
    await ask(requestOf('errors', { threadId: 'T2' }));
    const listed = [{ dimension: 'surface', value: '/checkout' }];
    expect(seen).toEqual([null, [], listed, listed, null]);
  });

  it('is answered in order, however long each answer takes', async () => {
    const order: string[] = [];
    const deps = depsOf(handle, {
      read: async (question) => {
        if (question === 'first') await new Promise((resolve) => setTimeout(resolve, 30));
        order.push(question);
        return tickets;
      },
    });
    const ask = createAsk(deps);
    await Promise.all(['first', 'second', 'third'].map((question) => ask(requestOf(question, { threadId: 'T3' }))));
    expect(order).toEqual(['first', 'second', 'third']);
  });

  it('goes on after a question that failed', async () => {
    const deps = depsOf(handle, {
      read: (question) => {
        if (question === 'bad') throw new SeepassError('query_too_slow', 'Too slow.');
        return tickets;
      },
    });
    const ask = createAsk(deps);
    const [bad, good] = await Promise.allSettled(['bad', 'good'].map((one) => ask(requestOf(one, { threadId: 'T4' }))));
    expect([bad?.status, good?.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('that somebody else has gone on with is read again', async () => {
    const deps = depsOf(handle, { read: () => tickets });
    const thread = { channel: 'C1', thread: 'T5' };
    const context = {
      intent: 'metric' as const,
      query: metricReading({ metric: 'errors' }).query ?? never(),
      listed: [],
    };
    let reads = 0;
    const seen: unknown[] = [];
    deps.reader.read = async (_question, setting) => {
      seen.push(setting.thread?.query.metric ?? null);
      if (++reads === 1) await deps.stores.threads.keep(thread, context, 0);
      return { reading: tickets, usage: [], budgetSpent: false };
    };
    await createAsk(deps)(requestOf('tickets', { threadId: 'T5' }));
    expect(seen).toEqual([null, 'errors']);
    expect(await deps.stores.threads.find(thread)).toMatchObject({
      turn: 2,
      context: { query: { metric: 'tickets' } },
    });
  });

  it('remembers what a clarification understood', async () => {
    const understood = { ...(tickets.query ?? never()), metric: null, surface: '/checkout' };
    const deps = depsOf(handle, {
      read: () => readingOf({ intent: 'clarify', reason: 'ambiguous', understood }),
    });
    await createAsk(deps)(requestOf('rate on checkout', { threadId: 'T6' }));
    expect(await deps.stores.threads.find({ channel: 'C1', thread: 'T6' })).toMatchObject({
      context: { query: { surface: '/checkout' } },
    });
  });
});

describeOnOneDatabase('a receipt that is replayed', (open) => {
  let handle: DatabaseHandle;
  beforeAll(async () => {
    handle = await open();
  });

  const then = resultOf(figure(212));
  const by = { asker: { user: 'U1', roles: [] }, audience: 'asker', channel: null } as const;

  it.each([
    ['has not moved', then, false, ['The figure has not moved. 212 tickets.']],
    [
      'moved as more came in',
      { ...resultOf(figure(219)), watermark: (then.watermark ?? 0) + 3_600_000 },
      true,
      [
        'The figure has moved. Then: 212 tickets. Now: 219 tickets.',
        'More data has come in: then up to Wed 28 Jan, 09:12 2026',
      ],
    ],
    [
      'moved by late events',
      resultOf(figure(219)),
      true,
      ['Events came in late or were imported again after it was asked.'],
    ],
  ])('%s', async (_name, now, moved, words) => {
    let result = then;
    const deps = depsOf(handle, { read: () => tickets, answer: () => result });
    const { receipt } = await createAsk(deps)(requestOf('tickets last week'));
    result = now;
    const replayed = await replayReceipt(deps, { receipt: receipt ?? '', ...by });
    expect(replayed.moved).toBe(moved);
    for (const said of words) expect(replayed.text).toContain(said);
  });

  it('obeys the policy of whoever replays it', async () => {
    const deps = depsOf(handle, { read: () => byAccount });
    const { receipt } = await createAsk(deps)(requestOf('errors by account'));
    const replayed = await replayReceipt(deps, { receipt: receipt ?? '', ...by });
    expect(replayed.text).toContain('This answer is not given any more.');
  });

  it('has to exist', async () =>
    expect(replayReceipt(depsOf(handle, { read: () => tickets }), { receipt: 'NONE', ...by })).rejects.toMatchObject({
      code: 'not_found',
    }));
});

function never(): never {
  throw new Error('there is a query');
}
