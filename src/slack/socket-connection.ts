import { SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../pipeline/ports.ts';
import { createBoltLogger } from './bolt-logger.ts';
import { createClientOptions } from './client-options.ts';
import { toDeliveryError } from './web-call.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 30_000;
const HELLO_TIMEOUT_MS = 15_000;
const CLOSE_TIMEOUT_MS = 2_000;

/** One Socket Mode connection that outlives disconnects. */
export interface SocketConnection {
  readonly receiver: SocketModeReceiver;
  /** Resolves once Slack said hello. @throws DeliveryError when the first attempt fails. */
  start(): Promise<void>;
  /** Closes the connection, or the attempt that is under way; never throws. */
  stop(): Promise<void>;
}

/**
 * Connects and reconnects here and not in the SDK: its own reconnect leaves a promise nobody awaits, so a
 * refused token or a stop during a reconnect would end the process, and it waits five seconds first.
 */
export function createSocketConnection(options: { appToken: string; apiUrl: string; log: Log }): SocketConnection {
  const { log } = options;
  const receiver = new SocketModeReceiver({
    appToken: options.appToken,
    autoReconnectEnabled: false,
    logger: createBoltLogger(log),
    installerOptions: { clientOptions: createClientOptions(options.apiUrl, log) },
    // The default acknowledges on an authorization error, and throws where the socket is already gone.
    processEventErrorHandler: async ({ error }) => {
      log.error({ err: error }, 'a delivery from Slack could not be handled');
      return false;
    },
  });
  const { client } = receiver;
  let stopping = false;
  let wake = (): void => undefined;
  let loop: Promise<void> = Promise.resolve();

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  /** Ends when the connection that it opened is lost; throws when none could be opened. */
  async function connectOnce(onOpen: () => void): Promise<void> {
    let onGone = (): void => undefined;
    const gone = new Promise<void>((resolve) => {
      onGone = resolve;
    });
    client.once('disconnected', onGone);
    try {
      await open(onOpen, gone);
    } finally {
      // What could not be opened is never lost: its listener would stay, one for each try of a long outage.
      client.off('disconnected', onGone);
    }
  }

  async function open(onOpen: () => void, gone: Promise<void>): Promise<void> {
    const started = client.start().catch((error: unknown) => {
      throw toDeliveryError(
        error ?? new Error('the connection was closed before Slack said hello'),
        'apps.connections.open',
      );
    });
    if ((await within(started, HELLO_TIMEOUT_MS)) === 'late') {
      void client.disconnect().catch(() => undefined);
      throw toDeliveryError(new Error('Slack opened a connection and never said hello'), 'apps.connections.open');
    }
    if (stopping) {
      await within(client.disconnect(), CLOSE_TIMEOUT_MS);
      return;
    }
    onOpen();
    await gone;
  }

  async function keepConnected(onFirst: { done: () => void; failed: (error: unknown) => void }): Promise<void> {
    let failures = 0;
    let opened = false;
    while (!stopping) {
      let asked = 0;
      try {
        await connectOnce(() => {
          if (opened) log.info({}, 'connected to Slack again');
          opened = true;
          failures = 0;
          onFirst.done();
        });
      } catch (error) {
        if (!opened) {
          onFirst.failed(error);
          return;
        }
        failures += 1;
        const known = toDeliveryError(error, 'apps.connections.open');
        asked = known.retryAfterMs ?? 0;
        const level = failures === 1 || known.failure === 'permanent' ? 'error' : 'warn';
        log[level]({ reason: known.reason, failures }, `cannot reconnect to Slack yet: ${known.line}`);
      }
      if (!stopping) await pause(Math.max(asked, Math.min(FIRST_WAIT_MS * 2 ** failures, LONGEST_WAIT_MS)));
    }
    onFirst.done();
  }

  return {
    receiver,
    start: () =>
      new Promise<void>((resolve, reject) => {
        stopping = false;
        loop = keepConnected({ done: resolve, failed: reject });
      }),
    async stop() {
      stopping = true;
      wake();
      await within(client.disconnect(), CLOSE_TIMEOUT_MS);
      await within(loop, CLOSE_TIMEOUT_MS);
    },
  };
}

/** Waits for a promise, but no longer than this; its failure counts only when it comes in time. */
async function within(promise: Promise<unknown>, ms: number): Promise<'done' | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  try {
    promise.catch(() => undefined);
    return await Promise.race([promise.then(() => 'done' as const), late]);
  } finally {
    clearTimeout(timer);
  }
}
