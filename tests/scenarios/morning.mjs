// One morning of the compiled app, in a process that may be killed at any moment. Plain JavaScript: a loader
// that translates TypeScript would double the time until it is ready.
import { once } from 'node:events';

/** @type {{program: string, settings: Record<string, string>, database: string, asOf: number, now: number}} */
const { program, settings, database, asOf, now } = JSON.parse(process.argv[2] ?? '');
const [{ createApp }, { loadConfig }, { openStores }, { createLog }, { runCycle }, { judgeHours }, { v7: newId }] =
  await Promise.all([
    import(`${program}/src/app.js`),
    import(`${program}/src/config.js`),
    import(`${program}/src/open-stores.js`),
    import(`${program}/src/log.js`),
    import(`${program}/src/pipeline/run-cycle.js`),
    import(`${program}/src/pipeline/judge-hours.js`),
    import('uuid'),
  ]);
const config = loadConfig(settings);
const log = createLog(config.logLevel);

process.send?.('ready');
await once(process, 'message');
const began = Date.now();
const clock = () => now + Date.now() - began;
const opened = await openStores(config, database, { log, clock, newId });
const own = { stores: opened.stores, clock, log };
const app = await createApp({
  ...{ config, opened, clock, newId, log, schedule: false },
  // Not in a thread: SIGKILL takes that too, and each would load the judging part of the program once more.
  judging: {
    runCycle: (input) => runCycle({ ...input, ...own }),
    judgeHours: (input) => judgeHours({ ...input, ...own }),
  },
});
await app.start();
await app.runDigest(asOf);
await app.stop();
await opened.close();
process.disconnect();
