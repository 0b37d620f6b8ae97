import { findThemes } from '../core/text/themes/find-themes.ts';
import type { Clock, Log } from './ports.ts';
import type { ThemeDefinition, ThemeStore } from './themes.ts';

/** Compared with each other: the square of it is time and memory. */
const GROUPED = 1_000;
/** Themes that new tickets may go on with, the ones seen last. */
const REMEMBERED = 200;
const PAGE = 1_000;

/**
 * Puts tickets that nobody has read into themes: the newest thousand are grouped afresh, older ones join what is
 * nearest. Does nothing when every ticket was read, so running it again gives the same rows.
 */
export async function updateThemes({
  themes: store,
  definition,
  clock,
  log,
}: {
  themes: ThemeStore;
  definition: ThemeDefinition;
  clock: Clock;
  log: Log;
}): Promise<void> {
  if (!(await store.prepare(definition))) return;
  const started = clock();
  const newest = await store.readNewest(GROUPED);
  const found = findThemes(await store.readKnown(REMEMBERED), newest, definition.clustering);
  await store.save(found.assigned, found.themes, definition);
  let older = 0;
  for (;;) {
    const unread = await store.readUnread(PAGE);
    if (unread.length === 0) break;
    older += unread.length;
    await store.save(new Map(unread.map(({ key, text }) => [key, found.nearest(text)])), [], definition);
  }
  const seconds = (clock() - started) / 1000;
  log.info({ grouped: newest.length, older, themes: found.themes.length, seconds }, 'ticket themes are up to date');
}
