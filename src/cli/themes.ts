import { countOf, formatDay } from '../core/facts/render.ts';
import { describeTrend, type ThemeTrend, TREND_DAYS } from '../core/text/themes/trend.ts';
import { addDays } from '../core/window.ts';
import type { Stores } from '../pipeline/ports.ts';
import type { ListedTheme } from '../pipeline/themes.ts';
import { addCommonOptions, type CommonOptions, calendarDay, chosenDays } from './options.ts';
import type { Subcommand } from './subcommand.ts';

interface ThemesOptions extends CommonOptions {
  from?: string;
  to?: string;
}

interface ThemeRow extends ListedTheme {
  /** Tickets from the first day to the last. */
  readonly count: number;
  readonly trend: ThemeTrend;
}

/** `seepass themes`: what people write about, found in the texts of their tickets. */
export const themesCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(command)
      .option('--from <day>', 'first day (default: four weeks before the last)', calendarDay)
      .option('--to <day>', 'last day, included (default: the last day with tickets in a theme)', calendarDay)
      .action(async (options: ThemesOptions) => {
        const { stores, close } = await context.openStores(options.database);
        try {
          const chosen = chosenDays(options) ?? (await lastWeeks(stores));
          const rows = chosen === undefined ? [] : await readRows(stores, chosen);
          if (options.json) return context.printJson(rows);
          if (chosen === undefined)
            return void context.stdout.write('No theme was found yet. Import tickets, then run: seepass run\n');
          const from = `from ${formatDay(chosen.first)} to ${formatDay(chosen.last)}`;
          for (const row of rows) context.stdout.write(describe(row));
          context.stdout.write(`${countOf(rows.length, 'theme')} ${from}, ${context.config.timezone}\n`);
        } finally {
          await close();
        }
      });
  },
};

async function lastWeeks({ themes }: Stores): Promise<{ first: string; last: string } | undefined> {
  const last = await themes.lastDay();
  return last === undefined ? undefined : { first: addDays(last, 1 - TREND_DAYS), last };
}

async function readRows(
  { themes, rollups }: Stores,
  { first, last }: { first: string; last: string },
): Promise<ThemeRow[]> {
  const trendStart = addDays(last, 1 - TREND_DAYS);
  const known = (await rollups.dateSpan())?.first ?? first;
  const listed = await themes.list({ start: trendStart < first ? trendStart : first, end: addDays(last, 1) });
  return listed
    .map((theme) => {
      const days = theme.days.filter(({ date }) => date >= first);
      const trend = describeTrend(theme.days, { firstSeen: theme.first_seen, last, known });
      return { ...theme, days, count: days.reduce((sum, { tickets }) => sum + tickets, 0), trend };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

function describe({ label, count, trend, representatives }: ThemeRow): string {
  const said = representatives.map(({ text }) => `   > ${text.replace(/\s+/g, ' ').trim().slice(0, 120)}\n`);
  return `${label}: ${countOf(count, 'ticket')}, ${trendWords(trend)}\n${said.join('')}`;
}

function trendWords({ direction, this_week, before }: ThemeTrend): string {
  if (direction === 'new') return 'new this week';
  const week = `${this_week} this week`;
  const earlier = before === null ? '' : ` against ${Number(before.toFixed(1))} a week before`;
  return direction === 'too_few' ? `${week}${earlier}, too few to tell a trend` : `${direction}: ${week}${earlier}`;
}
