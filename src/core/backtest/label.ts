/** What people say detection got wrong, and what that makes of the truth a backtest is held against. */
import type { EntityType } from '../records.ts';
import { addDays } from '../window.ts';
import type { Truth, TruthEntry } from './truth.ts';

export const LABEL_KINDS = ['missed', 'false'] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];

export interface Label {
  id: string;
  /** `missed`: that day was an incident nobody was told of. `false`: what was told of that day was none. */
  kind: LabelKind;
  entity_type: EntityType;
  entity_key: string;
  /** YYYY-MM-DD. */
  date: string;
  /** In the labeller's words, redacted. */
  note: string | null;
  created_by: string;
  /** Epoch milliseconds. */
  created_at: number;
}

/** Missed days are incidents of one day, false flags decoys. */
export function truthOfLabels(labels: readonly Label[]): Truth {
  const entries = (kind: LabelKind): TruthEntry[] =>
    labels
      .filter((label) => label.kind === kind)
      .map(({ id, entity_type, entity_key, date }) => ({
        id,
        kind,
        entity_type,
        entity_key,
        metric: '*',
        start: date,
        end: addDays(date, 1),
        material: true,
      }));
  return { incidents: entries('missed'), decoys: entries('false') };
}
