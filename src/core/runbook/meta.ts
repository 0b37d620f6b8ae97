/** What a runbook says of itself, read from its front matter. */
import { z } from 'zod';
import { cleanText } from '../text/clean.ts';
import { redact } from '../text/redact.ts';
import type { ReadDocument, RunbookMeta } from './document.ts';

const MOST_TITLE = 150;

const text = z.union([z.string(), z.number()]).transform((value) => cleanText(redact(String(value).trim()), 300));
/** A list, or one text with commas. */
const list = z
  .union([z.array(z.union([z.string(), z.number()])), z.string()])
  .transform((value) =>
    (typeof value === 'string' ? value.split(',') : value)
      .map((one) => cleanText(redact(String(one).trim()), 200))
      .filter(Boolean),
  );
const day = z.iso.date({ error: 'must be a day such as 2027-03-31' });
const idsOf = (shape: RegExp, fault: string) =>
  list.refine((ids) => ids.every((id) => shape.test(id)), { error: fault }).default([]);

const frontMatterSchema = z.object({
  title: text.optional(),
  owner: text.nullish(),
  url: z.url({ protocol: /^https?$/, error: 'must be a web address' }).nullish(),
  review_by: day.nullish(),
  reviewed: day.nullish(),
  channels: idsOf(/^[CG][A-Z0-9]{7,}$/, 'must be ids of channels such as C0123456789; a name may be taken by another'),
  groups: idsOf(/^S[A-Z0-9]{7,}$/, 'must be ids of user groups such as S0123456789'),
  surfaces: list.default([]),
  signatures: list.default([]),
  tags: list.default([]),
});

/** @returns the fault in a reader's words, where what it says of itself cannot be used. */
export function readMeta({ frontMatter, fileName, passages }: ReadDocument): RunbookMeta | { fault: string } {
  const parsed = frontMatterSchema.safeParse(frontMatter);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'front matter'} ${message}`);
    return { fault: `What ${fileName} says of itself cannot be used: ${faults.join('; ')}.` };
  }
  const { title, owner, url, review_by, reviewed, channels, groups, surfaces, signatures, tags } = parsed.data;
  return {
    title: cut(title || cleanText(redact(passages[0]?.headings[0] ?? ''), MOST_TITLE) || nameOf(fileName)),
    owner: owner ?? null,
    url: url ?? null,
    reviewBy: review_by ?? null,
    reviewed: reviewed ?? null,
    channels,
    groups,
    keywords: [...surfaces, ...signatures, ...tags],
  };
}

const cut = (title: string): string => (title.length > MOST_TITLE ? `${title.slice(0, MOST_TITLE - 1)}…` : title);

const nameOf = (fileName: string): string =>
  redact(fileName.replace(/\.[a-z0-9]+$/i, '').replace(/[-_]+/g, ' ')).trim() || 'Untitled';
