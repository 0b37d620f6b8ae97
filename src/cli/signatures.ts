import type { Command } from 'commander';
import { countOf } from '../core/facts/render.ts';
import { dateInZone } from '../core/window.ts';
import { SeepassError } from '../errors.ts';
import type { Stores } from '../pipeline/ports.ts';
import type { KnownSignature, SignatureActor } from '../pipeline/signatures.ts';
import { cliActor } from './actor.ts';
import { addCommonOptions, type CommonOptions, wholeNumber } from './options.ts';
import type { CliContext, Subcommand } from './subcommand.ts';

interface ListOptions extends CommonOptions {
  limit: number;
  search?: string;
}

/** `seepass signatures`: the known errors, and merging those that are one fault. */
export const signaturesCommand: Subcommand = {
  configure(command, context) {
    const add = (name: string, summary: string): Command =>
      addCommonOptions(command.command(name).description(summary));

    add('list', 'latest seen first')
      .option('--limit <n>', 'how many at most', wholeNumber(1), 20)
      .option('--search <text>', 'only those that hold this text')
      .action((options: ListOptions) =>
        withStores(context, options, async ({ signatures }) => {
          const known = await signatures.list(options.limit, options.search);
          if (options.json) return context.printJson(known);
          for (const each of known) context.stdout.write(`${line(each, context.config.timezone)}\n`);
          if (known.length === 0)
            context.stdout.write(
              options.search === undefined
                ? 'No errors are known yet. Import events first: seepass import <file>\n'
                : `No known error holds "${options.search}".\n`,
            );
        }),
      );

    add('show', 'all that is known of one')
      .argument('<signature>', 'as list shows it')
      .action((signature: string, options: CommonOptions) =>
        withStores(context, options, async (stores) => {
          const known = await get(stores, signature);
          if (options.json) return context.printJson(known);
          context.stdout.write(describe(known, context.config.timezone));
        }),
      );

    add('merge', 'count one under another, from its first day on')
      .argument('<from>', 'the signature that is counted elsewhere')
      .argument('<into>', 'the signature it is counted under')
      .action((from: string, into: string, options: CommonOptions) =>
        withStores(context, options, async (stores) => {
          await stores.signatures.merge(from, into, actor());
          await tell(context, options, stores, from, `"${from}" is counted under "${into}".`);
        }),
      );

    add('unmerge', 'count one for itself again')
      .argument('<signature>', 'the signature that was merged')
      .action((signature: string, options: CommonOptions) =>
        withStores(context, options, async (stores) => {
          const into = await stores.signatures.unmerge(signature, actor());
          await tell(context, options, stores, signature, `"${signature}" is no longer counted under "${into}".`);
        }),
      );
  },
};

async function withStores(
  context: CliContext,
  { database }: CommonOptions,
  work: (stores: Stores) => Promise<void>,
): Promise<void> {
  const { stores, close } = await context.openStores(database);
  try {
    await work(stores);
  } finally {
    await close();
  }
}

async function get({ signatures }: Stores, signature: string): Promise<KnownSignature> {
  const known = await signatures.find(signature);
  if (known !== undefined) return known;
  throw new SeepassError('not_found', `No error has the signature "${signature}".`, {
    fix: 'See the known ones: seepass signatures list.',
  });
}

function actor(): SignatureActor {
  return { actor: cliActor(), role: 'admin', channel: null };
}

async function tell(
  context: CliContext,
  { json }: CommonOptions,
  stores: Stores,
  signature: string,
  sentence: string,
): Promise<void> {
  if (json) return context.printJson(await get(stores, signature));
  context.stdout.write(`${sentence} Its days are made again with the next: seepass run\n`);
}

function line({ signature, last_seen, merged_into, merged }: KnownSignature, timezone: string): string {
  const where = merged_into === null ? '' : `  counted under "${merged_into}"`;
  const others = merged.length === 0 ? '' : `  with ${countOf(merged.length, 'other')}`;
  return `${dateInZone(last_seen, timezone)}  ${signature}${where}${others}`;
}

function describe(known: KnownSignature, timezone: string): string {
  const facts: [string, string | null][] = [
    ['says', known.title === known.signature ? null : known.title],
    ['example', known.example === '' ? null : known.example.split('\n').slice(0, 3).join('\n               ')],
    [
      'first seen',
      `${dateInZone(known.first_seen, timezone)}${known.first_release ? ` in ${known.first_release}` : ''}`,
    ],
    ['last seen', dateInZone(known.last_seen, timezone)],
    ['releases', known.releases.join(', ') || null],
    ['first link', known.first_url],
    ['latest link', known.latest_url === known.first_url ? null : known.latest_url],
    ['counted under', known.merged_into],
    ['counts', known.merged.join('\n               ') || null],
  ];
  const told = facts.flatMap(([name, value]) => (value === null ? [] : `  ${name.padEnd(13)}${value}\n`));
  return `${known.signature}\n${told.join('')}`;
}
