export interface Repeating {
  /** From now on it runs by itself. */
  start(): void;
  /** Runs now, after what is under way; rejects when this run fails. */
  now(): Promise<void>;
  /** No more runs; resolves when the last one is over. */
  stop(): Promise<void>;
}

/** Runs `work` again and again, never twice at once, `intervalMs` after the last run ended. */
export function repeatEvery(
  intervalMs: number,
  work: () => Promise<void>,
  onError: (error: unknown) => void,
): Repeating {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  const run = (): Promise<void> => {
    const run = running.then(() => (stopped ? undefined : work()));
    running = run.catch(() => undefined);
    return run;
  };
  const schedule = (): void => {
    if (stopped) return;
    timer = setTimeout(() => run().catch(onError).finally(schedule), intervalMs);
  };
  return {
    start: schedule,
    now: run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
