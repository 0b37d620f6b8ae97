/** What answers take on their way in and out of Slack: typed words, button values, files, threads, audiences. */
import type { WebClient } from '@slack/web-api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../src/block-kit/message.ts';
import { validateView } from '../../src/block-kit/view.ts';
import { findMetricByName } from '../../src/core/catalogue/find-by-name.ts';
import { groupMetrics } from '../../src/core/catalogue/groups.ts';
import { CATALOGUE } from '../../src/core/catalogue/index.ts';
import { decodeAnswer, decodeQuestion, encodeAnswer, encodeQuestion } from '../../src/slack/answer-value.ts';
import { commands } from '../../src/slack/commands/index.ts';
import { rowsToCsv } from '../../src/slack/csv.ts';
import { createDirectory } from '../../src/slack/directory.ts';
import { findMeantCommand } from '../../src/slack/find-command.ts';
import { readingWords } from '../../src/slack/status.ts';
import { contextOfDay } from '../../src/slack/thread-start.ts';
import { mentionsIn, typedText } from '../../src/slack/typed-text.ts';
import { buildDefinition, buildGaps, buildMetricList, buildUnknownMetric } from '../../src/slack/views/catalogue.ts';
import { buildQueryModal } from '../../src/slack/views/query-modal.ts';
import { query } from './answers.ts';
import { somePriorities } from './world.ts';

const wild = fc.string({ unit: 'grapheme', maxLength: 200 });

describe('what a person typed', () => {
  it.each([
    ['<@U0SEEPASS0> errors on `/checkout`', 'errors on /checkout'],
    ['errors on */checkout* last _week_', 'errors on /checkout last week'],
    ['errors on /checkout* and /cart*', 'errors on /checkout* and /cart*'],
    ['error_rate of web_app', 'error_rate of web_app'],
    ['```errors```\non <#C1|general>', 'errors on #general'],
    ['<https://app.example.com/checkout|app.example.com/checkout> errors', 'app.example.com/checkout errors'],
    ['see <https://a.example/?x=1&amp;y=2>', 'see https://a.example/?x=1&y=2'],
    ['<!channel> <!subteam^S1|@oncall> p95 &gt; 2 s', 'p95 > 2 s'],
    ['tell <@U1|sam> &lt;@U2&gt;', 'tell <@U2>'],
  ])('is read without markup: %j', (typed, words) => {
    expect(typedText(typed)).toBe(words);
  });

  it('is one line of words whatever it was', () => {
    fc.assert(
      fc.property(wild, (text) => {
        expect(typedText(text)).not.toMatch(/[\n`]|<[@!]\w*>|^\s|\s$/);
      }),
    );
  });

  it('names the people it mentions', () => {
    expect(mentionsIn('<@U1> and <@W2|sam>, not <!here> or U3')).toEqual(['U1', 'W2']);
  });

  it.each([
    ['top 3', 'top'],
    ['top 5 /checkout* yesterday', 'top'],
    ['top pages by errors', null],
    ['help', 'help'],
    ['help me understand the errors', null],
    ['define error rate', 'define'],
    ['define error rate?', null],
    ['missed /checkout yesterday', 'missed'],
    ['missed payments last week', null],
    ['false #2 load test', 'false'],
    ['false alarms last week', null],
    ['replay 8F2K7M3Q', 'replay'],
    ['replay the week', null],
    ['metrics', 'metrics'],
    ['gaps?', null],
    ['errors yesterday', null],
    ['', null],
  ])('in a conversation, %j is the command %s', (words, name) => {
    expect(findMeantCommand(words, commands)?.command.name ?? null).toBe(name);
  });
});

describe('what buttons carry', () => {
  it('comes back as it went, and nothing else is taken', () => {
    const ids = fc.constantFrom('U0000MAYA', 'W12345', null);
    fc.assert(
      fc.property(ids, ids, wild, (sharedBy, askedBy, question) => {
        const value = { receipt: '8F2K7M3Q', sharedBy, askedBy };
        expect(decodeAnswer(encodeAnswer(value))).toEqual(value);
        const asked = { receipt: null, question: `q${question}` };
        expect(decodeQuestion(encodeQuestion(asked))).toEqual(asked);
        expect(decodeAnswer(question)).toBeUndefined();
        expect(decodeQuestion(question)).toBeUndefined();
      }),
    );
  });
});

describe('rows as a file', () => {
  it('keeps numbers, leaves what is missing empty, and disarms formulas', () => {
    expect(
      rowsToCsv([
        { account: '=HYPERLINK("http://x")', value: -1.5 },
        { account: ' +1', value: null, note: 'a,"b"\nc' },
        { account: '@SUM(A1)', value: 0 },
      ]),
    ).toBe(
      '\ufeffaccount,value,note\r\n"\'=HYPERLINK(""http://x"")",-1.5,\r\n\' +1,,"a,""b""\nc"\r\n\'@SUM(A1),0,\r\n',
    );
  });

  it('never holds a cell that a spreadsheet would run', () => {
    fc.assert(
      fc.property(wild, (text) => {
        const cell = rowsToCsv([{ text }]).slice(1).split('\r\n').slice(1, -1).join('\r\n').replace(/^"/, '');
        expect(cell).not.toMatch(/^\s*[=+\-@\t]/);
      }),
    );
  });
});

describe('what a thread under a digest is about', () => {
  it('is its day and its priorities by rank', () => {
    const context = contextOfDay('2026-01-29', somePriorities(3).toReversed());
    expect(context.query).toMatchObject({
      metric: null,
      surface: null,
      window: { start: '2026-01-29', end: '2026-01-30' },
    });
    expect(context.listed.map(({ value }) => value)).toEqual(['/checkout', '/page/1', '/page/2']);
  });

  it('is its page and metric where there is one priority', () => {
    expect(contextOfDay('2026-01-29', somePriorities(1)).query).toMatchObject({
      metric: 'error_rate',
      surface: '/checkout',
    });
  });
});

describe('who reads along', () => {
  const directory = (info: object | Error, clock = () => 0) => {
    let calls = 0;
    const client = {
      apiCall: async () => {
        calls++;
        if (info instanceof Error) throw info;
        return { ok: true, channel: info };
      },
    } as unknown as WebClient;
    return { ...createDirectory(client, clock), calls: () => calls };
  };

  it.each([
    [{ is_private: false }, 'public_channel'],
    [{ is_private: true }, 'private_channel'],
    [{ is_private: true, is_mpim: true }, 'private_channel'],
    [{ is_private: true, is_ext_shared: true }, 'public_channel'],
    [{ is_private: true, is_pending_ext_shared: true }, 'public_channel'],
    [{ is_im: true }, 'asker'],
    [new Error('no answer'), 'public_channel'],
  ])('is told from what Slack says: %j', async (info, audience) => {
    expect(await directory(info).audienceOf('C1')).toBe(audience);
  });

  it('is remembered for five minutes, and a failure is not', async () => {
    let now = 0;
    const known = directory({ is_private: true }, () => now);
    await known.audienceOf('C1');
    await known.audienceOf('C1');
    expect(known.calls()).toBe(1);
    now = 300_001;
    await known.audienceOf('C1');
    expect(known.calls()).toBe(2);
    expect(await directory(new Error('x')).audienceOf('D1')).toBe('asker');
  });
});

describe('the catalogue in Slack', () => {
  it('fits on pages, every metric on one of them', () => {
    const pages = [1, 2, 3].map((page) => buildMetricList(groupMetrics(), page));
    for (const page of pages) expect(checkMessage(page)).toBeNull();
    const text = JSON.stringify(pages);
    for (const { label } of CATALOGUE.metrics) expect(text).toContain(`*${label}*`);
    expect(text.length).toBeLessThan(12_000);
  });

  it('defines every metric with its unit, cuts, grains, names and minimum sample', async () => {
    for (const metric of CATALOGUE.metrics)
      expect(checkMessage(buildDefinition({ metric, name: metric.id, exact: true }, metric.id))).toBeNull();
    const found = findMetricByName('eror rate');
    if (!found) throw new Error('not found');
    const message = buildDefinition(found, 'eror rate <!here>');
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot('../fixtures/slack/definition.json');
  });

  it('ranks what is missing, harmless and cut with a note', () => {
    const gaps = Array.from({ length: 50 }, (_, index) => ({
      name: `<!channel> nps ${index}`.repeat(9),
      asked: 50 - index,
      askers: index % 3,
      lastAsked: '2026-01-29',
    }));
    const message = buildGaps(gaps, 90);
    expect(checkMessage(message)).toBeNull();
    expect(JSON.stringify(message)).not.toContain('<!channel>');
    expect(JSON.stringify(message)).toContain('showing 20 of 50');
    expect(buildUnknownMetric('<!here>').text).not.toContain('<!here>');
  });

  it('shows the closed query of any receipt', async () => {
    const receipt = {
      id: '8F2K7M3Q',
      as_of: Date.UTC(2026, 0, 30, 8),
      query: query(),
      metric_version: 1,
      watermark: Date.UTC(2026, 0, 30, 7, 12),
      served_by: 'rollups' as const,
      written_by: 'template' as const,
    };
    const view = buildQueryModal(receipt, 'Europe/Berlin');
    expect(validateView(view)).toEqual([]);
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot('../fixtures/slack/query-modal.json');
    const filters = { account: Array.from({ length: 20 }, () => '<!channel> & '.repeat(15)) };
    for (const hostile of [
      { ...receipt, query: query({ filters }), metric_version: 7 },
      { ...receipt, query: null },
    ])
      expect(validateView(buildQueryModal(hostile, 'Europe/Berlin'))).toEqual([]);
  });
});

describe('the status line', () => {
  it('says what is read, of which page and when', () => {
    const reading = { intent: 'metric' as const, reason: null, confidence: 1, choices: [], about: null, notes: [] };
    expect(readingWords({ ...reading, query: query() }, '2026-01-30')).toBe(
      'error rate on /checkout, Mon 19–Sun 25 Jan',
    );
    expect(readingWords({ ...reading, query: null }, '2026-01-30')).toBe('the question');
  });
});
