import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startSeepass } from '../scenarios/program.ts';

it.each(['SIGINT', 'SIGTERM'] as const)(
  'leaves nothing behind when %s comes while a file is written',
  { timeout: 30_000 },
  async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'seepass-interrupt-'));
    const args = ['seed', '--events', '3000000', '--out', 'events.jsonl.gz'];
    const { process: seed } = await startSeepass(folder, args);
    try {
      const exited = once(seed, 'exit');
      while (readdirSync(folder).length === 0 && seed.exitCode === null) await delay(20);
      seed.kill(signal);
      expect(await exited).toEqual([null, signal]);
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      seed.kill('SIGKILL');
      rmSync(folder, { recursive: true });
    }
  },
);
