import type { Command } from 'commander';
import { createSurfaceMatcher } from '../core/delivery/surface-pattern.ts';
import { evidenceChips, headline, trendWord, whoIsHit } from '../core/explain/describe.ts';
import { buildFacts } from '../core/facts/ledger.ts';
import { countOf, formatDay } from '../core/facts/render.ts';
import type { Priority } from '../core/records.ts';
import type { JudgedDay, Stores } from '../pipeline/ports.ts';
import { addCommonOptions, type CommonOptions, calendarDay, wholeNumber } from './options.ts';
import type { CliContext, Subcommand } from './subcommand.ts';

interface TopOptions extends CommonOptions {
  date?: string;
  limit: number;
  surface?: string;
}

/** `seepass top`: the ranked priorities of a judged day. */
export const topCommand: Subcommand = {
  configure(command: Command, context: CliContext) {
    addCommonOptions(command)
      .option('--date <day>', 'the judged day (default: the latest)', calendarDay)
      .option('--limit <n>', 'how many at most', wholeNumber(1), 10)
      .option('--surface <pattern>', 'only surfaces that match; * stands for anything, as in "/checkout*"')
      .action(async (options: TopOptions) => {
        const { stores, close } = await context.openStores(options.database);
        try {
          const day =
            options.date === undefined
              ? await stores.priorities.latestDay()
              : await stores.priorities.findDay(options.date);
          const found = day === undefined ? [] : await choose(stores, day.date, options);
          const shown = found.slice(0, options.limit);
          if (options.json) return context.printJson(shown.map(toRow));
          if (day === undefined) {
            const what = options.date === undefined ? 'Nothing has been judged yet' : `${options.date} was not judged`;
            return void context.stdout.write(
              `${what}. Import events, then run: seepass run${options.date === undefined ? '' : ` --date ${options.date}`}\n`,
            );
          }
          const { currency, timezone } = context.config;
          const cut = shown.length < found.length ? ` · showing ${shown.length} of ${found.length}` : '';
          context.stdout.write(
            `${formatDay(day.date)}, ${timezone} · ${countOf(day.surfaces, 'surface')} judged${cut}\n`,
          );
          if (found.length === 0)
            context.stdout.write(
              `${options.surface === undefined || day.surfaces === 0 ? describeQuiet(day) : `Nothing outside normal on ${options.surface}.`}\n`,
            );
          for (const priority of shown) context.stdout.write(describe(priority, currency, timezone));
        } finally {
          await close();
        }
      });
  },
};

async function choose(stores: Stores, date: string, { surface }: TopOptions): Promise<Priority[]> {
  const priorities = await stores.priorities.listPriorities(date);
  if (surface === undefined) return priorities;
  const matches = createSurfaceMatcher(surface);
  return priorities.filter(
    ({ entity_key, members }) => matches(entity_key) || members.some((member) => matches(member.entity_key)),
  );
}

/** No data and too little data are answers of their own, never quiet. */
function describeQuiet({ surfaces, summary }: JudgedDay): string {
  const { under_maintenance: away } = summary;
  if (surfaces === 0 && away > 0) return `Under maintenance: ${countOf(away, 'surface')}, so nothing was judged.`;
  if (surfaces === 0) return 'No data: no event of that day names a surface, so nothing could be judged.';
  const { insufficient_history: young, too_small: small, baselines_ready_on: readyOn } = summary;
  const ready = readyOn === null ? '' : ` Baselines are ready on ${formatDay(readyOn)}.`;
  if (young >= surfaces) return `Too early to tell: no surface has enough history yet.${ready}`;
  const left = [
    young > 0 ? `${countOf(young, 'surface')} without enough history yet` : '',
    away > 0 ? `${countOf(away, 'surface')} under maintenance` : '',
    small > 0 ? `${countOf(small, 'surface')} too small to judge daily` : '',
  ].filter(Boolean);
  return `All quiet: nothing outside normal.${left.length > 0 ? ` Left out: ${left.join(', ')}.` : ''}${ready}`;
}

/** The contract's row. */
function toRow({
  date,
  rank,
  entity_type,
  entity_key,
  score,
  drivers,
  pattern_record,
  incident_id,
  members,
}: Priority): Priority {
  return { rank, date, entity_type, entity_key, score, drivers, pattern_record, incident_id, members };
}

function describe(priority: Priority, currency: string, timezone: string): string {
  const facts = buildFacts(priority, { currency, timezone });
  const why = [whoIsHit(facts), ...evidenceChips(priority, facts)].filter((part) => part !== null).join(' · ');
  const drivers = priority.drivers
    .filter((driver) => driver.points !== 0)
    .map((driver) => `${driver.name} ${driver.points}`);
  const lines = [
    `${priority.rank}. ${headline(priority, facts)} · ${trendWord(priority)}`,
    why,
    `score ${priority.score} = ${drivers.join(' + ')}`,
  ];
  return `${lines.filter(Boolean).join('\n   ')}\n`;
}
