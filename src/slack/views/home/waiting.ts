import type { HomeModel } from '../../../core/delivery/home-model.ts';
import { countOf, formatCount } from '../../../core/facts/render.ts';
import type { JsonObject } from '../../../core/records.ts';
import { HOME_ACTIONS } from '../../home-ids.ts';
import { SLASH_COMMAND } from '../../ids.ts';
import { context, header, section } from '../elements.ts';
import { waitingBlocks } from '../proposal-list.ts';
import { stopWords } from '../stop-notice.ts';

const SHOWN = 3;

/** That everything is stopped, before anything else of the Home. */
export const buildStopped = ({ stop, timezone }: Pick<HomeModel, 'stop' | 'timezone'>): JsonObject[] =>
  stop === null ? [] : [section(`${stopWords(stop, timezone)}\n\`${SLASH_COMMAND} resume\` lets actions run again.`)];

/** What the viewer may decide; what waits for others is counted. */
export function buildWaiting({ waiting: { yours, total }, timezone }: HomeModel): JsonObject[] {
  if (total === 0) return [];
  const shown = yours.slice(0, SHOWN);
  const rest = total - shown.length;
  const words =
    yours.length === 0
      ? `${countOf(total, 'proposal waits', 'proposals wait')} for somebody else's decision`
      : `${formatCount(rest)} more ${rest === 1 ? 'waits' : 'wait'}`;
  return [
    ...(shown.length === 0 ? [] : [header('Waiting for you')]),
    ...shown.flatMap((view) => waitingBlocks(view, timezone, HOME_ACTIONS.approve)),
    ...(rest === 0 ? [] : [context(`${words}: \`${SLASH_COMMAND} proposals\` lists what does.`)]),
  ];
}
