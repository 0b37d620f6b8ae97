import type { Check } from './check.ts';
import { checkEmbeddings } from './check-embeddings.ts';
import { checkConfig, checkDatabase, checkModel, checkSlack } from './doctor-checks.ts';
import { addCommonOptions, type CommonOptions } from './options.ts';
import type { Subcommand } from './subcommand.ts';

const MARKS = { ok: 'ok  ', warn: 'note', fail: 'FAIL' } as const;

/** `seepass doctor`: looks at everything Seepass stands on and says what to do. Exit 1 when something fails. */
export const doctorCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(command).action(async (options: CommonOptions) => {
      const checks: Check[] = checkConfig(context);
      if (checks.every((check) => check.state !== 'fail')) {
        checks.push(...(await checkDatabase(context, options.database)));
        checks.push(...(await checkSlack(context)));
        checks.push(...(await checkModel(context)));
        checks.push(await checkEmbeddings(context, options.database));
      }
      const failed = checks.some((check) => check.state === 'fail');
      if (failed) context.setExitCode(1);
      if (options.json) return context.printJson({ healthy: !failed, checks });
      for (const check of checks) {
        context.stdout.write(`${MARKS[check.state]}  ${check.name}: ${check.found}\n`);
        if (check.fix !== null) context.stdout.write(`      -> ${check.fix}\n`);
      }
    });
  },
};
