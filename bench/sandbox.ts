/**
 * What the local workspace adds to one Web API call: the same request, taken and answered by it and by a bare HTTP
 * server that parses nothing, in turns of the same run. Once as plain requests, once through Slack's own client.
 */
import { createServer } from 'node:http';
import { type Logger, LogLevel, WebClient } from '@slack/web-api';
import { startSandbox } from '../src/sandbox/sandbox.ts';

const LIMIT_MS = 5;
const WARM_UP = 200;
const CALLS = 1_000;

interface Times {
  median: number;
  p99: number;
}

interface Added {
  call: string;
  floor: Times;
  sandbox: Times;
}

export interface SandboxBench {
  calls: number;
  added: Added[];
}

type Call = () => Promise<unknown>;

const nothing = (): void => {};
const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

/** Reads the request, answers the least a client takes. */
async function startFloor(): Promise<{ apiUrl: string; stop(): void }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the floor has no port');
  return {
    apiUrl: `http://127.0.0.1:${address.port}/api/`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export async function benchSandbox(): Promise<SandboxBench> {
  const sandbox = await startSandbox();
  const floor = await startFloor();
  const message = {
    channel: sandbox.ids.channels['product-health'] ?? '',
    text: 'What to fix next',
    blocks: digestBlocks(),
  };
  const callsOn = (slackApiUrl: string): Record<string, Call> => {
    const client = new WebClient(sandbox.botToken, { slackApiUrl, logger: silent, retryConfig: { retries: 0 } });
    const headers = { authorization: `Bearer ${sandbox.botToken}`, 'content-type': 'application/json; charset=utf-8' };
    const body = JSON.stringify(message);
    const post = async (): Promise<void> => {
      const answer = await fetch(`${slackApiUrl}chat.postMessage`, { method: 'POST', headers, body });
      if (!(await answer.text()).startsWith('{"ok":true')) throw new Error('the message was refused');
    };
    return {
      'auth.test by its client': () => client.auth.test(),
      'chat.postMessage by its client': () => client.apiCall('chat.postMessage', message),
      'chat.postMessage by fetch': post,
    };
  };
  try {
    const [ours, bare] = [callsOn(sandbox.apiUrl), callsOn(floor.apiUrl)];
    const added: Added[] = [];
    for (const [call, run] of Object.entries(ours)) added.push({ call, ...(await compare(run, bare[call] ?? run)) });
    return { calls: CALLS, added };
  } finally {
    floor.stop();
    await sandbox.stop();
  }
}

/** Ten sections with a button each: about what the digest posts. */
function digestBlocks(): object[] {
  const section = (index: number): object => ({
    type: 'section',
    text: {
      type: 'mrkdwn',
      text: `*${index}.* Errors on /checkout rose after release 2.4.1, and tickets with them. `.repeat(4),
    },
    accessory: {
      type: 'button',
      action_id: `details-${index}`,
      text: { type: 'plain_text', text: 'Details' },
      value: `${index}`,
    },
  });
  return Array.from({ length: 10 }, (_, index) => section(index + 1));
}

/** In turns, so that whatever slows the machine slows both. */
async function compare(ours: Call, bare: Call): Promise<{ floor: Times; sandbox: Times }> {
  const [floor, sandbox]: [number[], number[]] = [[], []];
  for (let round = 0; round < WARM_UP + CALLS; round += 1) {
    const [bareTime, ourTime] = [await timed(bare), await timed(ours)];
    if (round < WARM_UP) continue;
    floor.push(bareTime);
    sandbox.push(ourTime);
  }
  return { floor: timesOf(floor), sandbox: timesOf(sandbox) };
}

async function timed(work: Call): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function timesOf(samples: number[]): Times {
  samples.sort((a, b) => a - b);
  const at = (share: number): number => samples[Math.floor(samples.length * share)] ?? 0;
  return { median: at(0.5), p99: at(0.99) };
}

/** One line a call: what is added at the median and at the 99th percentile, and both servers' own figures. */
export function describeSandbox({ calls, added }: SandboxBench): string {
  const words = ({ median, p99 }: Times): string => `${median.toFixed(2)}/${p99.toFixed(2)}`;
  return added
    .map(({ call, floor, sandbox }) => {
      const more = { median: sandbox.median - floor.median, p99: sandbox.p99 - floor.p99 };
      return `sandbox, ${call} (${calls} calls, median/p99 in ms): adds ${words(more)} (limit ${LIMIT_MS}); ${words(sandbox)} against a bare server's ${words(floor)}`;
    })
    .join('\n');
}

if (process.argv[1] === import.meta.filename) process.stdout.write(`${describeSandbox(await benchSandbox())}\n`);
