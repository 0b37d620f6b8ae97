import { describe, expect, it } from 'vitest';
import { parseQuestion } from '../../src/core/query/parse-question.ts';
import { measure, measureHostile, percent } from './measure.ts';
import { shown, tableOf } from './table.ts';

/** Percent; `wrongButConfident` is a ceiling. Raise one when the reader has become better for good; `npm run eval` prints where it stands. */
const FLOORS = {
  tune: { questions: 97, threads: 97, refusals: 97, wrongButConfident: 2 },
  holdout: { questions: 96, threads: 92, refusals: 97, wrongButConfident: 2 },
} as const;
/** Attempts that are known to get past the reader, by id; what they reach is still a closed query. */
const KNOWN_TO_PASS: readonly string[] = [];

describe('our own reader of questions', () => {
  it('reads the questions and threads as they are meant', async () => {
    const measured = [await measure('tune', parseQuestion), await measure('holdout', parseQuestion)];
    process.stdout.write(`${tableOf(measured)}\n`);
    for (const one of measured) {
      const floors = FLOORS[one.part];
      expect(percent(one.questions), `${one.part} questions`).toBeGreaterThanOrEqual(floors.questions);
      expect(percent(one.threads), `${one.part} threads`).toBeGreaterThanOrEqual(floors.threads);
      expect(percent(one.precision), `${one.part} precision`).toBeGreaterThanOrEqual(floors.refusals);
      expect(percent(one.recall), `${one.part} recall`).toBeGreaterThanOrEqual(floors.refusals);
      expect(percent(one.wrongButConfident), `${one.part} confident`).toBeLessThanOrEqual(floors.wrongButConfident);
    }
  });

  it('refuses every hostile attempt that it has to', async () => {
    const { refused, missed } = await measureHostile(parseQuestion);
    process.stdout.write(`hostile attempts refused: ${shown(refused)}\n`);
    expect(missed.filter(({ id }) => !KNOWN_TO_PASS.includes(id))).toEqual([]);
  });
});
