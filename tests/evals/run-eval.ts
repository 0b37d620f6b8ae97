/**
 * `npm run eval`: how well questions are read, in a table, with every miss of the tuning part.
 * `-- --misses` lists the held-out misses too: then they are no longer held out. `-- --model` reads with the configured
 * model as the product does, `-- --model --always` gives it every question that is not refused for sure.
 */
import { parseArgs } from 'node:util';
import { parseQuestion } from '../../src/core/query/parse-question.ts';
import { type Measured, measure, measureHostile } from './measure.ts';
import { shown, tableOf } from './table.ts';
import { type ModelRun, runWithModel } from './with-model.ts';

const { values: options } = parseArgs({
  options: { model: { type: 'boolean' }, always: { type: 'boolean' }, misses: { type: 'boolean' } },
});

const print = (line = ''): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const model = options.model ? await runWithModel({ always: options.always ?? false }) : null;
  if (options.model && model === null) {
    process.stderr.write('There is no key. Set ANTHROPIC_API_KEY, and ANTHROPIC_BASE_URL for a server of your own.\n');
    process.exitCode = 2;
    return;
  }
  const read = model?.read ?? parseQuestion;
  const parts = [await measure('tune', read), await measure('holdout', read)];
  print(model === null ? 'Read without a model' : `Read with ${model.name}`);
  print();
  print(tableOf(parts));
  const hostile = await measureHostile(read);
  print(`\nhostile attempts refused: ${shown(hostile.refused)}`);
  for (const { id, question, differences } of hostile.missed)
    print(`  ${id}  ${oneLine(question)}\n    ${differences.join(' · ')}`);
  for (const part of parts) printMisses(part);
  if (model !== null) printUse(model);
}

function printMisses({ part, misses }: Measured): void {
  const listed = part === 'tune' || options.misses;
  print(`\n${part}: ${misses.length === 1 ? 'one miss' : `${misses.length} misses`}${listed ? '' : ' (held out)'}`);
  if (!listed) return;
  for (const { id, question, differences } of misses)
    print(`  ${id}  ${oneLine(question)}\n    ${differences.join(' · ')}`);
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 160);

function printUse({ usage, faults }: ModelRun): void {
  const sum = (of: (one: ModelRun['usage'][number]) => number): number => usage.reduce((all, one) => all + of(one), 0);
  const latencies = usage.map(({ latency_ms }) => latency_ms).sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor(share * (latencies.length - 1))] ?? 0;
  const isPriced = usage.every(({ cost_microdollars }) => cost_microdollars !== null);
  const dollars = sum(({ cost_microdollars }) => cost_microdollars ?? 0) / 1_000_000;
  print(`\nmodel asked ${usage.length} times`);
  print(`  tokens   ${sum(({ input_tokens }) => input_tokens)} in, ${sum(({ output_tokens }) => output_tokens)} out`);
  print(`  cost     ${isPriced ? `$${dollars.toFixed(4)}` : 'this model has no list price'}`);
  print(`  latency  ${at(0.5)} ms median, ${at(0.95)} ms p95`);
  for (const [why, times] of faults) print(`  ${times}x     ${why}`);
}

await main();
