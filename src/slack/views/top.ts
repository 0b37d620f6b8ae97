import type { DigestItem } from '../../core/delivery/digest-model.ts';
import { countOf, formatCount, formatDay } from '../../core/facts/render.ts';
import type { JsonObject } from '../../core/records.ts';
import { ACTIONS, SLASH_COMMAND } from '../ids.ts';
import { quote } from '../mrkdwn.ts';
import { actions, button, context, section } from './elements.ts';
import { fitBlocks } from './fit.ts';
import { buildNotice, type Rendered } from './notice.ts';
import { buildPriorityLine } from './priority-item.ts';
import { plainLine, type WordedItem, wordItem } from './reading.ts';

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
  const items = answer.items.map((item) => wordItem(item, answer));
  const day = formatDay(answer.date);
  return {
    text: items.length > 0 ? `Top for ${day}: ${items.map(plainLine).join('; ')}` : `Nothing matches for ${day}.`,
    blocks:
      items.length > 0 ? fitBlocks((scale) => buildBlocks(answer, items, scale)) : [section(nothingMatches(answer))],
  };
}

function buildBlocks(answer: TopAnswer, items: readonly WordedItem[], scale: number): JsonObject[] {
  const about = answer.pattern === null ? '' : ` matching ${quote(answer.pattern, 80)}`;
  const facts = [
    `${formatDay(answer.date)}, ${answer.timezone}`,
    `${countOf(answer.surfaces, 'surface')} judged`,
    items.length < answer.matching ? `showing ${items.length} of ${formatCount(answer.matching)}` : '',
    answer.sharedBy ? `shared by <@${answer.sharedBy}>` : '',
  ];
  return [
    section(`*What to fix next${about}*`),
    context(facts.filter(Boolean).join(' · ')),
    ...items.map((item) => buildPriorityLine(item, scale)),
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
