import type { Log } from '../../src/pipeline/ports.ts';

const nothing = (): void => undefined;

/** For tests whose subject is not what is logged. */
export const silentLog: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
