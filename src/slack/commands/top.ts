import { createSurfaceMatcher } from '../../core/delivery/surface-pattern.ts';
import { formatDay } from '../../core/facts/render.ts';
import { dateInZone } from '../../core/window.ts';
import { SeepassError } from '../../errors.ts';
import { buildDigest, readItems } from '../../pipeline/digest.ts';
import type { JudgedDay } from '../../pipeline/ports.ts';
import type { SlackCommand } from '../command.ts';
import type { SlackDeps } from '../deps.ts';
import { encodeShare } from '../share-value.ts';
import { parseTopRequest, type TopRequest } from '../top-request.ts';
import { buildDigestMessage } from '../views/digest.ts';
import type { Rendered } from '../views/notice.ts';
import { buildNothingRunYet, buildTop } from '../views/top.ts';

export const topCommand: SlackCommand = {
  name: 'top',
  usage: '[n] [surface pattern] [date]',
  summary: 'What to fix next, ranked. `/seepass top 10 /checkout* yesterday`',
  purpose: 'I could not read the metrics',
  isMeant: isTopRequest,
  async run({ text, audience }, deps) {
    const request = parseTopRequest(text, dateInZone(deps.clock(), deps.timezone));
    return answerTop(request, deps, audience === 'asker' ? { shareId: deps.newId() } : {});
  },
};

/** A single word may be a slip of a request; several that cannot be read are a question. */
function isTopRequest(text: string): boolean {
  if (!/\s/.test(text)) return true;
  try {
    return parseTopRequest(text, '2000-01-01') !== undefined;
  } catch {
    return false;
  }
}

/**
 * The ranked priorities of a judged day.
 * @param options `shareId` puts a Share button under the answer; `sharedBy` says who shared it instead.
 * @throws SeepassError `not_found` when that day was not judged while others were.
 */
export async function answerTop(
  request: TopRequest,
  deps: SlackDeps,
  options: { shareId?: string; sharedBy?: string },
): Promise<Rendered> {
  const day = await findDay(request.date, deps);
  if (!day) return buildNothingRunYet();
  const all = await deps.stores.priorities.listPriorities(day.date);
  if (all.length === 0) return buildDigestMessage(await buildDigest(deps, day.date));
  const matches = request.pattern === null ? () => true : createSurfaceMatcher(request.pattern);
  const matching = all.filter(
    ({ entity_key, members }) => matches(entity_key) || members.some((member) => matches(member.entity_key)),
  );
  const exact = { ...request, date: day.date };
  return buildTop({
    date: day.date,
    timezone: deps.timezone,
    currency: deps.currency,
    surfaces: day.surfaces,
    pattern: request.pattern,
    items: await readItems(deps, matching.slice(0, request.limit)),
    matching: matching.length,
    total: all.length,
    shareValue: options.shareId ? encodeShare(options.shareId, exact) : null,
    sharedBy: options.sharedBy ?? null,
  });
}

async function findDay(date: string | null, { stores }: SlackDeps): Promise<JudgedDay | undefined> {
  const latest = await stores.priorities.latestDay();
  if (!latest || date === null) return latest;
  const day = await stores.priorities.findDay(date);
  if (day) return day;
  throw new SeepassError('not_found', `${formatDay(date)} (${date}) was not judged.`, {
    fix: `The latest judged day is ${formatDay(latest.date)}: \`/seepass top ${latest.date}\`.`,
  });
}
