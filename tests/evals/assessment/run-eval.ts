/**
 * `npm run eval:assess`: how often the planted cause is among the first two hypotheses, without a model. The misses of the
 * tuning part are listed; `-- --holdout` adds the sums of the held-out part and the hard one, never their misses.
 */
import { parseArgs } from 'node:util';
import { hardScenarios } from './hard.ts';
import { holdoutScenarios } from './holdout.ts';
import { type Measured, measure } from './measure.ts';
import { tuneScenarios } from './tune.ts';

const { values: options } = parseArgs({ options: { holdout: { type: 'boolean' } } });
const print = (line = ''): void => void process.stdout.write(`${line}\n`);
const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

function report(part: string, { outcomes, unseen, firstTwo, first, calibration }: Measured): void {
  print(
    `${part}: ${outcomes.length} scenarios (${unseen.length} more were not flagged), first two ${percent(firstTwo)}, first ${percent(first)}`,
  );
  for (const { confidence, said, right } of calibration)
    if (said > 0) print(`  ${confidence.padEnd(6)} said ${said} times, right ${percent(right / said)}`);
}

const tune = await measure(tuneScenarios());
report('tune', tune);
for (const { scenario, found, ranked } of tune.outcomes.filter(({ firstTwo }) => !firstTwo)) {
  const named = ranked.map(({ category, probability }) => `${category} ${probability.toFixed(2)}`).join(', ');
  print(`  ${scenario.id}: planted ${scenario.causes.join(' and ')} on ${scenario.page}; found ${found}: ${named}`);
}
if (options.holdout) {
  report('holdout', await measure(holdoutScenarios()));
  report('hard', await measure(hardScenarios()));
}
