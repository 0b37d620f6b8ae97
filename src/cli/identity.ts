import { countOf } from '../core/facts/render.ts';
import { addCommonOptions, type CommonOptions } from './options.ts';
import type { Subcommand } from './subcommand.ts';

export const IDENTITY_DAYS = 28;
const DAY = 86_400_000;

/** `seepass identity`: of the people and accounts of each tool, how many are known in the others. */
export const identityCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(command).action(async (options: CommonOptions) => {
      const { stores, close } = await context.openStores(options.database);
      try {
        const end = context.clock();
        const start = end - IDENTITY_DAYS * DAY;
        const matches = await stores.identity.matches({ start, end });
        if (options.json)
          return context.printJson({ start: new Date(start).toISOString(), end: new Date(end).toISOString(), matches });
        context.stdout.write(`The past ${IDENTITY_DAYS} days, until ${new Date(end).toISOString()}\n`);
        for (const { source, other, of, seen, matched, rate } of matches)
          context.stdout.write(
            `  ${(rate * 100).toFixed(0).padStart(3)}%  ${matched} of ${countOf(seen, of === 'users' ? 'user' : 'account')} in ${source} were seen in ${other}\n`,
          );
        if (matches.length === 0)
          context.stdout.write('Fewer than two sources sent people or accounts, so there is nothing to match.\n');
        else context.stdout.write('Keys to match by are declared: docs/workspace-config.md#people-and-accounts\n');
      } finally {
        await close();
      }
    });
  },
};
