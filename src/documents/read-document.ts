import { createHash } from 'node:crypto';
import type { Media, ReadDocument } from '../core/runbook/document.ts';
import { plainPassages } from '../core/runbook/plain-passages.ts';
import { SeepassError } from '../errors.ts';
import type { DocumentFile } from '../pipeline/runbooks.ts';
import { decodeText } from './decode-text.ts';
import { LARGEST_DOCUMENT, tooLarge } from './limits.ts';
import { readMarkdown } from './markdown.ts';
import { readPdf } from './pdf.ts';

const MEDIA: Readonly<Record<string, Media>> = {
  md: 'markdown',
  markdown: 'markdown',
  txt: 'text',
  text: 'text',
  pdf: 'pdf',
};

/**
 * Text of a Markdown, plain text or PDF file.
 * @throws SeepassError `bad_input` for other files and for what cannot be read, `too_large` beyond 20 MB.
 */
export async function readDocument({ name, bytes }: DocumentFile): Promise<ReadDocument> {
  if (bytes.length > LARGEST_DOCUMENT) throw tooLarge(name, bytes.length);
  const media = mediaOf(name, bytes);
  const about = { fileName: name, media, contentHash: createHash('sha256').update(bytes).digest('hex') };
  const whole = { ...about, bytes: bytes.length, pages: null, pagesWithoutText: 0, frontMatter: {} };
  if (media === 'pdf') return { ...whole, ...(await readPdf(bytes, name)) };
  const text = decodeText(bytes, name);
  if (media === 'markdown') return { ...whole, ...readMarkdown(text, name) };
  return { ...whole, passages: plainPassages(text).passages };
}

/** By its name, but a PDF by how it begins: a renamed one is still a PDF. */
function mediaOf(name: string, bytes: Uint8Array): Media {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-') return 'pdf';
  const media = MEDIA[name.split('.').at(-1)?.toLowerCase() ?? ''];
  if (media === undefined)
    throw new SeepassError('bad_input', `${name} is neither Markdown, plain text nor PDF.`, {
      fix: 'I read .md, .txt and .pdf.',
    });
  return media;
}
