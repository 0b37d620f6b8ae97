import type { Command } from 'commander';
import { sealAudit } from '../pipeline/audit/seal-audit.ts';
import { type ExportChoice, exportToFile } from './audit/export.ts';
import { type ListChoice, listAudit } from './audit/list.ts';
import { type VerifyChoice, verify } from './audit/verify.ts';
import { addCommonOptions, type CommonOptions, wholeNumber } from './options.ts';
import type { CliContext, Subcommand } from './subcommand.ts';

/** `seepass audit`: who did what, and whether the record of it is whole. */
export const auditCommand: Subcommand = {
  configure(command, context) {
    const add = (name: string, summary: string): Command =>
      addCommonOptions(command.command(name).description(summary));

    add('list', 'latest first, in plain words')
      .option('--who <id>', 'a member ID of Slack, system, or cli')
      .option('--what <kind>', 'questions, access, settings, approvals, incidents, roles, …')
      .option('--since <time>', '24h, 7d, yesterday, 2026-01-20')
      .option('--limit <n>', 'how many at most', wholeNumber(1, 10_000), 50)
      .action((options: ListChoice) => listAudit(options, context));

    add('export', 'seal what is there, then write the chain as JSON lines, which verify by themselves')
      .argument('[file]', 'the file, or - for standard output', '-')
      .option('--after <segment>', 'only what was sealed after this segment', wholeNumber(0), 0)
      .action((file: string, options: ExportChoice) => exportToFile(file, options, context));

    add('verify', 'hash everything again; exit 1 when anything is not as it was sealed')
      .argument('[file]', 'an exported file, or - for standard input; without one the database')
      .option('--head <hash>', 'a hash that was kept elsewhere: it has to be in the chain')
      .action((file: string | undefined, options: VerifyChoice) => verify(file, options, context));

    add('seal', 'seal what is not sealed yet; a running Seepass does so by itself').action((options: CommonOptions) =>
      seal(options, context),
    );
  },
};

async function seal({ database, json }: CommonOptions, context: CliContext): Promise<void> {
  const { stores, close } = await context.openStores(database);
  try {
    const sealed = await sealAudit(stores, context.log);
    const { end } = await stores.auditChain.end();
    if (json) return context.printJson({ ...sealed, head: end });
    context.stdout.write(`Sealed ${sealed.entries} entries. The chain ends at segment ${end.number}, ${end.hash}\n`);
  } finally {
    await close();
  }
}
