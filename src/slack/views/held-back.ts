import type { DigestModel, HeldAlert } from '../../core/delivery/digest-model.ts';
import { countOf, formatCount, formatMoment, joinWords } from '../../core/facts/render.ts';
import { quote, shorten } from '../mrkdwn.ts';

const NAMES = 3;
const NAME = 40;

type Held = Pick<DigestModel, 'held' | 'heldAlerts' | 'timezone'>;

/** What was found and is not told in a channel, and why: nothing is hidden without a word. */
export function heldNotes({ held: { snoozed, ignored, belowSeverity }, heldAlerts, timezone }: Held): string[] {
  const because = (reason: HeldAlert['reason']): HeldAlert[] => heldAlerts.filter((alert) => alert.reason === reason);
  const [overBudget, demoted] = [because('budget'), because('rule_demoted')];
  return [
    overBudget.length > 0
      ? `${countOf(overBudget.length, 'smaller alert')}, as this channel had had its alerts of the week: ${named(overBudget)}`
      : '',
    demoted.length > 0
      ? `${countOf(demoted.length, 'alert')} of a kind that was wrong too often: ${named(demoted)}`
      : '',
    ...snoozed
      .slice(0, NAMES)
      .map(({ entity_key, until }) => `${nameOf(entity_key)} snoozed until ${formatMoment(until, timezone)}`),
    snoozed.length > NAMES ? `${formatCount(snoozed.length - NAMES)} more snoozed` : '',
    ignored.length > 0 ? `${formatCount(ignored.length)} ignored` : '',
    belowSeverity > 0 ? `${formatCount(belowSeverity)} below this channel's severity` : '',
  ].filter(Boolean);
}

function named(alerts: readonly HeldAlert[]): string {
  const names = alerts.slice(0, NAMES).map(({ surface, number }) => `${nameOf(surface)} (INC-${number})`);
  const more = alerts.length - names.length;
  return joinWords(more > 0 ? [...names, `${formatCount(more)} more`] : names);
}

const nameOf = (name: string): string => quote(shorten(name, NAME), NAME);
