import { describe, expect, it } from 'vitest';
import { holdoutScenarios } from './holdout.ts';
import { type Measured, measure } from './measure.ts';
import { tuneScenarios } from './tune.ts';

/** Percent of the scenarios whose planted cause is among the first two; `npm run eval:assess -- --holdout` says where it stands. */
const FLOORS = { tune: 97, holdout: 92 } as const;

const percent = (share: number): number => Math.round(share * 1000) / 10;
/** One of each kind: the whole part is what the command measures. */
const oneOfEach = <One extends { family: string }>(all: readonly One[]): One[] => [
  ...new Map(all.map((one) => [one.family, one])).values(),
];

function line(part: string, { outcomes, firstTwo, first }: Measured): string {
  return `${part}: ${outcomes.length} scenarios, first two ${percent(firstTwo)}%, first ${percent(first)}%\n`;
}

describe('assessing without a model', () => {
  it('has the planted cause among its first two hypotheses', async () => {
    for (const [part, scenarios] of [
      ['tune', tuneScenarios()],
      ['holdout', holdoutScenarios()],
    ] as const) {
      const measured = await measure(oneOfEach(scenarios));
      process.stdout.write(line(part, measured));
      expect(measured.outcomes.length).toBeGreaterThanOrEqual(30);
      expect(percent(measured.firstTwo), part).toBeGreaterThanOrEqual(FLOORS[part]);
    }
  }, 60_000);
});
