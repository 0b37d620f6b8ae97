import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Running, startSeepass } from '../scenarios/program.ts';
import { embeddedTarget } from '../scenarios/targets.ts';

it('demo prints its page, and nothing else, on stdout, and ends on SIGTERM with exit code 0', {
  timeout: 60_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seepass-demo-'));
  const target = await embeddedTarget.make();
  let demo: Running | undefined;
  try {
    const size = ['--events', '2000', '--port', '0', '--database', target.database];
    demo = await startSeepass(folder, ['demo', ...size], { SEEPASS_HTTP_PORT: '0' });
    while (!demo.output.stderr.includes('Feed it')) {
      if (demo.process.exitCode !== null) throw new Error(`It ended: ${demo.output.stderr}`);
      await delay(20);
    }
    const [url = '', ...rest] = demo.output.stdout.split('\n');
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(rest).toEqual(['']);
    const page = await fetch(new URL('/sandbox/workspace?as=', url));
    expect(await page.json()).toMatchObject({ channels: expect.arrayContaining([expect.anything()]) });
    demo.process.kill('SIGTERM');
    expect(await demo.finished).toMatchObject({ code: 0, stdout: `${url}\n` });
    expect(await readdir(folder)).toEqual([]);
  } finally {
    demo?.process.kill('SIGKILL');
    await target.drop();
    await rm(folder, { recursive: true, force: true });
  }
});
