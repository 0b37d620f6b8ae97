/** Node, as the tests run in it anyhow, and with it an end of the worker: vitest itself tells only when a file ends. */
import { builtinEnvironments, type Environment } from 'vitest/runtime';

type Undo = () => Promise<void>;

declare global {
  /** Is called when this worker has run all of its test files. */
  function atWorkerEnd(undo: Undo): void;
}

const environment: Environment = {
  name: 'worker',
  viteEnvironment: 'ssr',
  async setup(global: typeof globalThis, options) {
    const node = await builtinEnvironments.node.setup(global, options);
    const undos: Undo[] = [];
    global.atWorkerEnd = (undo) => {
      undos.push(undo);
    };
    return {
      async teardown() {
        await Promise.all(undos.map((undo) => undo()));
        await node.teardown(global);
      },
    };
  },
};

export default environment;
