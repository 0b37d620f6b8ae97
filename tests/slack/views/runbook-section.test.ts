import { describe, expect, it } from 'vitest';
import { validateView } from '../../../src/block-kit/view.ts';
import { decodeSection, encodeSection } from '../../../src/slack/ids.ts';
import { buildRunbookSection } from '../../../src/slack/views/runbook-section.ts';
import { textOf } from '../world.ts';

const SECTION = { title: 'Guide', version: 2, fileName: 'guide.md', headings: ['Guide', 'Steps'], isOverdue: false };

describe('a section to read in full', () => {
  it.each([
    ['short', 'Restart it.', false],
    ['of one long line', 'restart '.repeat(600), false],
    ['longer than a phone scrolls', 'restart it\n'.repeat(2_000), true],
    ['without a space in it', 'x'.repeat(9_000), true],
  ])('fits a modal: %s', (_, text, isCut) => {
    const view = buildRunbookSection({ ...SECTION, text });
    expect(validateView(view)).toEqual([]);
    expect(JSON.stringify(view).includes('Showing the first')).toBe(isCut);
  });

  it('says when it should have been looked over', () => {
    const { blocks } = buildRunbookSection({ ...SECTION, text: 'Go.', isOverdue: true });
    expect(textOf(blocks)).toContain('past the day for looking it over');
  });

  it('escapes what the runbook is called', () => {
    const view = buildRunbookSection({ ...SECTION, title: '<!channel>', headings: ['<!here> *x*'], text: 'Go.' });
    expect(validateView(view)).toEqual([]);
    expect(JSON.stringify(view)).not.toMatch(/<!/);
  });
});

it.each([
  [{ number: 3, anchor: 'roll-back-1' }, '3.roll-back-1'],
  [{ number: 12, anchor: 'a.b' }, '12.a.b'],
])('names %j in a button as %s', (at, value) => {
  expect(encodeSection(at)).toBe(value);
  expect(decodeSection(value)).toEqual(at);
});

it.each(['', '3', 'x.y', '3.'])('takes %j for none of ours', (value) => {
  expect(decodeSection(value)).toBeUndefined();
});
