import { describe, expect, it } from 'vitest';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import { bodyOf, plain, spansText } from '../../../../src/core/query/answer/spans.ts';
import { offerRunbook, runbookBody, uncoveredBody } from '../../../../src/core/query/told/runbook.ts';

const match = (headings: string[], score: number, number = 3) => ({
  citation: {
    runbook: { number, title: number === 3 ? 'Checkout' : 'Payments', version: 2 },
    headings,
    anchor: headings.join('-'),
    link: `https://wiki.example.com/${number}#${headings.join('-')}`,
    excerpt: 'Ask the walrus.',
  },
  score,
  isOverdue: false,
});

const said = ({ headline, sentences }: ReturnType<typeof uncoveredBody>): string =>
  [headline, ...sentences].map(spansText).join(' ');

const besides = (body: ReturnType<typeof runbookBody>): string => (body.besides ?? []).map(spansText).join(' ');

describe('what runbooks say', () => {
  const rollingBack = match(['Checkout', 'Rolling back'], 0.9);

  it('quotes the section that covers it, and names the others under the quote, those of the same runbook by their headings', () => {
    const body = runbookBody(
      [rollingBack, match(['Paging', 'By night and by day'], 0.5), match(['Paging'], 0.4, 4)],
      [],
    );
    expect(said(body)).toBe('Checkout › Rolling back covers this.');
    expect(body.quotes).toEqual(['Ask the walrus.']);
    expect(besides(body)).toBe('See also “Paging › By night and by day” and “Payments › Paging”.');
    expect(body.links.map(({ label }) => label)).toEqual([
      'Checkout › Rolling back',
      'Paging › By night and by day',
      'Payments › Paging',
    ]);
    expect(plainText(body).split('\n').slice(0, 3)).toEqual([said(body), '“Ask the walrus.”', besides(body)]);
  });

  it('names what is near beside it, quotes nothing of that and claims nothing', () => {
    const body = runbookBody([rollingBack], [match(['Paging'], 0.3)]);
    expect(besides(body)).toBe('Near it: “Paging”.');
    expect(body.quotes).toEqual(['Ask the walrus.']);
    expect(body.sections?.map(({ label }) => label)).toEqual(['Rolling back', 'Paging']);
    expect(body.rows).toHaveLength(1);
  });

  it('says before the quote that nobody has looked it over in time', () => {
    const body = runbookBody([{ ...rollingBack, isOverdue: true }], []);
    expect(said(body)).toBe(
      'Checkout › Rolling back covers this. Checkout is past the day for looking it over: check before you follow it.',
    );
  });

  it('offers the best beside a question back', () => {
    const back = bodyOf([plain('Which figure?')], { followUps: [{ label: 'Errors', question: 'errors' }] });
    const body = offerRunbook(back, [rollingBack, match(['Paging'], 0.5)]);
    expect(besides(body)).toBe('A runbook may help: “Checkout › Rolling back”.');
    expect(body).toMatchObject({ headline: back.headline, followUps: back.followUps, quotes: [] });
    expect(body.sections).toEqual([{ label: 'Rolling back', number: 3, anchor: 'Checkout-Rolling back' }]);
    expect(offerRunbook(back, [])).toBe(back);
  });

  it('names the nearest where none covers it, quotes nothing and claims nothing', () => {
    const nearest = [match(['Rolling back'], 0.2), match(['Paging'], 0.1)];
    const body = uncoveredBody({ runbooks: 42, times: 1, nearest });
    expect(said(body)).toBe(
      'I am not sure that any runbook covers this. I looked in 42 runbooks. ' +
        'Nearest: “Checkout › Rolling back” and “Checkout › Paging”. I have noted that it was asked for.',
    );
    expect([body.quotes, body.links, body.rows]).toEqual([[], [], []]);
    expect(body.sections).toEqual([
      { label: 'Rolling back', number: 3, anchor: 'Rolling back' },
      { label: 'Paging', number: 3, anchor: 'Paging' },
    ]);
  });

  it('does not even doubt it where what is nearest is far', () => {
    const body = uncoveredBody({ runbooks: 42, times: 1, nearest: [match(['Paging'], 0.1)] });
    expect(said(body)).toContain(
      'No runbook seems to cover this. I looked in 42 runbooks. Nearest: “Checkout › Paging”.',
    );
  });

  it('says that none covers it where none is near, and how often that was asked for', () => {
    expect(said(uncoveredBody({ runbooks: 1, times: 3, nearest: [] }))).toBe(
      'No runbook covers this. I looked in 1 runbook. It was asked for 3 times in the past 30 days; I have noted it.',
    );
  });

  it('says how to add one where there are none', () => {
    expect(said(uncoveredBody({ runbooks: 0, times: 1, nearest: [] }))).toContain('There are no runbooks yet.');
  });
});
