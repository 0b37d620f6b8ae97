/** Where a ticket is about, as far as it says so itself. */
import { linksIn } from './html-text.ts';

export interface TicketWords {
  tags: readonly string[];
  /** Its texts as the tool keeps them, the first first; HTML or plain. */
  texts: readonly string[];
  /** The page people were on when they wrote. */
  page: string | null;
}

/** Tools' own pages and what people link to in passing: never a page of the product. */
const ELSEWHERE =
  /(?:^|\.)(?:intercom(?:cdn|assets)?\.(?:com|io)|intercom-mail\.com|intercom-attachments[\w-]*\.com|helpscout\.(?:net|com)|sentry\.io|posthog\.com|google\.[a-z]{2,3}|youtube\.com|youtu\.be|loom\.com|linkedin\.com|facebook\.com|instagram\.com|twitter\.com|x\.com|dropbox\.com|imgur\.com|prnt\.sc|gyazo\.com|github\.com|microsoft\.com|apple\.com|zoom\.us|calendly\.com)$/i;
const FILE = /\.(?:png|jpe?g|gif|webp|svg|pdf|mp4|mov|zip|docx?|xlsx?)$/i;
const SURFACE_TAG = /^(?:(?:page|surface|route)[:=]\s{0,3})?(\/(?:[\w:~-][\w./:~-]{0,200})?)$/i;

/**
 * A tag that names a page (`/checkout`, `page:/checkout`) comes first, as somebody chose it; then the first link to a
 * page; then the page people wrote from. A link to a bare host says nothing: signatures have one.
 * @returns what the route normaliser takes, or null.
 */
export function ticketSurface({ tags, texts, page }: TicketWords): string | null {
  for (const tag of tags) {
    const surface = SURFACE_TAG.exec(tag.trim())?.[1];
    if (surface !== undefined) return surface;
  }
  for (const text of texts) {
    const link = linksIn(text).find(isPage);
    if (link !== undefined) return link;
  }
  return page !== null && isAddress(page) ? page : null;
}

function isPage(link: string): boolean {
  if (!isAddress(link)) return false;
  const { hostname, pathname, hash } = new URL(link);
  const bare = pathname === '/' && !hash.startsWith('#/');
  return !bare && !FILE.test(pathname) && !ELSEWHERE.test(hostname);
}

const isAddress = (text: string): boolean => /^https?:/i.test(text) && URL.canParse(text);
