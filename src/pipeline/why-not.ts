import { holdBack } from '../core/delivery/hold-back.ts';
import { createMuteFinder } from '../core/delivery/mute.ts';
import { explainWhyNot, type WhyNot } from '../core/delivery/why-not.ts';
import { PROFILE_SETTINGS } from '../core/detect/profile.ts';
import { formatDay } from '../core/facts/render.ts';
import { isLive } from '../core/incident/incident.ts';
import { nearestOf } from '../core/query/answer/unknown-value.ts';
import { addDays, startOfDay } from '../core/window.ts';
import { SeepassError } from '../errors.ts';
import type { JudgedDay, Stores } from './ports.ts';

const DAY_MS = 86_400_000;
const BASELINE_DAYS = 28;

type WhyNotStores = Pick<
  Stores,
  'priorities' | 'rollups' | 'metrics' | 'incidents' | 'alerts' | 'mutes' | 'subscriptions'
>;

/**
 * Why nobody was told of a page.
 * @param date the judged day; null for the latest one.
 * @throws SeepassError `not_found` for a page nobody has ever seen (the nearest are named), or a day that was not judged.
 */
export async function whyNot(
  stores: WhyNotStores,
  asked: { surface: string; date: string | null; channel: string },
  { timezone, now }: { timezone: string; now: number },
): Promise<WhyNot> {
  const judged = await findDay(stores, asked.date);
  const { date } = judged;
  const surface = await knownSurface(stores, asked.surface);
  const range = { start: addDays(date, -BASELINE_DAYS), end: addDays(date, 1) };
  const [rows, priorities, findings, subscriptions, mutes] = await Promise.all([
    stores.rollups.readSurfaceDays(range),
    stores.priorities.listPriorities(date),
    stores.priorities.listFindings({ start: date, end: addDays(date, 1) }),
    stores.subscriptions.list(asked.channel),
    stores.mutes.list(now),
  ]);
  const own = rows.filter((row) => row.surface === surface);
  const told = priorities.find(
    ({ entity_key, members }) => entity_key === surface || members.some((member) => member.entity_key === surface),
  );
  const digest = subscriptions.find(({ kind }) => kind === 'digest');
  const held = digest && told ? holdBack([told], digest, createMuteFinder(mutes, now)).held[0] : undefined;
  return explainWhyNot({
    surface,
    date,
    timezone,
    day: own.find((row) => row.date === date) ?? null,
    before: own.filter((row) => row.date < date),
    findings: findings.filter(({ entity_type, entity_key }) => entity_type === 'surface' && entity_key === surface),
    told: told ? { rank: told.rank, leader: told.entity_key } : null,
    minExposure: PROFILE_SETTINGS.default.minExposure,
    gaps: judged.summary.gap_sources,
    digest: digest ? { held: digest.paused ? 'paused' : (held?.reason ?? null), until: held?.until ?? null } : null,
    alerts: await readAlerts(stores, surface, asked.channel, {
      start: startOfDay(date, timezone),
      end: Math.max(now, startOfDay(date, timezone) + DAY_MS),
    }),
  });
}

async function findDay({ priorities }: WhyNotStores, date: string | null): Promise<JudgedDay> {
  const latest = await priorities.latestDay();
  const day = date === null ? latest : await priorities.findDay(date);
  if (day) return day;
  if (!latest)
    throw new SeepassError('not_found', 'Nothing has been judged yet.', { fix: 'Try again after the first digest.' });
  throw new SeepassError('not_found', `${formatDay(date ?? latest.date)} was not judged.`, {
    fix: `The latest judged day is ${formatDay(latest.date)}.`,
  });
}

async function knownSurface({ metrics }: WhyNotStores, asked: string): Promise<string> {
  const { surfaces } = await metrics.vocabulary();
  const known = surfaces.find((surface) => surface.toLowerCase() === asked.toLowerCase());
  if (known !== undefined) return known;
  const nearest = nearestOf(asked, surfaces);
  throw new SeepassError('not_found', `I know no page ${asked.slice(0, 100)}.`, {
    ...(nearest.length > 0 ? { fix: `Nearest: ${nearest.join(', ')}.` } : {}),
  });
}

async function readAlerts(
  { incidents, alerts }: WhyNotStores,
  surface: string,
  channel: string,
  range: { start: number; end: number },
) {
  const all = [...(await incidents.listLive()), ...(await incidents.listEnded(range))];
  const own = all.filter(
    (incident) =>
      incident.members.some((member) => member.surface === surface) &&
      (isLive(incident) || incident.openedAt < range.end),
  );
  return Promise.all(
    own.map(async ({ id, number }) => {
      const decision = (await alerts.list(id)).find((each) => each.channel === channel);
      return { number, posted: decision !== undefined && decision.held === null, reason: decision?.held ?? null };
    }),
  );
}
