import { describe, expect, it } from 'vitest';
import { type FailureCount, nameFailures, pagesThatFail } from '../../../src/core/detect/name-failures.ts';
import { finding } from '../../support/priority.ts';

const storm = finding('failure-storm', 'failure_rate', { entity_key: '/hooks', evidence: { count: 50 } });
const errors = finding('spike', 'error_rate', { entity_key: '/hooks' });
const failed = (status: number, count: number, endpoint: string | null = 'POST /hooks'): FailureCount => ({
  surface: '/hooks',
  endpoint,
  status,
  count,
});

describe('naming what fails', () => {
  it('adds the largest endpoints and statuses with their share, and changes nothing else', () => {
    const counts = [failed(503, 3), failed(403, 46), failed(500, 1, null), { ...failed(502, 99), surface: '/other' }];
    expect(nameFailures([storm, errors], counts)).toEqual([
      {
        ...storm,
        evidence: {
          count: 50,
          failing: [
            { endpoint: 'POST /hooks', status: 403, count: 46, share: 0.92 },
            { endpoint: 'POST /hooks', status: 503, count: 3, share: 0.06 },
            { endpoint: null, status: 500, count: 1, share: 0.02 },
          ],
        },
      },
      errors,
    ]);
  });

  it('names three at most, the same ones in whatever order they are counted', () => {
    const counts = [failed(500, 5), failed(502, 5), failed(503, 5), failed(504, 5)];
    const [named] = nameFailures([storm], counts);
    expect(named?.evidence.failing).toMatchObject([{ status: 500, share: 0.25 }, { status: 502 }, { status: 503 }]);
    expect(nameFailures([storm], counts.toReversed())).toEqual([named]);
  });

  it('adds nothing where no request is known', () => expect(nameFailures([storm], [])).toEqual([storm]));

  it('asks for the pages of storms only', () => expect(pagesThatFail([errors, storm])).toEqual(['/hooks']));
});
