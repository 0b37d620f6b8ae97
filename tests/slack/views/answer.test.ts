import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../src/block-kit/message.ts';
import { bodyOf, plain, strong } from '../../../src/core/query/answer/spans.ts';
import type { Answer } from '../../../src/core/query/answer-body.ts';
import { buildAnswerMessage } from '../../../src/slack/views/answer.ts';
import { drawAnswer } from '../../../src/slack/views/answer-chart.ts';
import type { AnswerView } from '../../../src/slack/views/answer-view.ts';
import { pickPoints } from '../../../src/slack/views/chart-points.ts';
import { answerOf, clarification, daily, groups, hostile, refusal, scalar } from '../answers.ts';

const thread: AnswerView = { place: 'thread' };
const labels = (answer: Answer, view: AnswerView): string[] =>
  buildAnswerMessage(answer, view).blocks.flatMap((block) =>
    block.type === 'actions'
      ? [...JSON.stringify(block).matchAll(/"plain_text","text":"([^"]*)"/g)].map((m) => m[1] ?? '')
      : [],
  );
const types = (answer: Answer, view: AnswerView = thread): unknown[] =>
  buildAnswerMessage(answer, view).blocks.map(({ type }) => type);

describe('an answer as a message', () => {
  it.each([
    ['scalar', scalar(), thread],
    ['groups', groups(8), { place: 'asker' }],
    ['groups-as-bars', groups(8), { place: 'thread', show: 'chart' }],
    ['daily', daily(28), { place: 'thread', sharedBy: 'U0000MAYA' }],
    ['refusal', refusal(), { place: 'direct' }],
    ['clarification', clarification(), thread],
    ['asked-by-button', scalar(), { place: 'thread', asked: { by: 'U0000MAYA', question: 'why?' } }],
    ['without-native-blocks', groups(8), { place: 'thread', native: false }],
  ] satisfies [string, Answer, AnswerView][])(
    'reads as people expect it and Slack takes it: %s',
    async (name, answer, view) => {
      const message = buildAnswerMessage(answer, view);
      expect(checkMessage(message)).toBeNull();
      await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(
        `../../fixtures/slack/answer-${name}.json`,
      );
    },
  );

  it.each([1, 3, 12, 40])('fits Slack with every part %i times as long, and lets nothing out of its place', (size) => {
    for (const view of [
      thread,
      { place: 'asker', show: 'table' },
      { place: 'thread', show: 'chart', native: false },
      { place: 'thread', asked: { by: 'U0000MAYA', question: '<!channel>' } },
    ] satisfies AnswerView[]) {
      const message = buildAnswerMessage(hostile(size), view);
      expect(checkMessage(message)).toBeNull();
      const parsed = JSON.stringify(message.blocks).match(/"type":"mrkdwn","text":"(?:[^"\\]|\\.)*"/g) ?? [];
      expect(parsed.join('\n').replaceAll('<@U0000MAYA>', view.asked ? '' : '<@U0000MAYA>')).not.toMatch(/<[!@#]/);
      expect(message.text).not.toMatch(/<[!@#]/);
    }
  });

  it('says under a quote what else there is', () => {
    const body = bodyOf([strong('Checkout covers this.')], {
      quotes: ['Ask the walrus.'],
      besides: [[plain('See also “Paging”.')], [plain('Near it: “Kafka”.')]],
    });
    const { blocks } = buildAnswerMessage(answerOf(body), thread);
    expect(blocks.map(({ type }) => type).slice(0, 3)).toEqual(['section', 'rich_text', 'section']);
    expect(JSON.stringify(blocks[2])).toContain('See also “Paging”. Near it: “Kafka”.');
  });

  it('fits Slack and stays harmless whatever the words are', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 120 });
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 6 }), fc.boolean(), (texts, native) => {
        const spans = texts.flatMap((text) => [strong(text), plain(text)]);
        const answer = answerOf(
          bodyOf(spans, {
            sentences: [spans],
            quotes: texts,
            context: texts,
            links: texts.map((label) => ({ label, url: label })),
            followUps: texts.map((label) => ({ label, question: label })),
            table: { columns: texts.map((label) => ({ label, align: 'left' })), rows: [texts, texts], cut: null },
          }),
        );
        const message = buildAnswerMessage(answer, { place: 'thread', native });
        expect(checkMessage(message)).toBeNull();
        expect(message.text).not.toMatch(/<[!@#]/);
      }),
      { numRuns: 60 },
    );
  });

  it('shows lines over time as a chart that turns into a table and back', () => {
    expect(types(daily(28))).toContain('data_visualization');
    expect(labels(daily(28), thread)).toContain('Table');
    expect(types(daily(28), { place: 'thread', show: 'table' })).toContain('data_table');
    expect(labels(daily(28), { place: 'thread', show: 'table' })).toContain('Chart');
  });

  it('turns pages where a table is longer than one', () => {
    expect(types(groups(10))).toContain('table');
    expect(types(groups(11))).toContain('data_table');
  });

  it('offers two rows of buttons on a phone, and nothing that cannot be done', () => {
    const many = scalar();
    const followUps = Array.from({ length: 9 }, (_, index) => ({ label: `Q${index}`, question: `q${index}` }));
    expect(labels({ ...many, body: { ...many.body, followUps } }, thread)).toEqual([
      'Q0',
      'Q1',
      'Q2',
      'Chart',
      'Share',
      'Show query',
    ]);
    expect(labels(groups(8), { place: 'direct' })).toEqual(['Chart', 'CSV', 'Show query']);
    expect(labels(groups(8), { place: 'thread', sharedBy: 'U1' })).not.toContain('Share');
    const chart = { ...many.body, followUps: [{ label: 'Chart', question: 'per day' }] };
    expect(labels({ ...many, body: chart }, thread).filter((label) => label === 'Chart')).toHaveLength(1);
    const days = { ...many.body, followUps: [{ label: 'Per day', question: 'per day' }] };
    expect(labels({ ...many, body: days }, thread)).not.toContain('Per day');
    expect(labels(refusal(), thread)).toEqual(['Ticket rate, 30 days']);
  });

  it('says readings once, as buttons', () => {
    const [words] = buildAnswerMessage(clarification(), { place: 'direct' }).blocks;
    expect(JSON.stringify(words)).not.toContain(' · ');
  });

  it('begins a line with every sentence that begins strongly', () => {
    const { body } = scalar();
    const sentences = [[plain('One.')], [plain('Two.')], [strong('Three'), plain(' so.')], [plain('Four.')]];
    const message = buildAnswerMessage({ ...scalar(), body: { ...body, sentences } }, thread);
    expect(JSON.stringify(message.blocks)).toContain('\\nOne. Two.\\n*Three* so. Four.');
  });

  it('cuts no sentence while there is room for all of them', () => {
    const { body } = scalar();
    const long = 'word '.repeat(100).trim();
    const sentences = [...Array.from({ length: 12 }, () => [plain('Short.')]), [plain(long)]];
    const message = buildAnswerMessage({ ...scalar(), body: { ...body, sentences } }, thread);
    expect(JSON.stringify(message.blocks)).toContain(long);
  });

  it('tells links of one tool apart', () => {
    const { body } = scalar();
    const links = [1, 2].map((place) => ({ label: 'Sentry', url: `https://sentry.io/${place}` }));
    const message = buildAnswerMessage({ ...scalar(), body: { ...body, links } }, thread);
    expect(JSON.stringify(message.blocks)).toContain('|Sentry> · <https://sentry.io/2|Sentry 2>');
  });

  it('says what a model worded as it says its own words: escaped, and once', () => {
    const { body } = scalar();
    const worded = { ...body, headline: [{ text: 'Errors rose.' }], sentences: [[{ text: '<!channel> look.' }]] };
    const message = buildAnswerMessage({ ...scalar(), body: worded, written_by: 'model' }, thread);
    expect(JSON.stringify(message.blocks)).toContain('Errors rose.\\n&lt;!channel&gt; look.');
    expect(JSON.stringify(message.blocks)).not.toContain('2.1% error rate');
  });
});

describe('the chart of an answer', () => {
  it('keeps the spike when it thins ninety days to twenty points, and says so', () => {
    const drawn = drawAnswer(daily(90));
    const chart = JSON.stringify(drawn?.block);
    expect(chart.match(/"label":"2026/g)).toHaveLength(20);
    expect(chart).toContain('"label":"2026-02-03","value":22');
    expect(drawn?.notes).toEqual(['The chart shows 20 of 90 points, the furthest from average of each stretch.']);
  });

  it('leaves a missing figure out and says so: it is never drawn as zero', () => {
    const drawn = drawAnswer(daily(7, 1, 3));
    expect(JSON.stringify(drawn?.block)).not.toContain('2026-01-04');
    expect(drawn?.notes).toEqual(['Not in the chart, for lack of a figure: 2026-01-04.']);
  });

  it('shows six of eight lines and says so', () => {
    expect(drawAnswer(daily(7, 8))?.notes).toEqual(['The chart shows 6 of 8 lines.']);
  });

  it('has none of fewer than two points', () => {
    expect(drawAnswer(daily(1))).toBeNull();
    expect(drawAnswer(groups(1))).toBeNull();
    expect(types(daily(1))).not.toContain('data_visualization');
  });

  it('picks points in order, the first and the last among them, and never more than it may', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 3, max: 40 }),
        (values, most) => {
          const picked = pickPoints(values, most);
          expect(picked.length).toBe(Math.min(most, values.length));
          expect(picked).toEqual([...new Set(picked)].toSorted((a, b) => a - b));
          expect([picked[0], picked.at(-1)]).toEqual([0, values.length - 1]);
        },
      ),
    );
  });
});
