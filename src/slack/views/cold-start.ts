import type { ColdStart } from '../../core/delivery/digest-model.ts';
import { countOf, formatDay } from '../../core/facts/render.ts';
import type { JsonObject } from '../../core/records.ts';
import { quote, shorten } from '../mrkdwn.ts';
import { section } from './elements.ts';

/** What is useful before there is a normal to compare with: facts of the first days, nothing called a change. */
export function buildColdStart(start: ColdStart, scale: number): JsonObject[] {
  const name = (text: string): string => quote(shorten(text, Math.round(80 * scale)), 80);
  const ready =
    start.readyOn === null
      ? `*Learning what is normal.* ${countOf(start.days, 'day')} of data so far; baselines need two weeks.`
      : `*Baselines are ready on ${formatDay(start.readyOn)}.* ${countOf(start.days, 'day')} of data so far.`;
  const top = start.topSignatures.map(
    ({ signature, surface, errors }) => `• ${name(signature)} on ${name(surface)}: ${countOf(errors, 'error')}`,
  );
  const fresh = start.newSignatures.map(
    ({ signature, surface, errors, since }) =>
      `• ${name(signature)} on ${name(surface)} since ${formatDay(since)}: ${countOf(errors, 'error')}`,
  );
  const themes = start.themes.map(
    ({ topic, surface, tickets, since }) =>
      `• "${name(topic)}" on ${name(surface)} since ${formatDay(since)}: ${countOf(tickets, 'ticket')}`,
  );
  return [
    section(`${ready} Until then, what the data already shows:`),
    ...list('Most errors so far', top),
    ...list('New errors', fresh),
    ...list('Newest ticket themes', themes),
    ...(top.length + fresh.length + themes.length === 0
      ? [section('No error signatures and no ticket topics so far.')]
      : []),
  ];
}

function list(title: string, lines: readonly string[]): JsonObject[] {
  return lines.length === 0 ? [] : [section(`*${title}*\n${lines.join('\n')}`)];
}
