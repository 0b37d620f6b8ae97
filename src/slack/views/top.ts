import { LIMITS } from '../../block-kit/limits.ts';
import { countText } from '../../block-kit/validate.ts';
import type { DigestItem } from '../../core/delivery/digest-model.ts';
import { countOf, formatCount, formatDay } from '../../core/facts/render.ts';
import type { JsonObject } from '../../core/records.ts';
import { ACTIONS, SLASH_COMMAND } from '../ids.ts';
import { quote } from '../mrkdwn.ts';
import { actions, button, context, section } from './elements.ts';
import { buildNotice, type Rendered } from './notice.ts';
import { buildPriorityLine } from './priority-item.ts';
import { readItem } from './reading.ts';

const SCALES = [1, 0.7, 0.45, 0.3, 0.18];
const SAFE_CHARACTERS = LIMITS.messageBlocksText - 200;

export interface TopAnswer {
  date: string;
  timezone: string;
  currency: string;
  surfaces: number;
  pattern: string | null;
  /** The first of those that match, best first. */
  items: DigestItem[];
  matching: number;
  total: number;
  /** What the Share button carries; null for no button. */
  shareValue: string | null;
  /** Slack user id of who shared it into the channel. */
  sharedBy: string | null;
}

/** The answer to `/seepass top`. */
export function buildTop(answer: TopAnswer): Rendered {
  let blocks: JsonObject[] = [];
  for (const scale of SCALES) {
    blocks = buildBlocks(answer, scale);
    if (countText(blocks) <= SAFE_CHARACTERS) break;
  }
  const first = answer.items.map(
    (item) => `${item.priority.rank}. ${readItem(item, { ...answer, scale: 0.5 }).headline}`,
  );
  const day = formatDay(answer.date);
  return { text: first.length > 0 ? `Top for ${day}: ${first.join('; ')}` : `Nothing matches for ${day}.`, blocks };
}

function buildBlocks(answer: TopAnswer, scale: number): JsonObject[] {
  const { items, pattern, matching } = answer;
  if (items.length === 0) return [section(nothingMatches(answer))];
  const about = pattern === null ? '' : ` matching ${quote(pattern, 80)}`;
  const cut = items.length < matching ? ` · showing ${items.length} of ${formatCount(matching)}` : '';
  return [
    section(`*What to fix next${about}*`),
    context(
      `${formatDay(answer.date)}, ${answer.timezone} · ${countOf(answer.surfaces, 'surface')} judged${cut}${
        answer.sharedBy ? ` · shared by <@${answer.sharedBy}>` : ''
      }`,
    ),
    ...items.map((item) => buildPriorityLine(item, { ...answer, scale })),
    ...(answer.shareValue
      ? [actions([button('Share in channel', { actionId: ACTIONS.shareTop, value: answer.shareValue })])]
      : []),
  ];
}

function nothingMatches({ pattern, date, total }: TopAnswer): string {
  const all = `${countOf(total, 'priority', 'priorities')} for ${formatDay(date)}`;
  const hint = pattern?.includes('*') ? '' : ' A `*` stands for anything, as in `/checkout*`.';
  return `Nothing matches ${quote(pattern ?? '', 80)}: none of the ${all} does.${hint} See them with \`${SLASH_COMMAND} top\`.`;
}

/** Before the first run there is nothing to rank, so it says how to get there. */
export function buildNothingRunYet(): Rendered {
  return buildNotice(
    'Nothing has been judged yet. Send events first (`seepass import <file>` or `POST /v1/events`), then run `seepass run`; ' +
      'from then on it runs by itself before each digest.',
  );
}
