const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs `cleanUp` when somebody stops the process meanwhile, then lets the signal end it as it would have.
 * @returns a function that takes this back once there is nothing left to clean up.
 */
export function onInterrupt(cleanUp: () => void): () => void {
  const forget = (): void => {
    for (const signal of SIGNALS) process.off(signal, stop);
  };
  function stop(signal: NodeJS.Signals): void {
    forget();
    cleanUp();
    process.kill(process.pid, signal);
  }
  for (const signal of SIGNALS) process.once(signal, stop);
  return forget;
}
