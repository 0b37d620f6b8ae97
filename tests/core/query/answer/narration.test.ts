import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerMetric } from '../../../../src/core/query/answer/metric-answer.ts';
import { bindSentence, isWordable, sentencesWith } from '../../../../src/core/query/answer/narration.ts';
import { bodyOf, fixed, plain, spansText, strong } from '../../../../src/core/query/answer/spans.ts';
import type { AnswerBody } from '../../../../src/core/query/answer-body.ts';
import { askedOf, figure, queryOf, resultOf, WEEK_BEFORE } from './asked.ts';

/** "2.1% error rate on /checkout last week, up from 1.3% (…)." */
const risen = answerMetric(
  askedOf(
    queryOf({ metric: 'error_rate', surface: '/checkout', compare: WEEK_BEFORE }),
    resultOf(figure([261, 12_450]), { compared: figure([160, 12_300]) }),
    { variation: { tested: true, p: 0.0004, outside: true } },
  ),
).body;

/** Sentences as shown, or null at the first fault. */
const shown = (body: AnswerBody, ...written: string[]): string | null => {
  const read = written.map((text) => bindSentence(text, body));
  return read.every((one) => one.ok) ? read.map((one) => (one.ok ? spansText(one.sentence) : '')).join(' ') : null;
};

const GOOD = '{{fact:value}} of views on {{fact:surface}} failed last week, up from {{fact:compare.value}}';

describe('a sentence of a model', () => {
  it('gets its figures put in, and ends like one', () => {
    expect(shown(risen, GOOD)).toBe('2.1% of views on /checkout failed last week, up from 1.3%.');
  });

  it.each([
    ['a digit', '2.1% of views failed last week, up from {{fact:compare.value}}'],
    ['a number word', `Twice as many: ${GOOD}`],
    ['a numeral of another script', '٢ {{fact:value}}, up from {{fact:compare.value}}'],
    ['an id nobody computed', `${GOOD}, {{fact:loss}} lost`],
    ['a broken placeholder', `${GOOD} {{fact:value`],
    ['a fall where it rose', '{{fact:value}} failed last week, down from {{fact:compare.value}}'],
    ['a cause', `${GOOD} because of the release`],
    ['a claim above its evidence', `${GOOD}; it began with the release`],
    ['an outlook', `${GOOD}; it will get there again`],
    ['a benchmark', `${GOOD}, in line with the industry`],
    ['a judgement of its own', `${GOOD}, which is alarming`],
    ['alarm', `${GOOD}!`],
    ['a link', `${GOOD}, see https://evil.example`],
    ['a mention', `${GOOD} <!channel>`],
    ['nothing', '  '],
    ['a novel', `${GOOD} ${'and so on '.repeat(40)}`],
  ])('is not shown when it holds %s', (_, written) => {
    expect(shown(risen, written)).toBeNull();
  });

  it('may not call normal what the template calls outside normal, nor the other way round', () => {
    const body = bodyOf([strong('It moved 0.4 points, within normal variation.')], {
      facts: [{ id: 'change', label: 'Change', value: 0.004, unit: 'points', text: '0.4 points' }],
    });
    expect(shown(body, 'It moved {{fact:change}}, within normal variation')).not.toBeNull();
    expect(shown(body, 'It moved {{fact:change}}, outside normal variation')).toBeNull();
    expect(shown(body, 'It moved {{fact:change}}, a significant step')).toBeNull();
  });

  it('climbs no higher than the template', () => {
    const facts = [{ id: 'release.1', label: 'Release', value: 'web@1.42.0', unit: 'name', text: 'web@1.42.0' }];
    const because = bodyOf([plain('Errors rose.')], { sentences: [[plain('They began with web@1.42.0.')]], facts });
    const beside = bodyOf([plain('Errors rose.')], { sentences: [[plain('Drop-offs rose with it.')]], facts });
    expect(shown(because, 'It began with {{fact:release.1}}.')).not.toBeNull();
    expect(shown(beside, 'It began with {{fact:release.1}}.')).toBeNull();
  });

  it('states no figure that is no fact, wherever the model puts one', () => {
    const words = fc.constantFrom('views failed', '{{fact:value}}', '{{fact:surface}}', 'of', 'last week', 'and');
    fc.assert(
      fc.property(
        fc.array(words, { minLength: 1, maxLength: 8 }),
        fc.nat({ max: 999 }),
        fc.nat(),
        (parts, figure, at) => {
          const place = at % (parts.length + 1);
          const written = [...parts.slice(0, place), String(figure), ...parts.slice(place)].join(' ');
          expect(shown(risen, written)).toBeNull();
        },
      ),
    );
  });
});

describe('an answer that a model worded', () => {
  const caveat = fixed([plain('Outside normal variation.')]);
  const facts = ['70', '30'].map((text, index) => ({
    id: `row.${index}`,
    label: '',
    value: text,
    unit: 'errors',
    text,
  }));
  const body = bodyOf([strong('100 errors')], {
    sentences: [[plain('free had 70.')], [plain('growth had 30.')], caveat, [plain('More could be said.')]],
    facts,
  });
  const texts = (worded: AnswerBody['sentences'], isWhole: boolean) =>
    sentencesWith(worded, body, isWhole).map(spansText);

  it('has its words in place of the template’s, but for what has to stay', () => {
    expect(texts([[plain('Most were of free: 70.')]], true)).toEqual([
      'Most were of free: 70.',
      'Outside normal variation.',
    ]);
  });

  it('has what it left unsaid from the template where its text ended early', () => {
    expect(texts([[plain('Most were of free: 70.')]], false)).toEqual([
      'Most were of free: 70.',
      'growth had 30.',
      'More could be said.',
      'Outside normal variation.',
    ]);
  });

  it('is not asked for where all stays or nothing is a fact', () => {
    expect(isWordable(body)).toBe(true);
    expect(isWordable({ ...body, facts: [] })).toBe(false);
    expect(isWordable({ ...body, headline: caveat, sentences: [caveat] })).toBe(false);
  });
});
