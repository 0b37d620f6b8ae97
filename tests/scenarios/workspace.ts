/** The settings of an app that works in a sandbox, and a way to start it there. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { type App, createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { type OpenStores, openStores } from '../../src/open-stores.ts';
import type { Clock } from '../../src/pipeline/ports.ts';
import { repeatEvery } from '../../src/repeat-every.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { silentLog } from '../support/silent-log.ts';
import { MORNING, SETTINGS } from './product.ts';

export const CHANNEL = 'product-health';

/** The environment a person would write down for this workspace: maya and jonas may approve. */
export function sandboxSettings(sandbox: Sandbox, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { maya = '', jonas = '' } = sandbox.ids.people;
  return {
    ...SETTINGS,
    SLACK_BOT_TOKEN: sandbox.botToken,
    SLACK_APP_TOKEN: sandbox.appToken,
    SLACK_SIGNING_SECRET: sandbox.signingSecret,
    SLACK_API_URL: sandbox.apiUrl,
    SEEPASS_CHANNEL: CHANNEL,
    SEEPASS_ADMINS: maya,
    SEEPASS_APPROVERS: `${jonas}, ${maya}`,
    SEEPASS_HTTP_PORT: '0',
    ...more,
  };
}

export const openScenario = (database: string, clock: Clock = () => MORNING): Promise<OpenStores> =>
  openStores(loadConfig(SETTINGS), database, { log: silentLog, clock, newId: uuidv7 });

/** Starts the real app; nothing of it runs on when it cannot start. The caller closes the stores after stop(). */
export async function startApp(
  settings: Readonly<Record<string, string>>,
  opened: OpenStores,
  clock: Clock = () => MORNING,
): Promise<App> {
  const config = loadConfig(settings);
  const app = await createApp({ config, opened, clock, newId: uuidv7, log: silentLog, schedule: false });
  await app.start().catch(async (error: unknown) => {
    await app.stop();
    throw error;
  });
  return app;
}

/** What the app does again and again by itself, so many times as often. */
export const hurried =
  (times: number): typeof repeatEvery =>
  (intervalMs, ...work) =>
    repeatEvery(intervalMs / times, ...work);

/** A port nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
