/** A Slack that fails in every way it can, and what it was made to bear. */
import type { Rng } from '../../src/core/simulate/rng.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';

/** Every other time, the next few calls of one of the methods go wrong. @returns how many. */
export function planFault({ control }: Sandbox, random: Rng, methods: readonly string[]): number {
  const method = random.pick(methods);
  const calls = 1 + random.below(3);
  const faults = [
    () => control.rateLimit(method, { calls, retryAfterSeconds: 1 + random.below(90) }),
    () => control.fail(method, { calls }),
    () => control.failAfterAccepting(method, { calls }),
    () => control.dropResponse(method, { calls }),
    () => control.slowResponse(method, 20, { calls }),
  ];
  const fault = faults[random.below(faults.length * 2)];
  fault?.();
  return fault === undefined ? 0 : calls;
}

/** The least between two messages in one channel, in milliseconds. */
export function closest(sandbox: Sandbox, channels: readonly string[]): number {
  const gaps = channels.flatMap((channel) => {
    const times = sandbox
      .messages(channel)
      .flatMap((message) => sandbox.thread(message))
      .map(({ ts }) => Number(ts) * 1000)
      .sort((a, b) => a - b);
    return times.slice(1).map((time, index) => time - (times[index] ?? 0));
  });
  return Math.min(...gaps);
}
