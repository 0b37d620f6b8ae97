import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Finding, Priority } from '../../src/core/records.ts';
import type { OpenStores } from '../../src/open-stores.ts';
import { SETTINGS } from '../scenarios/product.ts';
import { quickestTarget, type Target } from '../scenarios/targets.ts';
import { openScenario } from '../scenarios/workspace.ts';
import { type Outcome, seepassHere } from './here.ts';

let target: Target;
let opened: OpenStores;
beforeAll(async () => {
  target = await quickestTarget.make();
  // Held open: where it is embedded, each command joins it and need not start it.
  opened = await openScenario(target.database);
});
afterAll(async () => {
  await opened.close();
  await target.drop();
});

const run = (...args: string[]): Promise<Outcome> => seepassHere([...args, '--database', target.database], SETTINGS);

/** Fails unless stdout is one JSON value and nothing else. */
async function json<T>(...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/^[[{].*[\]}]\n$/);
  return JSON.parse(stdout);
}

it('before anything was judged, top and findings say what to do, and their JSON is empty', async () => {
  for (const command of ['top', 'findings']) {
    expect(await run(command)).toEqual({
      code: 0,
      stdout: 'Nothing has been judged yet. Import events, then run: seepass run\n',
      stderr: '',
    });
    expect(await json(command)).toEqual([]);
  }
  const { stdout } = await run('top', '--date', '2026-01-29');
  expect(stdout).toBe('2026-01-29 was not judged. Import events, then run: seepass run --date 2026-01-29\n');
});

it("run judges the last day that has data, says so, and reports in the contract's shape", async () => {
  const size = ['--days', '30', '--surfaces', '8', '--events', '10000'];
  await json('seed', ...size, '--end', '2026-01-30');
  const { code, stdout, stderr } = await run('run');
  expect(code).toBe(0);
  expect(stderr).toBe('Aggregating new events\nThe data ends on 2026-01-29: judging that day\nJudging 2026-01-29\n');
  expect(stdout).toMatch(
    /^2026-01-29: \d+ surfaces judged, \d+ findings?, \d+ priorit(y|ies)\naggregate .* seepass top\n$/,
  );
  const report = await json('run', '--from', '2026-01-28', '--to', '2026-01-29');
  const counted = { surfaces: expect.any(Number), findings: expect.any(Number), priorities: expect.any(Number) };
  expect(report).toEqual({
    days: [
      { date: '2026-01-28', ...counted },
      { date: '2026-01-29', ...counted },
    ],
    seconds: { aggregate: expect.any(Number), detect: expect.any(Number), rank: expect.any(Number) },
  });
});

it('top gives the ranked rows, cut, filtered, and in words', async () => {
  const rows = await json<Priority[]>('top');
  const first = rows[0]?.entity_key ?? '';
  expect(rows.map(({ rank }) => rank)).toEqual(rows.map((_, index) => index + 1));
  expect(await json('top', '--limit', '1')).toEqual(rows.slice(0, 1));
  expect(await json('top', '--date', '2026-01-29', '--surface', first)).toMatchObject([{ entity_key: first }]);
  expect(await json('top', '--surface', '/nowhere*')).toEqual([]);
  expect((await run('top', '--surface', '/nowhere*')).stdout).toContain('Nothing outside normal on /nowhere*.');
  const { stdout } = await run('top', '--limit', '1');
  expect(stdout).toMatch(/^Thu 29 Jan, Europe\/Berlin · \d+ surfaces judged/);
  expect(stdout).toContain(`1. ${first}`);
  expect(stdout).toContain(`score ${rows[0]?.score} = `);
});

it("findings gives each rule's evidence for the latest judged day, or the days named, under either profile", async () => {
  const findings = await json<Finding[]>('findings');
  const shape =
    'current date delta_pct direction entity_key entity_type evidence expected metric p_value q_value rule z';
  for (const finding of findings) {
    expect(Object.keys(finding).sort().join(' ')).toBe(shape);
    expect(finding.date).toBe('2026-01-29');
  }
  expect(findings.length).toBeGreaterThan(0);
  expect((await run('findings')).stdout).toContain(`${findings.length} finding`);
  const seed = await json<Finding[]>('findings', '--from', '2026-01-20', '--to', '2026-01-29', '--profile', 'seed');
  expect(new Set(seed.map(({ date }) => date)).size).toBeGreaterThan(1);
});
