// A worker of the compiled program, in a process that may be killed at any moment. Plain JavaScript: a loader that
// translates TypeScript would take most of the time.
import { once } from 'node:events';

/** @type {import('./mortal-worker.ts').WorkerOrder} */
const { program, database, workspace, url, owner, epoch, speed, leaseMs } = JSON.parse(process.argv[2] ?? '');
const from = (/** @type {string} */ file) => import(`${program}/src/${file}.js`);
const [{ openDatabase }, { createStores }, { createExecutionWorker }, { createLog }, core] = await Promise.all(
  ['postgres/database', 'postgres/stores', 'pipeline/acting/worker', 'log', 'core/actions'].map(from),
);
const { v7: newId } = await import('uuid');
const { z } = await import('zod');

const log = createLog('silent');
const clock = () => epoch + (Date.now() - epoch) * speed;
const parameters = z.strictObject({ to: z.string() });
const done = { kind: 'done', summary: 'Done.', link: null, details: {} };
const call = async (/** @type {string} */ method, /** @type {string} */ key, /** @type {AbortSignal} */ signal) =>
  fetch(`${url}/${encodeURIComponent(key)}`, { method, signal });
const common = { title: 'Call', risk: 'medium', timeoutMs: 5_000, parameters, fields: [], preview: () => [] };
const execute = async (_, { idempotencyKey, signal }) => {
  const { status } = await call('POST', idempotencyKey, signal);
  return status === 200 ? done : { kind: 'not_done', words: 'It was busy.', retryAfterMs: 1_000 };
};
const registry = core.createActionRegistry([
  core.defineAction({
    ...{ ...common, id: 'asked', idempotent: false, execute },
    reconcile: async (_, { idempotencyKey, signal }) =>
      (await call('GET', idempotencyKey, signal)).status === 200 ? { ...done, summary: 'Found.' } : { kind: 'absent' },
  }),
  core.defineAction({ ...common, id: 'blind', idempotent: false, execute }),
]);

process.send?.('loaded');
await once(process, 'message');
const handle = await openDatabase(database, { log });
const context = { workspace, timezone: 'UTC', failureStatuses: [], clock, newId, log };
const worker = createExecutionWorker({
  ...{ stores: createStores(handle, context), policy: { admins: ['U_ANN'], approvers: [] }, owner, leaseMs },
  ...{ groupMembers: async () => null, actions: async () => registry, timezone: 'UTC', clock, log },
  stopping: new AbortController().signal,
});
process.send?.('started');
for (;;) {
  await worker.take();
  await new Promise((resolve) => setTimeout(resolve, 10));
}
