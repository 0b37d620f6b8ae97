import { z } from 'zod';
import { contractAnswer } from '../core/query/answer/contract.ts';
import { SeepassError } from '../errors.ts';
import type { Ask } from '../pipeline/ask/ask.ts';
import type { InputRecord } from '../pipeline/ingest.ts';
import { cliRequest } from './cli-request.ts';
import { openInput } from './input-bytes.ts';
import { isWithinReach, readMoment } from './moment.ts';
import { readLines } from './read-lines.ts';
import { decoded } from './read-records.ts';
import type { CliContext } from './subcommand.ts';

/** Questions under way at a time: one reads while another is worded; more would only slow each other past the time limit. */
const CONCURRENCY = 2;

const text = z.union([z.string(), z.number()]).transform(String);
const lineSchema = z.object({
  id: text.nullish(),
  question: z.string({ error: 'question must be text' }),
  /** As events write their time: a moment, or epoch milliseconds. */
  as_of: z.union([z.string(), z.number()], { error: 'as_of must be a moment such as 2026-01-30T09:00:00Z' }).nullish(),
  thread: text.nullish(),
});

interface BatchOptions {
  ask: Ask;
  /** For lines without `as_of`, epoch milliseconds. */
  asOf: number;
  context: Pick<CliContext, 'stdin' | 'stdout' | 'stderr' | 'config' | 'newId' | 'clock' | 'setExitCode' | 'log'>;
}

/**
 * One contract JSON a line out for each line in, in order. A line that cannot be used or answered gives
 * `{"id","line","error"}`, and the rest goes on. Threads are the batch's own: their names hold within it.
 */
export async function askBatch(path: string, options: BatchOptions): Promise<void> {
  const { context } = options;
  const input = await openInput(path, context.stdin);
  const batch = context.newId();
  const started = context.clock();
  const underway: Promise<AnsweredLine>[] = [];
  const counts = { answered: 0, failed: 0 };
  const printNext = async (): Promise<void> => {
    const line = await underway.shift();
    if (line === undefined) return;
    counts[line.failed ? 'failed' : 'answered'] += 1;
    context.stdout.write(`${JSON.stringify(line.printed)}\n`);
  };
  const lines = readLines(decoded(input.chunks()));
  for await (const group of lines)
    for (const record of group) {
      if (underway.length >= CONCURRENCY) await printNext();
      underway.push(answerLine(record, batch, options));
    }
  while (underway.length > 0) await printNext();
  const seconds = ((context.clock() - started) / 1000).toFixed(1);
  const failed = counts.failed === 0 ? '' : `, ${counts.failed} not: see the lines with "error"`;
  context.stderr.write(`${counts.answered} answered in ${seconds} s${failed}\n`);
}

interface AnsweredLine {
  printed: Readonly<Record<string, unknown>>;
  failed: boolean;
}

async function answerLine(record: InputRecord, batch: string, options: BatchOptions): Promise<AnsweredLine> {
  const refuse = (id: string | null, error: string): AnsweredLine => ({
    printed: { id, line: record.line, error },
    failed: true,
  });
  if (record.reason !== undefined) return refuse(null, record.reason);
  const { ask, asOf, context } = options;
  const parsed = lineSchema.safeParse(record.value);
  if (!parsed.success) return refuse(idOf(record.value), parsed.error.issues[0]?.message ?? 'is no question');
  const { id = null, question, as_of, thread } = parsed.data;
  const moment = typeof as_of === 'string' ? readMoment(as_of, context.config.timezone) : (as_of ?? asOf);
  if (moment === undefined || !isWithinReach(moment))
    return refuse(id, `as_of "${as_of}" is no moment: write 2026-01-30T09:00:00Z`);
  try {
    const answer = await ask(cliRequest(question, moment, thread == null ? null : `${batch}:${thread}`));
    return { printed: { id, ...contractAnswer(answer) }, failed: false };
  } catch (error) {
    context.setExitCode(1);
    if (!(error instanceof SeepassError)) context.log.error({ err: error }, 'a question could not be answered');
    return refuse(id, error instanceof SeepassError ? error.line : 'something went wrong inside Seepass');
  }
}

function idOf(value: unknown): string | null {
  const found = z.object({ id: text }).safeParse(value);
  return found.success ? found.data.id : null;
}
