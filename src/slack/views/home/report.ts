import { type HomeModel, REPORT_DAYS, type ReportCard } from '../../../core/delivery/home-model.ts';
import { countOf, formatCount, formatDay } from '../../../core/facts/render.ts';
import type { JsonObject } from '../../../core/records.ts';
import { dateInZone } from '../../../core/window.ts';
import { SLASH_COMMAND } from '../../ids.ts';
import { context, header, section } from '../elements.ts';

/** What people made of the alerts, and how the last fire drill went. */
export function buildReport({ report, timezone, latest }: HomeModel): JsonObject[] {
  if (latest === null) return [];
  return [
    header('How well am I doing'),
    section(`${alertWords(report)}\n${drillWords(report, timezone)}`),
    context(
      `Alerts and judgements of the last ${REPORT_DAYS} days. \`${SLASH_COMMAND} missed\` and \`${SLASH_COMMAND} false\` tell me where I was wrong.`,
    ),
  ];
}

function alertWords({ alerts, useful, notIncidents, missed }: ReportCard): string {
  const isJudged = useful + notIncidents > 0;
  if (alerts === 0 && !isJudged && missed === 0)
    return 'No alerts yet, so none to judge, and none was reported missed.';
  const judged = isJudged
    ? `*${formatCount(useful)}* judged useful, *${formatCount(notIncidents)}* judged no incident`
    : 'none judged yet';
  return `*${countOf(alerts, 'alert')}*: ${judged}, ${missed === 0 ? 'none reported missed' : `*${formatCount(missed)}* missed`}.`;
}

function drillWords({ drill }: ReportCard, timezone: string): string {
  if (drill === null) return 'No fire drill yet: one runs every Sunday once there are seven weeks of data.';
  const quiet = drill.told_a_day < 0.005 ? 'under 0.01' : drill.told_a_day.toFixed(2);
  return `Last fire drill, ${formatDay(dateInZone(drill.ran_at, timezone))}: found *${drill.found} of ${drill.planted}* planted, with ${quiet} told a day besides.`;
}
