/** The app as it ships, started as a process of its own against the local Slack workspace. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../src/paths.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/sandbox.ts';

export const SECRET = 'a secret of the benchmark';
export const TOKEN = 'a-token-of-the-benchmark';

export interface RunningApp {
  readonly url: string;
  /** Megabytes that it holds now; NaN where the system does not tell. */
  memory(): Promise<number>;
  /** Seconds of processor time so far; NaN where the system does not tell. */
  processor(): Promise<number>;
  kill(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** The local Slack workspace and starts of the app in it. */
export interface AppStarter {
  start(database: string): Promise<RunningApp>;
  stop(): Promise<void>;
}

export async function createAppStarter(): Promise<AppStarter> {
  const sandbox = await startSandbox();
  return { start: (database) => startApp(database, sandbox), stop: () => sandbox.stop() };
}

async function startApp(database: string, sandbox: Sandbox): Promise<RunningApp> {
  const built = join(packageRoot, 'dist', 'src', 'main.js');
  const fromSource = import.meta.filename.endsWith('.ts') || !existsSync(built);
  const program = fromSource ? ['--import', 'tsx', join(packageRoot, 'src', 'main.ts')] : [built];
  const child = spawn(process.execPath, [...program, '--database', database], {
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR },
      ...{ SLACK_BOT_TOKEN: sandbox.botToken, SLACK_APP_TOKEN: sandbox.appToken, SLACK_API_URL: sandbox.apiUrl },
      ...{ SEEPASS_HTTP_PORT: '0', SEEPASS_LOG_LEVEL: 'error', SEEPASS_INGEST_TOKEN: TOKEN },
      ...{ SEEPASS_PSEUDONYM_KEY: SECRET, SEEPASS_DELIVERY_KEY: SECRET, SEEPASS_WEBHOOK_SECRET_POSTHOG: SECRET },
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = once(child, 'exit');
  const url = await whenUp(child);
  const read = (file: string) => readFile(`/proc/${child.pid}/${file}`, 'utf8').catch(() => '');
  return {
    url,
    memory: async () => Number(/VmRSS:\s+(\d+)/.exec(await read('status'))?.[1] ?? Number.NaN) / 1000,
    async processor() {
      const fields = (await read('stat')).split(' ');
      return (Number(fields[13]) + Number(fields[14])) / 100;
    },
    async kill(signal) {
      child.kill(signal);
      await gone;
    },
  };
}

function whenUp(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-4_000);
      const url = /Seepass is up: .*HTTP on (http:\S+?),/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', () => reject(new Error(`The app did not start: ${said}`)));
  });
}
