import { describe, expect, it } from 'vitest';
import { answerMetric } from '../../../../src/core/query/answer/metric-answer.ts';
import { bindNarration, isWordable } from '../../../../src/core/query/answer/narration.ts';
import { bodyOf, fixed, plain, spansText, strong } from '../../../../src/core/query/answer/spans.ts';
import { askedOf, figure, queryOf, resultOf, row, WEEK_BEFORE } from './asked.ts';

/** "2.1% error rate on /checkout last week, up from 1.3% (…)." */
const risen = answerMetric(
  askedOf(
    queryOf({ metric: 'error_rate', surface: '/checkout', compare: WEEK_BEFORE }),
    resultOf(figure([261, 12_450]), { compared: figure([160, 12_300]) }),
    { variation: { tested: true, p: 0.0004, outside: true } },
  ),
).body;

const byPlan = answerMetric(
  askedOf(
    queryOf({ metric: 'errors', group_by: ['plan'] }),
    resultOf(figure(100), {
      groups: 2,
      rows: [row({ key: { plan: 'free' }, figure: figure(70) }), row({ key: { plan: 'growth' }, figure: figure(30) })],
    }),
  ),
).body;

const GOOD = '{{fact:value}} of views on {{fact:surface}} failed last week, up from {{fact:compare.value}}';

const told = (headline: string, ...sentences: string[]) => ({ headline, sentences });

describe('words of a model for an answer', () => {
  it('get their figures put in, and keep significance in the template’s words', () => {
    const read = bindNarration(told(GOOD), risen);
    expect(read).toMatchObject({
      ok: true,
      headline: [{ text: '2.1% of views on /checkout failed last week, up from 1.3%', strong: true }],
    });
    const sentences = read.ok ? read.sentences.map(spansText) : [];
    expect(sentences).toEqual(risen.sentences.map(spansText));
    expect(sentences.join(' ')).toContain('outside normal variation (p < 0.001)');
  });

  it('stand in place of sentences that are no caveat', () => {
    const read = bindNarration(
      told(
        '{{fact:row.1.name}} has the most errors: {{fact:row.1.value}} of {{fact:value}}',
        'The rest is {{fact:row.2.name}}.',
      ),
      byPlan,
    );
    expect(read.ok && read.sentences.map(spansText)[0]).toBe('The rest is growth.');
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
    ['less than the figures of the headline', '{{fact:value}} of views on {{fact:surface}} failed last week'],
    [
      'another figure in the place of the headline’s',
      '{{fact:p_value}} of views failed, up from {{fact:compare.value}}',
    ],
    ['nothing', '  '],
    ['a novel', `${GOOD} ${'and so on '.repeat(40)}`],
  ])('are dropped whole when they hold %s', (_, headline) => {
    expect(bindNarration(told(headline), risen)).toMatchObject({ ok: false });
  });

  it('are dropped for a sentence as for the headline, and when there are too many', () => {
    expect(bindNarration(told(GOOD, 'It is 3 times worse.'), risen).ok).toBe(false);
    expect(bindNarration(told(GOOD, ...Array.from({ length: 5 }, () => 'Views failed.')), risen).ok).toBe(false);
  });

  it('may not call normal what the template calls outside normal, nor the other way round', () => {
    const body = bodyOf([strong('It moved 0.4 points, within normal variation.')], {
      facts: [{ id: 'change', label: 'Change', value: 0.004, unit: 'points', text: '0.4 points' }],
    });
    expect(bindNarration(told('It moved {{fact:change}}, within normal variation'), body).ok).toBe(true);
    expect(bindNarration(told('It moved {{fact:change}}, outside normal variation'), body).ok).toBe(false);
    expect(bindNarration(told('It moved {{fact:change}}, a significant step'), body).ok).toBe(false);
  });

  it('keep what limits a figure', () => {
    const body = bodyOf([strong('About 40 accounts so far.')], {
      facts: [{ id: 'value', label: 'Accounts', value: 40, unit: 'accounts', text: '40' }],
    });
    expect(bindNarration(told('{{fact:value}} accounts so far'), body).ok).toBe(false);
    expect(bindNarration(told('About {{fact:value}} accounts'), body).ok).toBe(false);
    expect(bindNarration(told('So far it is about {{fact:value}} accounts'), body).ok).toBe(true);
  });

  it('climb no higher than the template', () => {
    const facts = [{ id: 'release.1', label: 'Release', value: 'web@1.42.0', unit: 'name', text: 'web@1.42.0' }];
    const because = bodyOf([plain('Errors rose.')], { sentences: [[plain('They began with web@1.42.0.')]], facts });
    const beside = bodyOf([plain('Errors rose.')], { sentences: [[plain('Drop-offs rose with it.')]], facts });
    const claim = told('Errors rose', 'It began with {{fact:release.1}}.');
    expect(bindNarration(claim, because).ok).toBe(true);
    expect(bindNarration(claim, beside).ok).toBe(false);
  });

  it('leave a fixed headline alone, and are not asked for where all is fixed', () => {
    const verdict = fixed([strong('Errors rose 12%: more than they do most weeks.')]);
    const facts = [{ id: 'change', label: 'Change', value: 0.12, unit: 'x', text: '12%' }];
    const body = bodyOf(verdict, { sentences: [[plain('Most are timeouts.')]], facts });
    expect(bindNarration(told('Something rose'), body)).toMatchObject({ ok: true, headline: verdict });
    expect(isWordable(body)).toBe(true);
    expect(isWordable(bodyOf(verdict, { facts }))).toBe(false);
    expect(isWordable(bodyOf([plain('No facts.')]))).toBe(false);
  });
});
