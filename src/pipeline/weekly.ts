import { holdBack } from '../core/delivery/hold-back.ts';
import { createMuteFinder } from '../core/delivery/mute.ts';
import type { Subscription } from '../core/delivery/subscription.ts';
import {
  countIncidents,
  summariseWeek,
  WEEKLY_ITEMS,
  type WeeklyItem,
  type WeeklyModel,
} from '../core/delivery/weekly-model.ts';
import type { EntityRef, Priority } from '../core/records.ts';
import { addDays, judgedDate, listDays, startOfDay } from '../core/window.ts';
import { type DigestContext, readItems } from './digest.ts';
import { effectOf, readChecked } from './digest-reader.ts';

const DAYS = 7;

/** What the channel read just before, in the same minute. */
export interface ToldBefore {
  items: readonly (EntityRef & { date: string })[];
  /** Epoch milliseconds: what was done since is told there. */
  doneSince: number;
}

export const NOTHING_TOLD: ToldBefore = { items: [], doneSince: Number.POSITIVE_INFINITY };

/**
 * The seven days that end with the last complete one before `dueAt`, as this subscription lets them through.
 * Days that were not judged are left out and counted.
 * @param dueAt epoch milliseconds.
 * @param before what need not be said again.
 */
export async function buildWeekly(
  context: DigestContext,
  subscription: Pick<Subscription, 'channel' | 'surfaces' | 'severity'>,
  dueAt: number,
  before: ToldBefore = NOTHING_TOLD,
): Promise<WeeklyModel> {
  const { stores, timezone, currency } = context;
  const last = judgedDate(dueAt, timezone);
  const range = { start: addDays(last, 1 - DAYS), end: addDays(last, 1) };
  const instants = { start: startOfDay(range.start, timezone), end: startOfDay(range.end, timezone) };
  const findMute = createMuteFinder(await stores.mutes.list(dueAt), dueAt);
  const byDay = new Map<string, Priority[]>();
  for (const date of listDays(range)) {
    if (!(await stores.priorities.findDay(date))) continue;
    byDay.set(date, holdBack(await stores.priorities.listPriorities(date), subscription, findMute).told);
  }
  const causes = summariseWeek(byDay);
  const shown = causes.slice(0, WEEKLY_ITEMS);
  const items = await readItems(
    context,
    shown.map(({ worst }) => worst),
  );
  const doneIn = { ...instants, end: Math.min(instants.end, before.doneSince) };
  const [live, ended, decisions, judged, done, checked] = await Promise.all([
    stores.incidents.listLive(),
    stores.incidents.listEnded({ start: instants.start, end: dueAt }),
    stores.alerts.listInChannel(subscription.channel, instants.start),
    stores.incidents.countJudged(instants.start),
    stores.proposals.listDone(doneIn),
    readChecked(stores, doneIn),
  ]);
  const inWeek = decisions.filter(({ at }) => at < instants.end);
  return {
    range,
    timezone,
    currency,
    judgedDays: byDay.size,
    items: items.map((item, index) => ({
      item,
      days: shown[index]?.days ?? 1,
      goesOn: shown[index]?.goesOn ?? false,
      toldAbove: toldAbove(item.priority, before),
    })),
    total: causes.length,
    over: causes.filter(({ goesOn }) => !goesOn).length,
    incidents: countIncidents([...live, ...ended], instants),
    alerts: {
      posted: inWeek.filter(({ held }) => held === null).length,
      held: inWeek.filter(({ held }) => held !== null).length,
    },
    judgedByPeople: {
      useful: judged.reduce((sum, { useful }) => sum + useful, 0),
      false: judged.reduce((sum, each) => sum + each.false, 0),
    },
    done: done.map(({ action }) => action.title),
    effects: checked.flatMap((proposal) => {
      const words = effectOf(proposal);
      return words === null ? [] : [{ title: proposal.action.title, verdict: words.verdict, sentence: words.sentence }];
    }),
  };
}

function toldAbove({ entity_type, entity_key, date }: Priority, { items }: ToldBefore): WeeklyItem['toldAbove'] {
  const told = items.find((one) => one.entity_type === entity_type && one.entity_key === entity_key);
  if (told === undefined) return null;
  return told.date === date ? 'worst' : 'another_day';
}
