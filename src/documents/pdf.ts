import { Worker } from 'node:worker_threads';
import type { Passage } from '../core/runbook/document.ts';
import { plainPassages } from '../core/runbook/plain-passages.ts';
import { SeepassError } from '../errors.ts';
import type { PdfText } from './pdf-text.ts';

const MOST_PAGES = 1_000;
/** 300 pages take two seconds; a file made to keep a reader busy is given up. */
const TIMEOUT_MS = 60_000;
const MOST_MEMORY_MB = 512;

/**
 * Passages of a PDF, page by page, read in a thread of its own that ends with it.
 * @throws SeepassError `bad_input` for an encrypted or damaged file, `too_large` beyond 1,000 pages.
 */
export async function readPdf(
  bytes: Uint8Array,
  fileName: string,
): Promise<{ passages: Passage[]; pages: number; pagesWithoutText: number }> {
  const read = await readInThread(bytes);
  if ('failed' in read) throw refusal(read.failed, fileName);
  let headings: readonly string[] = [];
  const passages = read.pages.flatMap((text, index) => {
    const page = plainPassages(text, index + 1, headings);
    headings = page.headings;
    return page.passages;
  });
  const pagesWithoutText = read.pages.filter((text) => text.trim() === '').length;
  return { passages, pages: read.pages.length, pagesWithoutText };
}

function refusal(failed: 'encrypted' | 'damaged' | 'too_long', fileName: string): SeepassError {
  if (failed === 'encrypted')
    return new SeepassError('bad_input', `${fileName} is encrypted: I cannot read it without its password.`, {
      fix: 'Save it without a password, then add it again.',
    });
  if (failed === 'too_long')
    return new SeepassError('too_large', `${fileName} has more than ${MOST_PAGES.toLocaleString('en')} pages.`, {
      fix: 'Add the part that people need on call.',
    });
  return new SeepassError('bad_input', `${fileName} cannot be read as a PDF: it is damaged, or something else.`, {
    fix: 'Open it in a viewer and save it again, or add its text.',
  });
}

function readInThread(bytes: Uint8Array): Promise<PdfText> {
  const file = import.meta.url.endsWith('.ts') ? './pdf-worker-from-source.mjs' : './pdf-worker.js';
  const worker = new Worker(new URL(file, import.meta.url), {
    workerData: { bytes: new Uint8Array(bytes), mostPages: MOST_PAGES },
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });
  return new Promise<PdfText>((resolve) => {
    const timer = setTimeout(() => resolve({ failed: 'damaged' }), TIMEOUT_MS);
    worker.once('message', resolve);
    worker.once('error', () => resolve({ failed: 'damaged' }));
    worker.once('exit', () => {
      clearTimeout(timer);
      resolve({ failed: 'damaged' });
    });
  }).finally(() => worker.terminate());
}
