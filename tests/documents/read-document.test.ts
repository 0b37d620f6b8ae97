import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/documents/read-document.ts';
import { makePdf } from '../support/make-pdf.ts';

const readText = (name: string, text: string | Buffer) => readDocument({ name, bytes: Buffer.from(text) });

describe('reading a Markdown file', () => {
  it('keeps what stands under each heading as it was written, and the front matter apart', async () => {
    const source =
      '---\ntitle: Carts\nreview_by: 2027-01-31\n---\nintro\n\n# Carts\n\n## Empty\n1. `restart`\n\nTitle\n---\nend';
    const { frontMatter, passages, media } = await readText('carts.md', source);
    expect(media).toBe('markdown');
    expect(frontMatter).toEqual({ title: 'Carts', review_by: '2027-01-31' });
    expect(passages).toEqual([
      { headings: [], text: 'intro', page: null },
      { headings: ['Carts', 'Empty'], text: '1. `restart`', page: null },
      { headings: ['Carts', 'Title'], text: 'end', page: null },
    ]);
  });

  it('is not led astray by a heading in a code block', async () => {
    const { passages } = await readText('a.md', '# A\n```\n# not a heading\n```\n');
    expect(passages.map(({ headings }) => headings)).toEqual([['A']]);
  });

  it('keeps a heading that has nothing under it', async () => {
    const { passages } = await readText('a.md', '# Call list\n## Ask finance\n## Ask legal\n');
    expect(passages.map(({ text }) => text)).toEqual(['Ask finance', 'Ask legal']);
  });

  it('refuses front matter that is no YAML, or that unfolds', async () => {
    await expect(readText('a.md', '---\na: [\n---\nx')).rejects.toMatchObject({ code: 'bad_input' });
    await expect(readText('a.md', '---\na: &a [1,1]\nb: [*a,*a]\n---\nx')).rejects.toMatchObject({ code: 'bad_input' });
  });
});

describe('reading a text file', () => {
  it.each([
    ['UTF-8', Buffer.from('Größe')],
    ['UTF-8 with a mark', Buffer.from('\ufeffGröße')],
    ['UTF-16, little end first', Buffer.from('\ufeffGröße', 'utf16le')],
    ['UTF-16, big end first', Buffer.from('\ufeffGröße', 'utf16le').swap16()],
    ['Windows-1252', Buffer.from('Größe', 'latin1')],
  ])('takes %s', async (_, bytes) => {
    const { passages } = await readDocument({ name: 'a.txt', bytes });
    expect(passages).toEqual([{ headings: [], text: 'Größe', page: null }]);
  });

  it.each([
    ['a binary file', 'a.txt', Buffer.from([0, 1, 2, 3]), 'not a text file'],
    ['a picture', 'a.png', Buffer.from('x'), 'neither Markdown, plain text nor PDF'],
    ['a file without a type', 'README', Buffer.from('x'), 'neither Markdown, plain text nor PDF'],
    ['a Word file', 'a.docx', Buffer.from('PK'), 'neither Markdown, plain text nor PDF'],
  ])('refuses %s', async (_, name, bytes, words) => {
    await expect(readDocument({ name, bytes })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining(words),
    });
  });

  it('refuses what is larger than anybody reads', async () => {
    await expect(readText('a.txt', Buffer.alloc(21 * 1024 * 1024, 'a'))).rejects.toMatchObject({ code: 'too_large' });
  });
});

describe('reading a PDF', () => {
  it('takes 300 pages while the process goes on answering', async () => {
    const pages = Array.from({ length: 300 }, (_, at) => [`${at + 1} Step of the guide`, `Turn the valve ${at + 1}.`]);
    const bytes = await makePdf(pages);
    let late = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      late = Math.max(late, performance.now() - last);
      last = performance.now();
    }, 10);
    const read = await readDocument({ name: 'long.pdf', bytes });
    clearInterval(beat);
    expect(read).toMatchObject({ pages: 300, pagesWithoutText: 0 });
    expect(read.passages.at(-1)).toMatchObject({ text: 'Turn the valve 300.', page: 300 });
    expect(late).toBeLessThan(1_000);
  });

  it('counts pages that are pictures, and has no passage of a scan', async () => {
    const mixed = await readDocument({ name: 'a.pdf', bytes: await makePdf([['Guide', 'Read me.'], []]) });
    expect(mixed).toMatchObject({ pages: 2, pagesWithoutText: 1 });
    const scan = await readDocument({ name: 'scan.pdf', bytes: await makePdf([[], []]) });
    expect(scan).toMatchObject({ pages: 2, pagesWithoutText: 2, passages: [] });
  });

  it('says of an encrypted file that it is, and of a damaged one that it is damaged', async () => {
    const locked = await makePdf([['Secret']], { userPassword: 'hunter2' });
    await expect(readDocument({ name: 'locked.pdf', bytes: locked })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('is encrypted'),
    });
    await expect(readText('broken.pdf', '%PDF-1.7 and nothing else')).rejects.toMatchObject({
      message: expect.stringContaining('cannot be read as a PDF'),
    });
  });

  it('knows one by its beginning, whatever it is called', async () => {
    const read = await readDocument({ name: 'guide.txt', bytes: await makePdf([['Guide', 'Read me.']]) });
    expect(read.media).toBe('pdf');
  });
});
