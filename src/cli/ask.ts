import type { Command } from 'commander';
import { askDeps, createAsking } from '../asking.ts';
import { contractAnswer } from '../core/query/answer/contract.ts';
import type { Answer } from '../core/query/answer-body.ts';
import { SeepassError } from '../errors.ts';
import type { AskDeps } from '../pipeline/ask/ask-deps.ts';
import { replayReceipt } from '../pipeline/ask/replay.ts';
import { askBatch } from './ask-batch.ts';
import { cliRequest } from './cli-request.ts';
import { readMoment } from './moment.ts';
import { addCommonOptions, type CommonOptions } from './options.ts';
import type { CliContext, Subcommand } from './subcommand.ts';

interface AskOptions extends CommonOptions {
  asOf?: string;
  thread?: string;
  batch?: string;
  replay?: string;
}

/** `seepass ask`: a plain question, its answer with dates, definition and receipt. */
export const askCommand: Subcommand = {
  configure(command: Command, context: CliContext) {
    addCommonOptions(command)
      .argument('[question...]', 'the question, in plain English')
      .option('--as-of <moment>', 'ask as if it were then: 2026-01-30T09:00:00Z, or a date for its end')
      .option('--thread <id>', 'go on in that conversation: "and for login?", "why?"')
      .option('--batch <file|->', 'many questions: one JSON object a line with id, question, as_of and thread')
      .option('--replay <receipt>', 'compute an earlier answer again: did it move, and why?')
      .action(async (words: string[], options: AskOptions) => {
        const question = words.join(' ');
        checkUse(question, options);
        const asOf = momentOf(options.asOf, context);
        const opened = await context.openStores(options.database);
        try {
          if (options.replay !== undefined)
            return await replay(options.replay, askDeps(context.config, opened, context), options, context);
          const ask = await createAsking(context.config, opened, context);
          if (options.batch !== undefined) return await askBatch(options.batch, { ask, asOf, context });
          const answer = await ask(cliRequest(question, asOf, options.thread ?? null));
          if (options.json) return context.printJson(contractAnswer(answer));
          context.stdout.write(describe(answer));
        } finally {
          await opened.close();
        }
      });
  },
};

async function replay(receipt: string, deps: AskDeps, { json }: AskOptions, context: CliContext): Promise<void> {
  const { asker, audience, channel } = cliRequest('', context.clock(), null);
  const { text, moved } = await replayReceipt(deps, { receipt, asker, audience, channel });
  if (json) return context.printJson({ receipt, moved, text });
  context.stdout.write(`${text}\n`);
}

function checkUse(question: string, { batch, thread, replay }: AskOptions): void {
  if (replay !== undefined) {
    if (question.trim() === '' && thread === undefined && batch === undefined) return;
    throw new SeepassError('bad_arguments', '--replay stands alone.', {
      fix: 'Leave out the question, --thread and --batch.',
    });
  }
  if (batch === undefined) {
    if (question.trim() !== '') return;
    throw new SeepassError('bad_arguments', 'There is no question.', {
      fix: 'Write it in quotes: seepass ask "how many errors on checkout yesterday?"',
    });
  }
  if (question.trim() !== '' || thread !== undefined)
    throw new SeepassError('bad_arguments', '--batch stands alone: its lines hold questions and threads.', {
      fix: 'Leave out the question and --thread.',
    });
}

function momentOf(text: string | undefined, { clock, config }: CliContext): number {
  if (text === undefined) return clock();
  const moment = readMoment(text, config.timezone);
  if (moment === undefined)
    throw new SeepassError('bad_arguments', '--as-of must be a moment.', {
      fix: 'Write it as 2026-01-30T09:00:00Z, or a date.',
    });
  return moment;
}

function describe({ text, receipt, body }: Answer): string {
  const next = body.followUps.map(({ question }) => `“${question}”`);
  return [
    text,
    ...(next.length > 0 ? [`Ask next: ${next.join(', ')}`] : []),
    ...(receipt === null ? [] : [`Receipt ${receipt}`]),
    '',
  ].join('\n');
}
