import { parseDocument, stringify } from 'yaml';
import { countOf } from '../core/facts/render.ts';
import {
  type DeclaredConfig,
  parseDeclaredConfig,
  type WorkspaceConfig,
  withDefaults,
} from '../core/workspace-config.ts';
import { SeepassError } from '../errors.ts';
import { applyWorkspaceConfig, readWorkspaceConfig } from '../pipeline/workspace-config.ts';
import { cliActor } from './actor.ts';
import { openInput } from './input-bytes.ts';
import { addCommonOptions, type CommonOptions } from './options.ts';
import type { Subcommand } from './subcommand.ts';

/** Far more than anybody writes by hand. */
const LARGEST = 1024 * 1024;

/** `seepass config`: what the workspace declares about itself, its funnels, reconciliations and maintenance. */
export const configCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(command.command('apply').description('put a YAML or JSON file in place of what holds'))
      .argument('<file>', 'the file, or - for standard input; see docs/workspace-config.md')
      .action(async (file: string, options: CommonOptions) => {
        const declared = await readDeclared(file, context.stdin);
        const { stores, close } = await context.openStores(options.database);
        try {
          const changed = await applyWorkspaceConfig(stores.settings, declared, cliActor());
          const config = withDefaults(declared);
          if (options.json) return context.printJson({ changed, config });
          context.stdout.write(
            changed
              ? `Applied: ${describe(config)}. It counts from the next: seepass run\n`
              : `Nothing changed: ${describe(config)}.\n`,
          );
        } finally {
          await close();
        }
      });

    addCommonOptions(
      command.command('show').description('what holds, defaults included, as YAML that apply takes'),
    ).action(async (options: CommonOptions) => {
      const { stores, close } = await context.openStores(options.database);
      try {
        const config = await readWorkspaceConfig(stores.settings);
        if (options.json) return context.printJson(config);
        context.stdout.write(stringify(config));
      } finally {
        await close();
      }
    });
  },
};

/** Every JSON file is a YAML file too. */
async function readDeclared(file: string, stdin: NodeJS.ReadableStream): Promise<DeclaredConfig> {
  const input = await openInput(file, stdin);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input.chunks()) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > LARGEST) throw faulty(input.name, ['The file is larger than 1 MB']);
  }
  const document = parseDocument(Buffer.concat(chunks).toString('utf8'), { prettyErrors: true });
  if (document.errors.length > 0)
    throw faulty(
      input.name,
      document.errors.map(({ message }) => withoutExcerpt(message)),
    );
  const { declared, faults } = parseDeclaredConfig(resolved(document));
  if (declared) return declared;
  throw faulty(input.name, faults);
}

/** Its first line; the library shows the place in the file below it. */
const withoutExcerpt = (message: string): string => message.replace(/:?\n[\s\S]*$/, '');

/** Aliases that would grow without end are refused by the library while they are resolved. */
function resolved(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new SeepassError('bad_input', 'The file repeats parts of itself too often.', { cause: error });
  }
}

function faulty(name: string, faults: readonly string[]): SeepassError {
  const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
  return new SeepassError('bad_input', `${name} has ${count}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`, {
    fix: '\nNothing was applied. See docs/workspace-config.md for every key.',
  });
}

function describe({ reconciliations, funnels, maintenance }: WorkspaceConfig): string {
  const parts = [countOf(reconciliations.length, 'reconciliation'), countOf(funnels.length, 'funnel')];
  if (maintenance.length > 0) parts.push(countOf(maintenance.length, 'maintenance window'));
  return parts.join(', ');
}
