import { type FindNearest, nearestOfKnown } from '../core/text/themes/nearest-theme.ts';
import { THEME_VERSION } from '../core/text/themes/theme.ts';
import type { Clock } from './ports.ts';
import type { ThemeStore } from './themes.ts';

const DAY_MS = 86_400_000;
/** Older tickets wait for the next cycle. */
const NEW_DAYS = 2;
const AT_ONCE = 200;
/** Themes change once a day; reading them takes as long as reading some hundred tickets. */
const REMEMBERED_MS = 15 * 60_000;
const REMEMBERED = 200;

/**
 * Gives tickets that just came in the known theme nearest to them, so that the hours of today name it. For now: the
 * next cycle groups them with all others.
 */
export function createThemeAssigner({ themes, clock }: { themes: ThemeStore; clock: Clock }): () => Promise<void> {
  let remembered: { nearest: FindNearest; until: number } | undefined;
  return async () => {
    const tickets = await themes.readNew(clock() - NEW_DAYS * DAY_MS, AT_ONCE);
    if (tickets.length === 0) return;
    if (remembered === undefined || remembered.until < clock())
      remembered = { nearest: nearestOfKnown(await themes.readKnown(REMEMBERED)), until: clock() + REMEMBERED_MS };
    const { nearest } = remembered;
    await themes.assign(new Map(tickets.map(({ key, text }) => [key, nearest(text)])), THEME_VERSION);
  };
}
