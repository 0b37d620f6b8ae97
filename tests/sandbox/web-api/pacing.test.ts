import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STRICT_PACING } from '../../../src/sandbox/pacing.ts';
import { type Place, startPlace } from './place.ts';

let now = Date.UTC(2026, 0, 30, 8);
let place: Place;
beforeAll(async () => {
  place = await startPlace('socket', { clock: () => now, pacing: STRICT_PACING });
});
afterAll(() => place.running.stop());

/** `taken`, or how many seconds to wait. */
async function post(channel: string): Promise<string | number> {
  try {
    await place.running.app.client.chat.postMessage({ channel: place.channel(channel), text: 'hi' });
    return 'taken';
  } catch (error) {
    if (error instanceof Error && 'retryAfter' in error) return Number(error.retryAfter);
    throw error;
  }
}
const postMany = async (channel: string, count: number) => {
  const answers: (string | number)[] = [];
  for (let one = 0; one < count; one += 1) answers.push(await post(channel));
  return answers;
};

describe('posting in one channel', () => {
  it('takes a short burst, then asks to wait a second for each message', async () => {
    expect(await postMany('support', 6)).toEqual(['taken', 'taken', 'taken', 'taken', 1, 1]);
    now += 1_000;
    expect(await postMany('support', 2)).toEqual(['taken', 1]);
    now += 2_500;
    expect(await postMany('support', 3)).toEqual(['taken', 'taken', 1]);
  });

  it('leaves other channels alone, and posts nothing it refused', async () => {
    await postMany('eng-oncall', 7);
    expect(await post('leadership')).toBe('taken');
    expect(place.running.sandbox.messages('#eng-oncall')).toHaveLength(4);
  });

  it('has its whole burst again after a rest, and no more', async () => {
    now += 60_000;
    expect(await postMany('eng-oncall', 5)).toEqual(['taken', 'taken', 'taken', 'taken', 1]);
  });

  it('answers 429 with Retry-After and ratelimited', async () => {
    const answer = await fetch(`${place.running.sandbox.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${place.running.sandbox.botToken}` },
      body: new URLSearchParams({ channel: place.channel('eng-oncall'), text: 'hi' }),
    });
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
      429,
      '1',
      { ok: false, error: 'ratelimited' },
    ]);
  });
});
