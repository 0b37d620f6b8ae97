import type { WeeklyItem, WeeklyModel } from '../../core/delivery/weekly-model.ts';
import { countOf, formatCount, formatDay, formatRange } from '../../core/facts/render.ts';
import type { JsonObject } from '../../core/records.ts';
import { clip, quote } from '../mrkdwn.ts';
import { effectLine } from './done.ts';
import { context, divider, header, section } from './elements.ts';
import { fitBlocks } from './fit.ts';
import type { Rendered } from './notice.ts';
import { detailsButton } from './priority-item.ts';
import { clipWords, nameOf, type WordedItem, wordItem } from './reading.ts';

const HOUR_MS = 3_600_000;
const EFFECTS = 3;

/** The week in one message: what hurt most, what is over, and how the bot did. */
export function buildWeeklyMessage(model: WeeklyModel): Rendered {
  const worded = model.items.map((each) => ({ ...each, worded: wordItem(each.item, model) }));
  return {
    text: fallbackText(
      model,
      worded.map(({ worded: item }) => item),
    ),
    blocks: fitBlocks((scale) => [
      header(`Seepass · the week of ${formatRange(model.range)}`),
      context(contextLine(model)),
      ...(worded.length === 0 ? [section(quietLine(model))] : []),
      ...worded.flatMap((each) => [divider(), itemBlock(each, scale)]),
      ...effectBlocks(model),
      ...footer(model),
    ]),
  };
}

/** What the digest above shows is named, with what the week adds to it. */
function itemBlock(
  { worded, days, goesOn, toldAbove }: WeeklyItem & { worded: WordedItem },
  scale: number,
): JsonObject {
  const words = clipWords(worded, scale);
  const when = `${countOf(days, 'day')}${goesOn ? ', still going on' : ', over'}`;
  if (toldAbove === 'worst')
    return section(
      `${nameOf(worded)} · ${when}, worst on ${formatDay(worded.item.priority.date)}: in the digest above`,
    );
  const today = toldAbove === null ? '' : ' How it is now is in the digest above.';
  return section([`${words.lead} · ${when}`, `${words.summary}${today}`].join('\n'), detailsButton(worded));
}

/** What the week's actions did, as far as it was looked at. */
function effectBlocks({ effects }: WeeklyModel): JsonObject[] {
  if (effects.length === 0) return [];
  const lines = effects.slice(0, EFFECTS).map((one) => `${effectLine(one)} After: ${quote(one.title, 140)}`);
  const rest = effects.length - lines.length;
  return [divider(), section([...lines, ...(rest > 0 ? [`and ${formatCount(rest)} more`] : [])].join('\n'))];
}

function contextLine({ timezone, judgedDays, total, over }: WeeklyModel): string {
  const judged = judgedDays === 7 ? 'all 7 days judged' : `${judgedDays} of 7 days judged`;
  const causes =
    total === 0 ? '' : `*${countOf(total, 'cause')}*, ${over === 0 ? 'none over yet' : `${formatCount(over)} over`}`;
  return [timezone, judged, causes].filter(Boolean).join(' · ');
}

function quietLine({ judgedDays }: WeeklyModel): string {
  if (judgedDays === 0) return '*No day of this week was judged.* `seepass doctor` says what is missing.';
  if (judgedDays < 7)
    return `*Nothing outside normal* on the ${countOf(judgedDays, 'day that was', 'days that were')} judged.`;
  return '*A quiet week.* Nothing outside normal on any day.';
}

/** Incidents, alerts and what people made of them; what was done. */
function footer({ incidents, alerts, judgedByPeople, done, total, items }: WeeklyModel): JsonObject[] {
  const more = total - items.length;
  const length = incidents.medianLength === null ? '' : lengthWords(incidents.ended, incidents.medianLength);
  const held = alerts.held > 0 ? `, ${formatCount(alerts.held)} held back` : '';
  const notes = [
    more > 0 ? `${formatCount(more)} more below the line` : '',
    incidents.opened + incidents.ended > 0
      ? `${countOf(incidents.opened, 'incident')} opened, ${formatCount(incidents.ended)} ended${length}`
      : '',
    alerts.posted + alerts.held > 0 ? `${countOf(alerts.posted, 'alert')} here${held}` : '',
    judgedByPeople.useful + judgedByPeople.false > 0
      ? `people found ${formatCount(judgedByPeople.useful)} useful and ${formatCount(judgedByPeople.false)} false`
      : '',
    done.length > 0 ? `done: ${quote(clip(done.slice(0, 3).join('; '), 300), 300)}` : '',
  ].filter(Boolean);
  return notes.length > 0 ? [divider(), context(notes.join(' · '))] : [];
}

const lengthWords = (ended: number, median: number): string =>
  ended === 1 ? ` after ${duration(median)}` : `, half of them within ${duration(median)}`;

function duration(milliseconds: number): string {
  const hours = milliseconds / HOUR_MS;
  if (hours < 1) return `${Math.max(1, Math.round(milliseconds / 60_000))} min`;
  return hours < 48 ? `${Math.round(hours)} h` : `${Math.round(hours / 24)} days`;
}

function fallbackText(model: WeeklyModel, items: readonly WordedItem[]): string {
  const week = `Seepass for the week of ${formatRange(model.range)}`;
  if (model.judgedDays === 0) return `${week}: no day was judged.`;
  if (items.length === 0) return `${week}: quiet, nothing outside normal.`;
  const named = items.map(({ headline, severity }) => `${quote(headline, 130)} (${severity})`).join('; ');
  return `${week}: ${countOf(model.total, 'cause')}. ${named}`;
}
