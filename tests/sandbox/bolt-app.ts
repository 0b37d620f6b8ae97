/** A real Bolt app that does one of everything, against a workspace of its own. */
import { createServer } from 'node:net';
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';

export interface Running {
  sandbox: Sandbox;
  app: App;
  /** Every event, command and interaction the app heard of, by kind. */
  heard: { kind: string; body: Record<string, unknown>; retry: number | undefined }[];
  stop(): Promise<void>;
}

export type TransportName = 'socket' | 'http';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Starts a workspace and an app in it. `register` adds listeners before the app starts. */
export async function startBolt(
  transport: TransportName,
  register: (app: App) => void,
  options: SandboxOptions = {},
): Promise<Running> {
  const port = transport === 'http' ? await freePort() : 0;
  const signingSecret = 'a-signing-secret';
  const http = { http: `http://127.0.0.1:${port}/slack/events`, signingSecret };
  const sandbox = await startSandbox({ ...options, transport: transport === 'http' ? http : 'socket' });
  const clientOptions = { slackApiUrl: sandbox.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const receiver =
    transport === 'http'
      ? new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR })
      : new SocketModeReceiver({
          appToken: sandbox.appToken,
          logLevel: LogLevel.ERROR,
          clientPingTimeout: 500,
          installerOptions: { clientOptions: { slackApiUrl: sandbox.apiUrl } },
        });
  const app = new App({ token: sandbox.botToken, receiver, clientOptions, logLevel: LogLevel.ERROR });
  const heard: Running['heard'] = [];
  app.use(async ({ body, context, next }) => {
    const event = 'event' in body ? body.event : undefined;
    const type = event === undefined ? ('command' in body ? 'command' : body.type) : event.type;
    heard.push({ kind: String(type), body: { ...body }, retry: context.retryNum });
    await next();
  });
  register(app);
  await app.start(port);
  return {
    sandbox,
    app,
    heard,
    async stop() {
      await app.stop();
      await sandbox.stop();
    },
  };
}
