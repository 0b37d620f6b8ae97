import { expect, it } from 'vitest';
import { enoughFirst, undividedGroups } from '../../../../src/core/query/answer/enough-first.ts';
import { answerMetric } from '../../../../src/core/query/answer/metric-answer.ts';
import { plainText } from '../../../../src/core/query/answer/plain-text.ts';
import { askedOf, figure, queryOf, resultOf, row } from './asked.ts';

it('says which groups have nothing to divide by, and does not count them among those not shown', () => {
  const query = queryOf({ metric: 'error_rate', group_by: ['release'] });
  const of = (release: string, [errors, views]: [number, number]) =>
    row({ key: { release }, figure: figure([errors, views]) });
  const found = resultOf(figure([67, 9_000]), {
    rows: [of('web@2', [30, 4_000]), of('web@1', [20, 5_000]), of('api@1', [3, 0]), of('api@2', [14, 0])],
    groups: 4,
  });
  const { metric } = askedOf(query, found);
  const undivided = undividedGroups(found, query, metric);
  const text = plainText(answerMetric(askedOf(query, enoughFirst(found, query, metric), { undivided })).body);
  expect(text).toContain(
    'api@2 (14 errors) and api@1 (3 errors) have no pageviews to divide by: they are left out here, and counted in the whole.',
  );
  expect(text).not.toContain('Showing');
});
