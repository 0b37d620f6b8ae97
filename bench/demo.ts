/**
 * From `npm run demo` to the digest on the page: the compiled program in an empty folder, with the embedded database
 * and the made-up product as a newcomer gets them, until its page is printed and the digest is in the channel.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { packageRoot } from '../src/paths.ts';

const LIMIT_SECONDS = 60;

const workspaceSchema = z.object({
  viewer: z.object({ id: z.string() }),
  channels: z.array(z.object({ id: z.string(), name: z.string() })),
});
const messagesSchema = z.object({ messages: z.array(z.object({ text: z.string() })) });

export interface DemoBench {
  /** Wall time in seconds. */
  untilPage: number;
  untilDigest: number;
  cores: number;
}

/** @throws Error when the demo ends early; needs `npm ci` (or `npm run build`) before. */
export async function benchDemo(): Promise<DemoBench> {
  const folder = await mkdtemp(join(tmpdir(), 'seepass-bench-demo-'));
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const demo = spawn(process.execPath, [join(packageRoot, 'dist', 'src', 'cli', 'main.js'), 'demo', '--port', '0'], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, SEEPASS_HTTP_PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const over = once(demo, 'exit');
  try {
    const printed = once(demo.stdout.setEncoding('utf8'), 'data').then(([text]: string[]) => text?.trim());
    const url = await Promise.race([printed, over.then(() => undefined)]);
    if (url === undefined) throw new Error(`The demo ended with ${demo.exitCode} before it printed its page.`);
    const untilPage = seconds();
    await digestOn(url);
    return { untilPage, untilDigest: seconds(), cores: availableParallelism() };
  } finally {
    demo.kill('SIGTERM');
    await over;
    await rm(folder, { recursive: true, force: true });
  }
}

/** Asks the page's own door until the channel shows a digest. */
async function digestOn(page: string): Promise<void> {
  const read = async (path: string, asked: Record<string, string>): Promise<unknown> => {
    const response = await fetch(new URL(`/sandbox/${path}?${new URLSearchParams(asked)}`, page));
    if (!response.ok) throw new Error(`The page answered ${path} with HTTP ${response.status}.`);
    return response.json();
  };
  const { viewer, channels } = workspaceSchema.parse(await read('workspace', { as: '' }));
  const channel = channels.find(({ name }) => name === 'product-health');
  if (!channel) throw new Error('The workspace has no #product-health.');
  for (let tries = 0; tries < 100; tries += 1) {
    const { messages } = messagesSchema.parse(await read('messages', { as: viewer.id, channel: channel.id }));
    if (messages.some(({ text }) => text.startsWith('Seepass for '))) return;
    await delay(100);
  }
  throw new Error('The digest did not come to #product-health.');
}

/** The figure and its limit, one line. */
export function describeDemo({ untilPage, untilDigest, cores }: DemoBench): string {
  return `demo, from its start to the digest on the page: ${untilDigest.toFixed(1)} s on ${cores} cores (limit ${LIMIT_SECONDS} s), its address printed after ${untilPage.toFixed(1)} s`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(`${describeDemo(await benchDemo())}\n`);
