import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Half of the suite waits, for a database, a browser or a process: with one worker a core a fifth of them is idle.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // What a test makes is mostly garbage at once: with room for more of it, collecting it takes a fifth less of a core.
    // Much of what a test calls runs for a moment: optimising it at the usual point costs more than it saves.
    execArgv: ['--max-semi-space-size=64', '--interrupt-budget=1000000'],
    // Lets a worker keep its databases from file to file and drop them at its end.
    environment: './tests/support/worker-environment.ts',
    setupFiles: ['./tests/support/property-draws.ts', './tests/support/compiled-threads.ts'],
    // Loading the modules anew for each file would cost half a minute; no test changes one.
    isolate: false,
    // Of a run before, what did not change is not compiled again: the first ten seconds of a run were nothing else.
    experimental: { fsModuleCache: true },
    // Only what hangs shall run into these, however busy the machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
