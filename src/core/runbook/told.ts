/** What is said of runbooks, in plain words for any platform. */
import { countOf, formatCount, formatDay, joinWords } from '../facts/render.ts';
import type { StaleReason } from './stale.ts';

interface Listed {
  number: number;
  title: string;
  version: number;
  sections: number;
  pages: number | null;
  owner: string | null;
  reviewBy: string | null;
  channels: readonly string[];
  groups: readonly string[];
}

/** "5 sections, version 2, owner payments-team, to be looked over by Mon 1 Mar 2027, for 1 channel only". */
export function runbookWords({ version, sections, owner, reviewBy, channels, groups, pages }: Listed): string {
  const named = [
    ...(channels.length > 0 ? [countOf(channels.length, 'channel')] : []),
    ...(groups.length > 0 ? [countOf(groups.length, 'group')] : []),
  ];
  return [
    countOf(sections, 'section') + (pages === null ? '' : ` on ${countOf(pages, 'page')}`),
    `version ${formatCount(version)}`,
    ...(owner === null ? [] : [`owner ${owner}`]),
    reviewBy === null ? 'no review date' : `to be looked over by ${dayWords(reviewBy)}`,
    ...(named.length === 0 ? [] : [`for ${joinWords(named)} only`]),
  ].join(', ');
}

interface Added {
  runbook: Listed;
  outcome: 'added' | 'new_version' | 'same';
  pagesWithoutText: number;
}

/** What adding a file did. */
export function addedWords({ runbook, outcome, pagesWithoutText }: Added): string {
  const { number, title, version, sections, pages } = runbook;
  const name = `runbook ${number}, “${title}”`;
  if (outcome === 'same') return `That is ${name}, version ${version}, word for word: nothing was changed.`;
  const done = outcome === 'added' ? `Added ${name}` : `Now version ${version} of ${name}`;
  const pictures =
    pagesWithoutText === 0
      ? ''
      : ` ${formatCount(pagesWithoutText)} of its ${countOf(pages ?? pagesWithoutText, 'page')} ${pagesWithoutText === 1 ? 'holds a picture' : 'hold pictures'} and no text: what they say is not found.`;
  return `${done}: ${countOf(sections, 'section')}.${pictures}`;
}

export const staleWords = ({ kind, since }: StaleReason): string =>
  kind === 'overdue'
    ? `to be looked over by ${dayWords(since)}, which has passed`
    : `nobody has looked it over since ${dayWords(since)}, and it says no review date`;

/** "Sun 31 Jan 2027": reviews are years apart. */
const dayWords = (date: string): string => `${formatDay(date)} ${date.slice(0, 4)}`;
