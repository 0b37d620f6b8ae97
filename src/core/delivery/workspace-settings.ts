/** What admins set for the whole workspace: the one place that knows the keys, what they may hold, and the defaults. */
import { z } from 'zod';
import { SENSITIVITIES } from '../detect/sensitivity.ts';
import type { RolePolicy } from '../policy/roles.ts';
import type { Sensitivity } from '../records.ts';
import { type QuietHours, WEEKLY_BUDGET } from './subscription.ts';
import { clockTime, minuteOfWord } from './subscription-words.ts';

/** Local times of the day; the zone is the one of whoever's alerts they hold back. */
export type DailyQuiet = Pick<QuietHours, 'from' | 'until'>;

export interface WorkspaceSettings {
  /** Of alerts that are subscribed to without saying any; null for none. */
  quietHours: DailyQuiet | null;
  /** Alerts a week of a channel that says none. */
  weeklyBudget: number;
  /** Null follows the environment. */
  sensitivity: Sensitivity | null;
}

/** Everything an admin can set, and who was named where only the environment can say it. */
export interface SettingsForm {
  settings: WorkspaceSettings;
  /** Slack user ids granted the role here. */
  approvers: string[];
  /** Named in the environment. */
  configured: RolePolicy;
}

/** What an admin submits. */
export interface SettingsChange {
  settings: WorkspaceSettings;
  /** Slack user ids; whoever held the role here and is left out loses it. */
  approvers: readonly string[];
}

/** Settings keys, as they stand in the store and in the audit log. */
export const SETTING_KEYS = {
  quietHours: 'delivery.quiet_hours',
  weeklyBudget: 'delivery.weekly_budget',
  sensitivity: 'delivery.sensitivity',
} as const satisfies Record<keyof WorkspaceSettings, string>;

export const MOST_A_WEEK = 1_000;

const minute = z.int().min(0).max(1_439);
const SCHEMAS = {
  quietHours: z.object({ from: minute, until: minute }).nullable().catch(null),
  weeklyBudget: z.int().min(0).max(MOST_A_WEEK).catch(WEEKLY_BUDGET),
  sensitivity: z.enum(SENSITIVITIES).nullable().catch(null),
};

/** What is stored by setting; a value that was never set, or that nobody understands, is the default. */
export function parseSettings(stored: Readonly<Record<keyof WorkspaceSettings, unknown>>): WorkspaceSettings {
  return {
    quietHours: SCHEMAS.quietHours.parse(stored.quietHours),
    weeklyBudget: SCHEMAS.weeklyBudget.parse(stored.weeklyBudget),
    sensitivity: SCHEMAS.sensitivity.parse(stored.sensitivity),
  };
}

/** Reads "22:00–07:00", "10pm to 7am", "none" or nothing; a fault is a sentence. */
export function readDailyQuiet(text: string): { quiet: DailyQuiet | null } | { fault: string } {
  const words = text.trim().toLowerCase();
  if (['', 'none', 'off', 'no', 'never', '-'].includes(words)) return { quiet: null };
  const [first = '', last = '', ...more] = words.split(/\s*(?:-|–|—|\bto\b|\buntil\b)\s*/);
  const from = minuteOfWord(first, true);
  const until = minuteOfWord(last, true);
  if (typeof from !== 'number' || typeof until !== 'number' || more.length > 0)
    return { fault: 'Two times of day, such as 22:00–07:00, or nothing for no quiet hours.' };
  if (from === until) return { fault: 'Both times are the same: nothing would be quiet.' };
  return { quiet: { from, until } };
}

/** "22:00–07:00", as `readDailyQuiet` reads it. */
export const describeDailyQuiet = ({ from, until }: DailyQuiet): string => `${clockTime(from)}–${clockTime(until)}`;
