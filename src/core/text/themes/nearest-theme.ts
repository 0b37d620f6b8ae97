import { cutOf, describeBackground } from './background.ts';
import { compareAll, dot, meanOf } from './similarity.ts';
import type { KnownTheme } from './theme.ts';
import { ticketWords } from './ticket-words.ts';
import { createVectorSpace, type VectorSpace } from './vectors.ts';

/** The id of the theme that a ticket's text is about; null where none is near enough. */
export type FindNearest = (text: string) => string | null;

/** Average similarity decides, as it does when tickets are grouped; of equals the first given. */
export function createNearest(
  space: VectorSpace,
  themes: readonly { readonly id: string; readonly mean: Float32Array }[],
  cut: number,
): FindNearest {
  return (text) => {
    const vector = space.project(ticketWords(text));
    let best: string | null = null;
    let most = cut;
    for (const { id, mean } of themes) {
      const similarity = dot(vector, mean);
      if (similarity < most || (similarity === most && best !== null)) continue;
      most = similarity;
      best = id;
    }
    return best;
  };
}

/** Tells a new ticket's theme from what stands for the known ones, before tickets are grouped again. */
export function nearestOfKnown(known: readonly KnownTheme[]): FindNearest {
  const exemplars = known.flatMap((theme) => theme.exemplars.map(({ text }) => ({ id: theme.id, text })));
  const space = createVectorSpace(exemplars.map(({ text }) => ticketWords(text)));
  const themes = known.map(({ id }) => {
    const own = space.vectors.filter((_, index) => exemplars[index]?.id === id);
    return { id, mean: meanOf(own, space.dimension) };
  });
  return createNearest(space, themes, cutOf(describeBackground(compareAll(space.vectors, space.dimension))));
}
