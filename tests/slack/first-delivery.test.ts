import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFirstDelivery } from '../../src/slack/listeners/first-delivery.ts';

describe('the first delivery of a message', () => {
  it('is exactly one of any number of copies, under one event id or many, in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.constantFrom('e1', 'e2', 'e3'), { minLength: 1 }),
        async (s, ids) => {
          const seen = new Set<string>();
          const claim = s.scheduleFunction(async (key: string) => {
            const first = !seen.has(key);
            seen.add(key);
            return first;
          });
          const copies = ids.map((eventId) =>
            isFirstDelivery({ firstDelivery: claim }, { eventId, team: 'T', channel: 'C', ts: '1.2' }),
          );
          await s.waitAll();
          expect((await Promise.all(copies)).filter(Boolean)).toHaveLength(1);
        },
      ),
      { numRuns: 60 },
    );
  });
});
