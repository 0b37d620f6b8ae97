/** What a day's findings would have told people, as a backtest counts it. */
import type { History } from '../detect/history.ts';
import { RULES } from '../detect/rules/index.ts';
import type { Finding } from '../records.ts';
import type { Alert } from './episodes.ts';

const MEASURING = new Set(RULES.filter(({ kind }) => kind === 'measure').map(({ id }) => id));
/** A signature with this share of its errors on one surface is told with that surface. */
const SHOWN_ON_FROM = 0.6;

/** Alerts are what measuring rules flagged; gaps are measures named as not having arrived. */
export function alertsOf(
  findings: readonly Finding[],
  history: History,
): { alerts: Alert[]; gaps: { date: string; metric: string }[] } {
  return {
    alerts: findings
      .filter(({ rule }) => MEASURING.has(rule))
      .map((finding) => {
        const { date, entity_type, entity_key, metric } = finding;
        return { date, entity_type, entity_key, metric, surface: shownOn(history, finding) };
      }),
    gaps: findings.filter(({ rule }) => rule === 'ingest-gap').map(({ date, metric }) => ({ date, metric })),
  };
}

function shownOn(history: History, { entity_type, entity_key, date }: Finding): string | undefined {
  if (entity_type !== 'error_signature') return undefined;
  const rows = history.signatures.find(({ signature }) => signature === entity_key)?.rows ?? [];
  const today = rows.filter((row) => row.date === date);
  const errors = today.reduce((sum, row) => sum + row.errors, 0);
  return today.find((row) => row.errors >= SHOWN_ON_FROM * errors)?.surface;
}
