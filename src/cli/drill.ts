import { describeDrill } from '../core/backtest/drill.ts';
import { countOf } from '../core/facts/render.ts';
import { SeepassError } from '../errors.ts';
import { runDrill } from '../pipeline/drill.ts';
import { addCommonOptions, type CommonOptions } from './options.ts';
import type { Subcommand } from './subcommand.ts';

/** `seepass drill`: plants incidents in a copy of the last three weeks and says how many detection finds. */
export const drillCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(command).action(async (options: CommonOptions) => {
      const { stores, close } = await context.openStores(options.database);
      try {
        const { timezone } = context.config;
        const report = await runDrill({ stores, asOf: context.clock(), timezone, log: context.log });
        if ('refused' in report) throw new SeepassError('not_found', report.refused, { fix: report.fix });
        if (options.json) return context.printJson(report);
        context.stdout.write(
          `${report.first} to ${report.last}, ${timezone} · ${countOf(report.surfaces, 'surface')}\n`,
        );
        context.stdout.write(`${describeDrill(report)}\n`);
        for (const { kind, surface, start } of report.missed)
          context.stdout.write(`missed: ${kind} on ${surface} from ${start}\n`);
        context.stdout.write('Nothing was written into the real days.\n');
      } finally {
        await close();
      }
    });
  },
};
