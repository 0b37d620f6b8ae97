import { Option } from 'commander';
import { countOf } from '../core/facts/render.ts';
import type { Finding, Profile, Sensitivity } from '../core/records.ts';
import { PROFILES } from '../core/records.ts';
import { findDays } from '../pipeline/judge.ts';
import type { Stores } from '../pipeline/ports.ts';
import { printHourlyFindings } from './hourly-findings.ts';
import { addCommonOptions, type CommonOptions, calendarDay, chosenDays, sensitivityOption } from './options.ts';
import type { Subcommand } from './subcommand.ts';

interface FindingsOptions extends CommonOptions {
  grain: 'day' | 'hour';
  from?: string;
  to?: string;
  profile: Profile;
  sensitivity?: Sensitivity;
}

/** `seepass findings`: what the rules say of each day, computed from the rollups; by the hour, what the hourly job found. */
export const findingsCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(command)
      .addOption(
        new Option('--grain <grain>', 'day computes; hour reads what the hourly job of `seepass start` stored')
          .choices(['day', 'hour'])
          .default('day'),
      )
      .option('--from <day>', 'first day (default: the latest judged day; by the hour, the last seven)', calendarDay)
      .option('--to <day>', 'last day, included', calendarDay)
      .addOption(
        new Option('--profile <name>', 'default is ours; seed is the rule the product grew from')
          .choices(PROFILES)
          .default('default'),
      )
      .addOption(sensitivityOption())
      .action(async (options: FindingsOptions) => {
        const { stores, close } = await context.openStores(options.database);
        try {
          if (options.grain === 'hour') return await printHourlyFindings(stores, context, options);
          const chosen = chosenDays(options) ?? (await latestDay(stores));
          const findings =
            chosen === undefined
              ? []
              : await findDays({
                  stores,
                  ...chosen,
                  timezone: context.config.timezone,
                  profile: options.profile,
                  sensitivity: options.sensitivity ?? context.config.sensitivity,
                  log: context.log,
                });
          if (options.json) return context.printJson(findings);
          if (chosen === undefined)
            return void context.stdout.write('Nothing has been judged yet. Import events, then run: seepass run\n');
          for (const finding of findings) context.stdout.write(`${describe(finding)}\n`);
          context.stdout.write(
            `${countOf(findings.length, 'finding')} from ${chosen.first} to ${chosen.last}, profile ${options.profile}, ${context.config.timezone}\n`,
          );
        } finally {
          await close();
        }
      });
  },
};

async function latestDay({ priorities }: Stores): Promise<{ first: string; last: string } | undefined> {
  const day = await priorities.latestDay();
  return day && { first: day.date, last: day.date };
}

function describe(finding: Finding): string {
  const figure = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(3))));
  const against = finding.current === null ? '' : `  ${figure(finding.current)} against ${figure(finding.expected)}`;
  const p = finding.p_value === null ? '' : `  p ${finding.p_value.toExponential(1)}`;
  return `${finding.date}  ${finding.entity_key}  ${finding.rule}  ${finding.metric}${finding.direction ? ` ${finding.direction}` : ''}${against}${p}`;
}
