import type { ToldFinding } from '../core/detect/hours/hourly-finding.ts';
import { createHourJudge } from '../core/detect/judge-hours.ts';
import { type Hour, hourAt, lastSettledHour } from '../core/hours.ts';
import { hourlyMaintenance } from '../core/maintenance.ts';
import type { Clock, Log, Stores } from './ports.ts';
import { readMaintenance } from './read-maintenance.ts';

const DAY = 86_400_000;
/** Time-of-week baselines need four weeks, a fifth stands in for what is left out; so much is stored, too. */
const WARM_UP_DAYS = 35;
/** Between lines in the log while weeks are judged. */
const DAYS_A_LINE = 7;

export interface JudgeHoursOptions {
  stores: Pick<Stores, 'hours' | 'hourlyFindings' | 'freshness' | 'maintenance' | 'settings'>;
  /** Epoch milliseconds the run is stamped with. */
  asOf: number;
  /** IANA zone of the workspace. */
  timezone: string;
  /** How long after its end an hour is complete. */
  settleMinutes: number;
  clock: Clock;
  log: Log;
}

export interface HoursReport {
  /** Hours judged for the first time. */
  hours: number;
  /** Told at any setting of the knob, each setting by itself. */
  findings: number;
  /** Hours of a page that were under maintenance and so not judged. */
  maintained: number;
}

/**
 * Judges the hours that are complete and were not judged before, and stores what was learned and found. Running it
 * again does nothing, and of two at once only one is stored. The first run, or one whose stored states are of no use
 * any more, learns from the last five weeks. An hour is judged once: what arrives later is the daily judge's business.
 */
export async function judgeHours(options: JudgeHoursOptions): Promise<HoursReport> {
  const { stores, timezone, clock, log } = options;
  const nothing: HoursReport = { hours: 0, findings: 0, maintained: 0 };
  const started = clock();
  const until = await readUntil(options);
  const stored = await stores.hourlyFindings.load();
  const before = stored?.judgedUntil;
  if (until === undefined || (before !== undefined && before >= until)) return nothing;

  const judge = createHourJudge(timezone, stored);
  const earliest = until - WARM_UP_DAYS * DAY;
  const from = judge.warm && before !== undefined ? Math.max(before, earliest) : earliest;
  const findings: ToldFinding[] = [];
  const maintenance = hourlyMaintenance(await readMaintenance(stores, { start: from, end: until }, timezone));
  let hours = 0;
  let maintained = 0;
  let days = 0;
  for (let start = from; start < until; start += DAY) {
    const history = await stores.hours.readSurfaceHours({ start, end: Math.min(start + DAY, until) });
    const verdicts = judge.judge(history, maintenance);
    const isNew = ({ hour }: { hour: number }): boolean => before === undefined || hour >= before;
    findings.push(...verdicts.findings.filter(isNew));
    hours += history.hours.filter((hour) => isNew({ hour: hour.start })).length;
    maintained += verdicts.maintained.filter(isNew).reduce((sum, { surfaces }) => sum + surfaces, 0);
    for (const { hour, silent } of verdicts.gaps.filter(isNew))
      log.warn({ hour: new Date(hour).toISOString(), silent }, 'silent everywhere: not judged in that hour');
    if (++days % DAYS_A_LINE === 0)
      log.info({ days, of: Math.ceil((until - from) / DAY) }, 'learning what hours are like');
  }
  const saved = await stores.hourlyFindings.save({ ...judge.save(), before, judgedUntil: until, findings });
  if (!saved) {
    log.info({ until: new Date(until).toISOString() }, 'these hours were judged by another process');
    return nothing;
  }
  const report = { hours, findings: findings.length, maintained };
  log.info({ ...report, until: new Date(until).toISOString(), seconds: (clock() - started) / 1000 }, 'hours judged');
  return report;
}

/** The end of the last hour that is complete: it has settled, and events after it are known. */
async function readUntil({ stores, asOf, timezone, settleMinutes }: JudgeHoursOptions): Promise<number | undefined> {
  const sources = await stores.freshness.list();
  if (sources.length === 0) return undefined;
  const latest = Math.max(...sources.map(({ last_event_at }) => last_event_at));
  const reached: Hour = hourAt(Math.min(latest, asOf), timezone);
  return Math.min(reached.start, lastSettledHour(asOf, timezone, settleMinutes).end);
}
