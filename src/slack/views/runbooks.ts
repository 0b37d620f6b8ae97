/** Runbooks as messages. What they say of themselves is escaped here. */
import { countOf, formatCount, joinWords } from '../../core/facts/render.ts';
import type { StaleReason } from '../../core/runbook/stale.ts';
import { runbookWords, staleWords } from '../../core/runbook/told.ts';
import { escapeEntities, quote } from '../mrkdwn.ts';
import { context, section } from './elements.ts';
import { mention } from './mention.ts';
import { buildNotice, type Rendered } from './notice.ts';

type Listed = Parameters<typeof runbookWords>[0];

const MOST_LISTED = 40;
const LINE = 300;
/** A section takes 3,000 characters. */
const LINES_A_SECTION = 8;

/** @param lines what became of each file, escaped. */
export const buildAddedRunbooks = (lines: readonly string[]): Rendered => ({
  text: lines.join('\n').slice(0, 3_000),
  blocks: [
    section(lines.join('\n').slice(0, 3_000)),
    context(
      'Ask me about it, or see them all with `/seepass docs`. `/seepass docs remove <number>` deletes one for good.',
    ),
  ],
});

const MOST_NAMED = 5;

/** @param keepers Slack user ids of those who may. */
export const buildKeepersOnly = (why: string, keepers: readonly string[]): Rendered =>
  buildNotice(
    `${escapeEntities(why)} ${keepers.length === 0 ? 'Ask an admin of Seepass.' : `Send it to ${joinWords(keepers.slice(0, MOST_NAMED).map(mention), 'or')}.`} I kept nothing of it.`,
  );

export function buildRunbookList(runbooks: readonly Listed[]): Rendered {
  if (runbooks.length === 0)
    return buildNotice(
      '*There are no runbooks yet.* Approvers and admins add one by dropping a Markdown, text or PDF file into a direct message to me.',
    );
  const lines = runbooks.map((runbook) => lineOf(runbook, runbookWords(runbook)));
  return listed(countOf(runbooks.length, 'runbook'), lines);
}

export function buildStaleRunbooks(stale: readonly { runbook: Listed; reason: StaleReason }[]): Rendered {
  if (stale.length === 0) return buildNotice('*No runbook has to be looked over.*');
  const lines = stale.map(({ runbook, reason }) => lineOf(runbook, staleWords(reason)));
  return listed(`${countOf(stale.length, 'runbook')} to look over`, lines);
}

const lineOf = ({ number, title }: Listed, words: string): string =>
  `*${number}* · ${quote(title, 120)}: ${quote(words, LINE)}`;

function listed(title: string, lines: readonly string[]): Rendered {
  const shown = lines.slice(0, MOST_LISTED);
  const parts = Array.from({ length: Math.ceil(shown.length / LINES_A_SECTION) }, (_, at) =>
    section(
      shown
        .slice(at * LINES_A_SECTION, (at + 1) * LINES_A_SECTION)
        .join('\n')
        .slice(0, 3_000),
    ),
  );
  const cut = lines.length > shown.length ? [context(`Showing ${shown.length} of ${lines.length}.`)] : [];
  return { text: title, blocks: [section(`*${title}*`), ...parts, ...cut] };
}

interface Stats {
  runbooks: number;
  sections: number;
  restricted: number;
  stale: number;
  gaps: readonly { about: string; asked: number }[];
}

export function buildRunbookStats({ runbooks, sections, restricted, stale, gaps }: Stats): Rendered {
  const head =
    `*${countOf(runbooks, 'runbook')}* with ${countOf(sections, 'section')} · ` +
    `${formatCount(restricted)} for named channels or groups only · ${formatCount(stale)} to look over`;
  const inVain =
    gaps.length === 0
      ? 'Nothing was looked for in vain in the past 90 days.'
      : `*Looked for in vain in the past 90 days*\n${gaps
          .map(({ about, asked }) => `• ${quote(about, 160)}: ${countOf(asked, 'time')}`)
          .join('\n')}`;
  return { text: countOf(runbooks, 'runbook'), blocks: [section(head), section(inVain.slice(0, 3_000))] };
}
