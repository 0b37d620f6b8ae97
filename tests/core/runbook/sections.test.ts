import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainPassages } from '../../../src/core/runbook/plain-passages.ts';
import { cutSections } from '../../../src/core/runbook/sections.ts';

const passage = (headings: string[], text: string) => ({ headings, text, page: null });

describe('a document cut into sections', () => {
  it('names each by its last heading, the second of a name with a number', () => {
    const sections = cutSections([
      passage([], 'before any heading'),
      passage(['Top', 'Roll back & undo'], 'one'),
      passage(['Top', 'Roll back & undo'], 'two'),
    ]);
    expect(sections.map(({ anchor }) => anchor)).toEqual(['top', 'roll-back--undo', 'roll-back--undo-1']);
  });

  it('cuts what is long between paragraphs, and loses nothing of it', () => {
    const paragraphs = Array.from({ length: 9 }, (_, at) => `${at} ${'word '.repeat(120)}`.trim());
    const sections = cutSections([passage(['Long'], paragraphs.join('\n\n'))]);
    expect(sections.length).toBeGreaterThan(2);
    expect(sections.map(({ text }) => text).join('\n\n')).toBe(paragraphs.join('\n\n'));
  });

  it('keeps every character that is not white space, within the length, under anchors of their own', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.string({ maxLength: 6_000 }))), (parts) => {
        const passages = parts.map(([heading, text]) => passage([heading], text));
        const sections = cutSections(passages);
        const bare = (texts: string[]) => texts.join('').replace(/\s/g, '');
        expect(bare(sections.map(({ text }) => text))).toBe(bare(passages.map(({ text }) => text)));
        expect(sections.every(({ text }) => text.length <= 2_000 && text.trim() !== '')).toBe(true);
      }),
    );
  });
});

describe('headings of plain text', () => {
  it.each([
    ['in capitals', 'SMS DOES NOT ARRIVE\nLook at the receipts.', ['SMS DOES NOT ARRIVE']],
    ['underlined', 'Disk is full\n============\n\nDelete the logs.', ['Disk is full']],
    ['numbered', 'Guide\n\n1. Find what grows\nLook at pg_wal.', ['Guide', 'Find what grows']],
    ['on a line of its own', 'KAFKA\n\nBroker lost\nReplace it.', ['KAFKA', 'Broker lost']],
    ['hashed', '## Freezes\nTurn it off.', ['Freezes']],
  ])('are told when they stand %s', (_, text, headings) => {
    expect(plainPassages(text).passages.at(-1)?.headings).toEqual(headings);
  });

  it('are not sentences, steps or lone words in the text', () => {
    const text = 'GUIDE\nStop the consumers.\nThen start them:\n- one by one\nDone.';
    expect(plainPassages(text).passages).toEqual([
      { headings: ['GUIDE'], text: 'Stop the consumers.\nThen start them:\n- one by one\nDone.', page: null },
    ]);
  });

  it('go on from page to page of a PDF', () => {
    const first = plainPassages('Terminals\n1 Offline\nPair it again.', 1);
    const second = plainPassages('Or call the store.', 2, first.headings);
    expect(second.passages).toEqual([{ headings: ['Terminals', 'Offline'], text: 'Or call the store.', page: 2 }]);
  });
});
