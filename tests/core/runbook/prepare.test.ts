import { describe, expect, it } from 'vitest';
import type { ReadDocument } from '../../../src/core/runbook/document.ts';
import { prepareRunbook } from '../../../src/core/runbook/prepare.ts';

const read = (changes: Partial<ReadDocument> = {}): ReadDocument => ({
  fileName: 'Kafka-Guide.md',
  media: 'markdown',
  contentHash: 'aa',
  bytes: 100,
  pages: null,
  pagesWithoutText: 0,
  frontMatter: {},
  passages: [{ headings: ['Kafka', 'Broker lost'], text: 'Replace it.', page: null }],
  ...changes,
});

describe('what is kept of a document', () => {
  it('holds no secret and nobody’s address, wherever they stood', () => {
    const secret = 'sk-live-abcdef0123456789abcdef';
    const kept = prepareRunbook(
      read({
        frontMatter: { title: `Ask ada@example.com`, owner: 'ada@example.com', tags: [secret] },
        passages: [
          { headings: ['Call ada@example.com'], text: `password: hunter22hunter\ntoken ${secret}`, page: null },
        ],
      }),
    );
    expect(JSON.stringify(kept)).not.toMatch(/ada@|hunter22|abcdef0123/);
  });

  it('redacts before it cuts: a key across the cut is not two words', () => {
    const filler = 'word '.repeat(398);
    const key = `ghp_${'a1B2c3D4'.repeat(5)}`;
    const kept = prepareRunbook(read({ passages: [{ headings: ['Keys'], text: `${filler}${key}`, page: null }] }));
    expect(JSON.stringify(kept)).not.toContain('a1B2');
  });

  it('is named by its front matter, its first heading, or its file', () => {
    const titleOf = (changes: Partial<ReadDocument>) => {
      const kept = prepareRunbook(read(changes));
      return 'fault' in kept ? kept.fault : kept.title;
    };
    expect(titleOf({ frontMatter: { title: 'Brokers' } })).toBe('Brokers');
    expect(titleOf({})).toBe('Kafka');
    expect(titleOf({ passages: [{ headings: [], text: 'x', page: null }] })).toBe('Kafka Guide');
  });

  it.each([
    [{ review_by: 'soon' }, 'review_by must be a day'],
    [{ channels: '#ops' }, 'channels must be ids of channels'],
    [{ groups: ['oncall'] }, 'groups must be ids of user groups'],
    [{ url: 'javascript:alert(1)' }, 'url must be a web address'],
    ['just words', 'front matter'],
  ])('is refused in words for front matter %j', (frontMatter, words) => {
    expect(prepareRunbook(read({ frontMatter }))).toEqual({ fault: expect.stringContaining(words) });
  });

  it('is refused where there is no text, and of a scan that is said', () => {
    expect(prepareRunbook(read({ passages: [] }))).toEqual({ fault: 'Kafka-Guide.md has no text in it.' });
    expect(prepareRunbook(read({ fileName: 's.pdf', passages: [], pages: 3, pagesWithoutText: 3 }))).toEqual({
      fault: expect.stringContaining('it was scanned, and I do not read pictures'),
    });
  });
});
