import { addCommonOptions, type CommonOptions } from './options.ts';
import type { Subcommand } from './subcommand.ts';
import { untilStopped } from './until-stopped.ts';

/** `seepass start`: the app itself, until SIGTERM or SIGINT. */
export const startCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(command).action(async (options: CommonOptions) => {
      // Loaded here: the Slack and model SDKs would slow down every other subcommand.
      const { createApp } = await import('../app.ts');
      const { config, clock, newId } = context;
      const log = context.serviceLog();
      const opened = await context.openStores(options.database);
      try {
        const app = await createApp({ config, opened, log, clock, newId });
        await app.start();
        // Before it says so: whoever reads that it is up may stop it at once.
        const stopped = untilStopped();
        context.stderr.write(`Seepass is up: ${app.description}. Stop it with Ctrl-C.\n`);
        log.info({ signal: await stopped }, 'stopping');
        await app.stop();
      } finally {
        await opened.close();
      }
    });
  },
};
