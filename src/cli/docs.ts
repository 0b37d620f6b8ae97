import type { Command } from 'commander';
import { countOf } from '../core/facts/render.ts';
import { runbookWords, staleWords } from '../core/runbook/told.ts';
import type { Stores } from '../pipeline/ports.ts';
import { listStale, readStats } from '../pipeline/runbooks/report.ts';
import { cliActor } from './actor.ts';
import { addDocuments } from './docs-add.ts';
import { addCommonOptions, type CommonOptions, wholeNumber } from './options.ts';
import type { CliContext, Subcommand } from './subcommand.ts';

/** `seepass docs`: the runbooks that questions and assessments cite. */
export const docsCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(
      command.command('add').description('add files, or a folder of them; the same name is a new version'),
    )
      .argument('<path...>', 'files (.md, .txt, .pdf) or folders; see docs/runbooks.md')
      .action((paths: string[], options: CommonOptions) => addDocuments(paths, options, context));

    configureReading(command, context, 'list', 'every runbook with its number', async ({ runbooks }) => {
      const all = await runbooks.list('operator');
      const lines = all.map((runbook) => `${runbook.number}  ${runbook.title}: ${runbookWords(runbook)}`);
      return { value: all, lines: [...lines, countOf(all.length, 'runbook')] };
    });

    configureReading(command, context, 'stale', 'runbooks that somebody should look over', async (stores) => {
      const stale = await listStale(settingOf(stores, context), 'operator');
      const lines = stale.map(({ runbook, reason }) => `${runbook.number}  ${runbook.title}: ${staleWords(reason)}`);
      return { value: stale, lines: [...lines, `${countOf(stale.length, 'runbook')} to look over`] };
    });

    configureReading(command, context, 'stats', 'how many there are, and what nobody wrote of', async (stores) => {
      const stats = await readStats(settingOf(stores, context), 'operator');
      const gaps = stats.gaps.map(({ about, asked }) => `   asked for ${countOf(asked, 'time')}: ${about}`);
      const lines = [
        `${countOf(stats.runbooks, 'runbook')} with ${countOf(stats.sections, 'section')}; ${stats.restricted} for named channels or groups only, ${stats.stale} to look over`,
        gaps.length === 0
          ? 'Nothing was looked for in vain in the past 90 days'
          : 'Looked for in vain in the past 90 days:',
        ...gaps,
      ];
      return { value: stats, lines };
    });

    addCommonOptions(command.command('remove').description('delete a runbook for good, with all its versions'))
      .argument('<number>', 'as docs list has it', wholeNumber(1, 2 ** 31 - 1))
      .action(async (number: number, options: CommonOptions) => {
        const { stores, close } = await context.openStores(options.database);
        try {
          const by = { actor: cliActor(), role: 'admin', channel: null } as const;
          const removed = await stores.runbooks.remove(number, by);
          if (options.json) return context.printJson(removed);
          context.stdout.write(`Removed runbook ${removed.number}, ${removed.title}, with all its versions\n`);
        } finally {
          await close();
        }
      });
  },
};

const settingOf = ({ runbooks }: Stores, { config, clock }: CliContext) => ({
  runbooks,
  timezone: config.timezone,
  asOf: clock(),
});

/** A subcommand that only reads: as JSON its value, else its lines. */
function configureReading(
  command: Command,
  context: CliContext,
  name: string,
  description: string,
  read: (stores: Stores) => Promise<{ value: unknown; lines: readonly string[] }>,
): void {
  addCommonOptions(command.command(name).description(description)).action(async (options: CommonOptions) => {
    const { stores, close } = await context.openStores(options.database);
    try {
      const { value, lines } = await read(stores);
      if (options.json) return context.printJson(value);
      context.stdout.write(`${lines.join('\n')}\n`);
    } finally {
      await close();
    }
  });
}
