import type { Command } from 'commander';
import { DEFAULT_DATABASE } from '../open-stores.ts';
import { openDatabase, parseDatabaseTarget } from '../postgres/database.ts';
import { migrateToLatest } from '../postgres/migrate.ts';
import { addCommonOptions, type CommonOptions } from './options.ts';
import type { CliContext, Subcommand } from './subcommand.ts';

/** `seepass migrate`: brings a database to this version's schema, and says what it did. */
export const migrateCommand: Subcommand = {
  configure(command: Command, context: CliContext) {
    addCommonOptions(command).action(async (options: CommonOptions) => {
      const database = options.database ?? context.config.database.url?.reveal() ?? DEFAULT_DATABASE;
      const handle = await openDatabase(parseDatabaseTarget(database), { log: context.log });
      try {
        const { applied } = await migrateToLatest(handle);
        if (options.json) return context.printJson({ applied, database: handle.description });
        const done = applied.length === 0 ? 'Nothing to apply' : `Applied ${applied.join(', ')}`;
        context.stdout.write(`${done}. The database ${handle.description} is up to date.\n`);
      } finally {
        await handle.close();
      }
    });
  },
};
