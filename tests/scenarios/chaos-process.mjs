// The compiled app as one of several processes, in a time that its parent keeps: it works when told to, and may be
// killed at any moment. Plain JavaScript: a loader that translates TypeScript would double the time until it is ready.
import { once } from 'node:events';

/** @type {{program: string, settings: Record<string, string>, database: string}} */
const { program, settings, database } = JSON.parse(process.argv[2] ?? '');
const from = (file) => import(`${program}/src/${file}.js`);
const [{ createApp }, { loadConfig }, { openStores }, { createLog }, { repeatEvery }, { judgeHours }, { runCycle }] =
  await Promise.all(
    ['app', 'config', 'open-stores', 'log', 'repeat-every', 'pipeline/judge-hours', 'pipeline/run-cycle'].map(from),
  );
const { v7: newId } = await import('uuid');
const config = loadConfig(settings);
const log = createLog(config.logLevel);

process.send?.({ is: 'loaded' });
let [{ now }] = await once(process, 'message');
const clock = () => now;
const opened = await openStores(config, database, { log, clock, newId });
const own = { stores: opened.stores, clock, log };
const loops = [];
const app = await createApp({
  ...{ config, opened, clock, newId, log, schedule: false },
  repeat(...given) {
    const loop = repeatEvery(...given);
    loops.push(loop);
    return { ...loop, start: () => undefined };
  },
  judging: {
    runCycle: (input) => runCycle({ ...input, ...own }),
    judgeHours: (input) => judgeHours({ ...input, ...own }),
  },
});
await app.start();

process.on('message', async ({ now: at, tick }) => {
  now = at;
  const works = loops.map((loop) => loop.now());
  if (tick !== null) works.push(app.runHours(tick));
  process.send?.({ is: 'begun' });
  const ends = await Promise.allSettled(works);
  process.send?.({ is: 'done', faults: ends.flatMap(({ reason }) => (reason === undefined ? [] : [String(reason)])) });
});
// Its parent is gone: so is it.
process.on('disconnect', () => process.exit());
process.send?.({ is: 'started' });
