import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { writeEventsTo } from '../../src/cli/write-events.ts';
import { builtProgram } from '../scenarios/program.ts';

describe('standard output', () => {
  it('is waited for whenever it is full, without piling up listeners', async () => {
    let bytes = 0;
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        void nextTurn().then(() => done());
      },
    });
    const events = Array.from({ length: 2_000 }, (_, n) => ({ n, text: 'x'.repeat(1_000) }));
    expect(await writeEventsTo(events, slow, () => undefined)).toBe(2_000);
    expect(bytes).toBeGreaterThan(2_000_000);
    expect([slow.listenerCount('drain'), slow.listenerCount('close')]).toEqual([0, 0]);
  });

  it.skipIf(!existsSync('/dev/full'))('that cannot be written ends in one line and exit code 1', async () => {
    const main = join(await builtProgram(), 'src', 'cli', 'main.js');
    const command = `"${process.execPath}" "${main}" help > /dev/full`;
    const { status, stderr } = spawnSync('/bin/sh', ['-c', command], { encoding: 'utf8' });
    expect(stderr).toBe('seepass: Standard output cannot be written (ENOSPC). Free some space there.\n');
    expect(status).toBe(1);
  });
});
