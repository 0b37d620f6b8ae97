import { countOf } from '../core/facts/render.ts';
import { runCycle } from '../pipeline/run-cycle.ts';
import { addCommonOptions, type CommonOptions, calendarDay, chosenDays } from './options.ts';
import type { Subcommand } from './subcommand.ts';

interface RunOptions extends CommonOptions {
  date?: string;
  from?: string;
  to?: string;
}

/** `seepass run`: aggregate what is dirty, then judge and rank the chosen days. */
export const runCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(command)
      .option('--date <day>', 'judge this day', calendarDay)
      .option('--from <day>', 'first day to judge', calendarDay)
      .option('--to <day>', 'last day to judge, included', calendarDay)
      .action(async (options: RunOptions) => {
        const chosen = chosenDays(options);
        const { stores, close } = await context.openStores(options.database);
        try {
          const report = await runCycle({
            stores,
            chosen,
            asOf: context.clock(),
            timezone: context.config.timezone,
            currency: context.config.currency,
            ticketClustering: context.config.ticketClustering,
            sensitivity: context.config.sensitivity,
            clock: context.clock,
            log: context.log,
            onProgress: (line) => context.stderr.write(`${line}\n`),
          });
          if (options.json) return context.printJson(report);
          for (const day of report.days)
            context.stdout.write(
              `${day.date}: ${countOf(day.surfaces, 'surface')} judged, ${countOf(day.findings, 'finding')}, ${countOf(day.priorities, 'priority', 'priorities')}\n`,
            );
          const { aggregate, detect, rank } = report.seconds;
          context.stdout.write(`aggregate ${aggregate} s, detect ${detect} s, rank ${rank} s. See them: seepass top\n`);
        } finally {
          await close();
        }
      });
  },
};
