import { nameTheme, type StemCounts } from './name-theme.ts';
import { chooseRepresentatives } from './representatives.ts';
import type { FoundTheme, KnownTheme, ThemeTicket } from './theme.ts';
import type { SparseVector } from './vectors.ts';

export interface ThemeMember {
  readonly ticket: ThemeTicket;
  readonly words: readonly string[];
  readonly vector: SparseVector;
}

const EXEMPLARS = 6;
/** A theme of this size keeps its name: a topic that changes its name every day cannot be counted. */
const NAME_SETTLES_AT = 12;
/** The newest tickets, from which exemplars and the name are chosen. */
const LOOKED_AT = 150;
const TOPICS_AGREE = 0.6;
const TOPICS_AT_LEAST = 3;

/**
 * What the theme is called and shown by.
 * @param members its tickets in the order of time, of which its new ones are some.
 */
export function describeTheme(
  id: string,
  known: KnownTheme | undefined,
  members: readonly ThemeMember[],
  dimension: number,
  stems: StemCounts,
): FoundTheme {
  const looked = members.slice(-LOOKED_AT);
  const chosen = chooseRepresentatives(
    looked.map(({ vector }) => vector),
    dimension,
    EXEMPLARS,
  );
  const { label, terms } = known && known.tickets >= NAME_SETTLES_AT ? known : nameOf(looked, stems, known?.label);
  return { id, label, terms, exemplars: chosen.flatMap((index) => looked[index]?.ticket.key ?? []) };
}

/**
 * What the source calls most of these tickets is the better name; else the one it has while that still holds, else
 * their common words, else the first text.
 */
function nameOf(
  members: readonly ThemeMember[],
  stems: StemCounts,
  before: string | undefined,
): { label: string; terms: readonly string[] } {
  const { terms, label } = nameTheme(
    members.map(({ words }) => words),
    stems,
  );
  const topic = agreedTopic(members.flatMap(({ ticket }) => ticket.topic ?? []));
  const kept = before?.split(' ').every((word) => terms.includes(word)) ? before : undefined;
  return { terms, label: (topic ?? kept ?? label) || firstWords(members[0]?.ticket.text ?? '') };
}

function agreedTopic(topics: readonly string[]): string | undefined {
  if (topics.length < TOPICS_AT_LEAST) return undefined;
  const counts = new Map<string, number>();
  for (const topic of topics) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return [...counts].find(([, count]) => count / topics.length >= TOPICS_AGREE)?.[0];
}

const firstWords = (text: string): string => text.trim().split(/\s+/).slice(0, 6).join(' ').slice(0, 60);
