/** Which rules may interrupt people, by what people said of their alerts. */
import { z } from 'zod';
import type { HourlyMetricId } from '../../core/detect/hours/hourly-finding.ts';
import type { AlertRule, RuleChange } from '../../core/incident/alert-rule.ts';
import { type JudgedAlerts, precisionOf } from '../../core/incident/rule-precision.ts';
import { SeepassError } from '../../errors.ts';
import type { Stores } from '../ports.ts';
import { readChannels } from './channels.ts';
import type { IncidentContext } from './context.ts';

const DAY = 86_400_000;
const KEY = 'alert_rules';
const RULE_KIND = 'rule';
/** What people said longer ago says little about the product of today. */
const JUDGED_DAYS = 90;

const ALERT_RULES = [
  'error_rate',
  'failure_rate',
  'dropoff_rate',
  'traffic',
] as const satisfies readonly HourlyMetricId[];

const kept = z.object({
  isDemoted: z.boolean(),
  /** Epoch milliseconds; what was said before an admin restored it no longer counts. */
  restoredAt: z.number().nullable(),
  /** How often it was demoted or restored: each change is announced once. */
  changes: z.number(),
});
const keptRules = z.partialRecord(z.enum(ALERT_RULES), kept);
type KeptRule = z.infer<typeof kept>;
type KeptRules = z.infer<typeof keptRules>;

const NONE: JudgedAlerts = { useful: 0, false: 0 };
const UNCHANGED: KeptRule = { isDemoted: false, restoredAt: null, changes: 0 };

type Settings = Pick<Stores['settings'], 'get'>;

export async function readDemoted(settings: Settings): Promise<Set<HourlyMetricId>> {
  const rules = await readKept(settings);
  return new Set(ALERT_RULES.filter((metric) => rules[metric]?.isDemoted));
}

type Judged = Pick<Stores, 'settings' | 'incidents' | 'votes'>;

/** Every rule with what people said of its incidents, and of the items of digests it led. @param at epoch milliseconds. */
export async function listRules(stores: Judged, at: number): Promise<AlertRule[]> {
  const rules = await readKept(stores.settings);
  const counted = new Map<number, Awaited<ReturnType<typeof countJudged>>>();
  const listed: AlertRule[] = [];
  for (const metric of ALERT_RULES) {
    const { isDemoted, restoredAt } = rules[metric] ?? UNCHANGED;
    const since = Math.max(at - JUDGED_DAYS * DAY, restoredAt ?? 0);
    const counts = counted.get(since) ?? (await countJudged(stores, since));
    counted.set(since, counts);
    const incidents = counts.incidents.find((each) => each.metric === metric) ?? NONE;
    const { useful, false: wrong } = counts.inDigests.find((each) => each.metric === metric) ?? NONE;
    const all = { useful: incidents.useful + useful, false: incidents.false + wrong };
    listed.push({ metric, isDemoted, precision: precisionOf(all), inDigests: { useful, false: wrong } });
  }
  return listed;
}

async function countJudged({ incidents, votes }: Judged, since: number) {
  const [ofIncidents, inDigests] = await Promise.all([incidents.countJudged(since), votes.countJudged(since)]);
  return { incidents: ofIncidents, inDigests };
}

/** Demotes and restores rules by what people said, and announces each change once in every channel with alerts. */
export async function reviewRules(context: IncidentContext, at: number): Promise<void> {
  for (const rule of await listRules(context.stores, at)) {
    const { metric, precision } = rule;
    if (precision.isDemoted === rule.isDemoted) continue;
    const change: RuleChange = { ...rule, isDemoted: precision.isDemoted, by: null };
    await changeRule(context, change, {}, 'system');
    context.log.info({ metric, ...precision }, change.isDemoted ? 'rule demoted' : 'rule restored');
  }
}

/**
 * Lets a demoted rule interrupt people again, and forgets what was said of it. The caller has checked that it is an admin.
 * @throws SeepassError `bad_arguments` for no rule of that name, `conflict` where it is not demoted.
 */
export async function restoreRule(
  context: Pick<IncidentContext, 'renderRule'> & {
    stores: Pick<IncidentContext['stores'], keyof Judged | 'outbox' | 'subscriptions'>;
  },
  name: string,
  by: { actor: string; at: number },
): Promise<AlertRule> {
  const metric = ALERT_RULES.find((rule) => rule === name.trim().toLowerCase());
  if (metric === undefined)
    throw new SeepassError('bad_arguments', 'No alert rule has that name.', {
      fix: `Rules: ${ALERT_RULES.join(', ')}.`,
    });
  const before = (await listRules(context.stores, by.at)).find((rule) => rule.metric === metric);
  if (!before?.isDemoted) throw new SeepassError('conflict', `The rule ${metric} is not demoted: it posts alerts.`);
  await changeRule(context, { ...before, isDemoted: false, by: by.actor }, { restoredAt: by.at }, by.actor);
  return { metric, isDemoted: false, precision: precisionOf(NONE), inDigests: NONE };
}

/** Announced before it is noted: broken off in between, it is done again with the same keys. */
async function changeRule(
  {
    stores,
    renderRule,
  }: Pick<IncidentContext, 'renderRule'> & {
    stores: Pick<IncidentContext['stores'], 'settings' | 'outbox' | 'subscriptions'>;
  },
  change: RuleChange,
  what: Partial<KeptRule>,
  actor: string,
): Promise<void> {
  const { metric, isDemoted } = change;
  const rules = await readKept(stores.settings);
  const before = rules[metric] ?? UNCHANGED;
  const changes = before.changes + 1;
  const subject = `${metric}:${changes}`;
  const message = renderRule(change);
  for (const channel of (await readChannels(stores)).keys())
    await stores.outbox.enqueue({ kind: RULE_KIND, channel, subject, sequence: 0, message });
  await stores.settings.set(KEY, { ...rules, [metric]: { ...before, ...what, isDemoted, changes } }, actor);
}

/** What an older or newer version wrote is as if nothing was ever demoted. */
async function readKept(settings: Settings): Promise<KeptRules> {
  const parsed = keptRules.safeParse((await settings.get(KEY)) ?? {});
  return parsed.success ? parsed.data : {};
}
