// Development and tests only: threads of the compiled program start three times as fast, where the tests name one.
import { getEnvironmentData } from 'node:worker_threads';

const compiled = getEnvironmentData('compiled program');
if (compiled) await import(`${compiled}/src/charts/chart-worker.js`);
else {
  // On Node 20 tsx reaches a thread only when it is registered inside of it.
  const { register } = await import('tsx/esm/api');
  register();
  await import('./chart-worker.ts');
}
