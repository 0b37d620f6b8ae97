/** What the lists of the App Home have in common. */
import { countOf } from '../../../core/facts/render.ts';

/** How many entries a list shows: fewer where the Home would not fit otherwise. */
export const shownAt = (scale: number, most: number): number => Math.max(2, Math.round(most * scale));

/** "Showing 8 of 42."; null where nothing is cut. */
export const cutNote = (shown: number, all: number, what: string, plural?: string): string | null =>
  shown < all ? `Showing ${shown} of ${countOf(all, what, plural)}.` : null;
