import type { Command } from 'commander';
import { countOf, formatCount } from '../core/facts/render.ts';
import { SeepassError } from '../errors.ts';
import type { DeliveryCount } from '../pipeline/deliveries.ts';
import type { Stores } from '../pipeline/ports.ts';
import { cliActor } from './actor.ts';
import { addCommonOptions, type CommonOptions, wholeNumber } from './options.ts';
import type { CliContext, Subcommand } from './subcommand.ts';

/** More than this wait nowhere. */
const MOST_WAITING = 1_000_000;
const COUNTED_DAYS = 7;
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

interface ListOptions extends CommonOptions {
  limit: number;
}

/** `seepass deliveries`: how the queue of what tools sent stands, and another try for what could not be read. */
export const deliveriesCommand: Subcommand = {
  configure(command, context) {
    const add = (name: string, summary: string): Command =>
      addCommonOptions(command.command(name).description(summary));

    add('list', 'what waits, what could not be read, and what was left out in the last 7 days')
      .option('--limit <n>', 'how many that could not be read', wholeNumber(1), 20)
      .action((options: ListOptions) =>
        withDeliveries(context, options, async (deliveries) => {
          const backlog = await deliveries.backlog(MOST_WAITING);
          const dead = await deliveries.dead(options.limit);
          const counts = await deliveries.counted(COUNTED_DAYS);
          if (options.json) return context.printJson({ ...backlog, dead_letters: dead, counts });
          const since = backlog.oldest === null ? '' : `, the first since ${new Date(backlog.oldest).toISOString()}`;
          context.stdout.write(`${countOf(backlog.waiting, 'delivery', 'deliveries')} to be read${since}\n`);
          for (const { id, source, received_at, attempts, last_error } of dead)
            context.stdout.write(
              `${id}  ${source}, received ${new Date(received_at).toISOString()}, ${countOf(attempts, 'try', 'tries')}: ${last_error}\n`,
            );
          if (backlog.dead > 0)
            context.stdout.write(
              `${countOf(backlog.dead, 'delivery', 'deliveries')} could not be read. Try again: seepass deliveries retry all\n`,
            );
          for (const count of counts) context.stdout.write(`${describe(count)}\n`);
        }),
      );

    add('retry', 'read one that could not be read once more, or all of them')
      .argument('[id]', 'as list shows it, or all', 'all')
      .action((id: string, options: CommonOptions) =>
        withDeliveries(context, options, async (deliveries) => {
          if (id !== 'all' && !UUID.test(id))
            throw new SeepassError('bad_arguments', `"${id.slice(0, 40)}" is no delivery's id.`, {
              fix: 'Take one from: seepass deliveries list',
            });
          const retried = await deliveries.retry(id, cliActor());
          if (retried === 0 && id !== 'all')
            throw new SeepassError('not_found', 'There is no delivery of that id that could not be read.', {
              fix: 'See: seepass deliveries list',
            });
          if (options.json) return context.printJson({ retried });
          const what = countOf(retried, 'delivery waits', 'deliveries wait');
          context.stdout.write(
            retried === 0 ? 'Nothing to retry.\n' : `${what} again: a running Seepass reads what waits.\n`,
          );
        }),
      );
  },
};

async function withDeliveries(
  context: CliContext,
  { database }: CommonOptions,
  work: (deliveries: Stores['deliveries']) => Promise<void>,
): Promise<void> {
  const { stores, close } = await context.openStores(database);
  try {
    await work(stores.deliveries);
  } finally {
    await close();
  }
}

const WORDS: Readonly<Record<DeliveryCount['outcome'], string>> = {
  duplicate: 'received again, and not stored twice',
  ignored: 'parts of a kind that says nothing here',
  rejected: 'parts not stored',
  refused: 'requests refused',
};

function describe({ source, outcome, detail, n }: DeliveryCount): string {
  return `${source}, ${COUNTED_DAYS} days: ${formatCount(n)} ${WORDS[outcome]}${detail === '' ? '' : ` (${detail})`}`;
}
