/** Who leads a ranking: every group that has the first figure; events that name no group are none. */
import { joinWords } from '../../facts/render.ts';
import type { ResultRow } from '../metric-result.ts';
import { groupName, groupNoun } from './group-words.ts';

/** The named groups that share the best figure, in the order of the rows; of none with a name the first row. */
export function leadersOf(rows: readonly ResultRow[], dimensions: readonly string[]): readonly ResultRow[] {
  const named = rows.filter(({ key }) => dimensions.every((dimension) => key[dimension] != null));
  const [first] = named;
  return first === undefined ? rows.slice(0, 1) : named.filter(({ figure }) => figure.value === first.figure.value);
}

/** So many are named; beyond that the first, and how many more. */
const MOST_NAMED = 2;

/** "/checkout", "/cart and /search", "/cart and 3 more pages". */
export function leaderNames(leaders: readonly ResultRow[], dimensions: readonly string[]): string {
  const names = leaders.map(({ key }) => spokenName(key, dimensions));
  if (names.length <= MOST_NAMED) return joinWords(names);
  const rest = names.length - 1;
  return `${names[0]} and ${rest} more ${groupNoun(dimensions, rest)}`;
}

/** A bare number says nothing at the start of a sentence. */
const NUMBERED: Readonly<Record<string, string>> = { severity: 'Severity', status: 'Status' };

function spokenName(key: ResultRow['key'], dimensions: readonly string[]): string {
  const [dimension] = dimensions;
  const kind = dimensions.length === 1 && dimension !== undefined ? NUMBERED[dimension] : undefined;
  const name = groupName(key, dimensions);
  return kind === undefined || name.startsWith('(') ? name : `${kind} ${name}`;
}
