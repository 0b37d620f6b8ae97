import type { HourlyFinding } from '../core/detect/hours/hourly-finding.ts';
import { createCalendar } from '../core/detect/series/calendar.ts';
import { countOf } from '../core/facts/render.ts';
import type { Sensitivity } from '../core/records.ts';
import { addDays, dateInZone, startOfDay } from '../core/window.ts';
import type { Stores } from '../pipeline/ports.ts';
import { type CommonOptions, chosenDays } from './options.ts';
import type { CliContext } from './subcommand.ts';

const DEFAULT_DAYS = 7;

/** What the hourly job found in the chosen days, or the last seven that it judged. */
export async function printHourlyFindings(
  { hourlyFindings }: Pick<Stores, 'hourlyFindings'>,
  context: Pick<CliContext, 'config' | 'stdout' | 'printJson'>,
  options: CommonOptions & { from?: string; to?: string; sensitivity?: Sensitivity },
): Promise<void> {
  const { timezone } = context.config;
  const judgedUntil = await hourlyFindings.judgedUntil();
  const last = dateInZone((judgedUntil ?? 1) - 1, timezone);
  const days = chosenDays(options) ?? { first: addDays(last, 1 - DEFAULT_DAYS), last };
  const range = { start: startOfDay(days.first, timezone), end: startOfDay(addDays(days.last, 1), timezone) };
  const sensitivity = options.sensitivity ?? context.config.sensitivity;
  const findings = judgedUntil === undefined ? [] : await hourlyFindings.list(range, sensitivity);
  if (options.json)
    return context.printJson(
      findings.map((finding) => ({
        ...finding,
        hour: new Date(finding.hour).toISOString(),
        since: new Date(finding.since).toISOString(),
      })),
    );
  if (judgedUntil === undefined) {
    context.stdout.write('No hour has been judged yet. The hourly job does it: keep seepass start running.\n');
    return;
  }
  const { label } = createCalendar(timezone);
  for (const finding of findings) context.stdout.write(`${describe(finding, label)}\n`);
  context.stdout.write(
    `${countOf(findings.length, 'hourly finding')} from ${days.first} to ${days.last}, sensitivity ${sensitivity}, judged until ${label(judgedUntil)}, ${timezone}\n`,
  );
}

function describe(
  { hour, surface, metric, direction, state, reason }: HourlyFinding,
  label: (at: number) => string,
): string {
  return `${label(hour)}  ${surface}  ${metric} ${direction}  ${state}  ${reason}`;
}
