import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenStores } from '../../src/open-stores.ts';
import { steadySurface } from '../core/detect/simulated.ts';
import { SETTINGS } from '../scenarios/product.ts';
import { quickestTarget, type Target } from '../scenarios/targets.ts';
import { openScenario } from '../scenarios/workspace.ts';
import { type Outcome, seepassHere } from './here.ts';

let target: Target;
let opened: OpenStores;
let folder: string;
const END = '2026-06-30';

beforeAll(async () => {
  target = await quickestTarget.make();
  opened = await openScenario(target.database);
  folder = await mkdtemp(join(tmpdir(), 'seepass-backtest-'));
  const rows = ['/a', '/b', '/c', '/d', '/e', '/checkout'].flatMap((surface) =>
    steadySurface(50, { surface, requests: 0, request_failures: 0 }, (row, back) => {
      if (surface === '/checkout' && back < 2) row.errors = 120;
    }),
  );
  const lines = rows.map(({ date, surface, pageviews, actions, dropoffs, errors, tickets }) =>
    JSON.stringify({ date, surface, pageviews, actions, dropoffs, errors, tickets }),
  );
  const file = join(folder, 'days.jsonl');
  await writeFile(file, lines.join('\n'));
  const { code, stderr } = await run('import', file, '--source', 'aggregates');
  expect(code, stderr).toBe(0);
});
afterAll(async () => {
  await opened.close();
  await target.drop();
  await rm(folder, { recursive: true });
});

const run = (...args: string[]): Promise<Outcome> => seepassHere([...args, '--database', target.database], SETTINGS);
const over = (...args: string[]): Promise<Outcome> => run('backtest', '--from', '2026-06-20', '--to', END, ...args);

async function truthFile(truth: unknown): Promise<string> {
  const path = join(folder, 'truth.json');
  await writeFile(path, typeof truth === 'string' ? truth : JSON.stringify(truth));
  return path;
}
const incident = (entity_key: string, start: string) => ({
  id: entity_key,
  kind: 'error-spike',
  entity_type: 'surface',
  entity_key,
  metric: 'error_rate',
  start,
  end: '2026-07-01',
  material: true,
});

describe('backtest', () => {
  it("gives the contract's figures, each with its interval and what it rests on", async () => {
    const truth = await truthFile({ incidents: [incident('/checkout', '2026-06-29'), incident('/a', '2026-06-29')] });
    const { code, stdout, stderr } = await over('--truth', truth, '--json');
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      precision: 1,
      recall: 0.5,
      f1: 2 / 3,
      false_alarms_per_day: 0,
      days_to_detect: 0,
      days: 11,
      surfaces: 6,
      samples: { recall: 2 },
      incidents: [
        { entity_key: '/checkout', found_on: '2026-06-29', days_to_detect: 0 },
        { entity_key: '/a', found_on: null, days_to_detect: null },
      ],
    });
    const words = (await over('--truth', truth)).stdout;
    expect(words).toContain('recall                   0.50 (95%: ');
    expect(words).toContain('missed: error-spike on /a from 2026-06-29');
  });

  it('counts what was told of a decoy as false', async () => {
    const truth = await truthFile({ incidents: [], decoys: [incident('/checkout', '2026-06-29')] });
    expect(JSON.parse((await over('--truth', truth, '--json')).stdout)).toMatchObject({
      precision: 0,
      recall: null,
      false_alarms: 1,
      decoys: [{ flagged: true }],
    });
  });

  it('is held against what people labelled', async () => {
    expect((await over('--labels')).stderr).toContain('Nobody labelled anything');
    const said = {
      entity_type: 'surface',
      date: END,
      note: null,
      created_by: 'U1',
      role: 'viewer',
      channel: null,
    } as const;
    await opened.stores.labels.put({ ...said, kind: 'false', entity_key: '/checkout' });
    await opened.stores.labels.put({ ...said, kind: 'missed', entity_key: '/b' });
    expect(JSON.parse((await over('--labels', '--json')).stdout)).toMatchObject({
      sensitivity: 'normal',
      recall: 0,
      incidents: [{ kind: 'missed', entity_key: '/b', found_on: null }],
      candidates: [
        { sensitivity: 'quiet', change: { found: 0 } },
        { sensitivity: 'eager', change: { found: 0 } },
      ],
    });
    expect((await over('--labels')).stdout).toMatch(/with sensitivity eager: \+0 of the missed found/);
  });

  it.each([
    ['no truth at all', [], 'Give either --truth <file> or --labels.'],
    ['a file that is not there', ['--truth', '/nowhere.json'], 'cannot be read'],
    ['days the wrong way round', ['--labels', '--to', '2026-06-01'], 'is after'],
  ])('refuses %s', async (_, args, words) => {
    const { code, stderr } = await over(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  it.each([
    ['no JSON', 'incidents: none', 'it is not JSON'],
    ['something else', { rows: [] }, 'incidents'],
    [
      'an incident without days',
      { incidents: [{ ...incident('/a', '2026-06-29'), start: 'monday' }] },
      'incidents.0.start',
    ],
    ['an incident that ends before it starts', { incidents: [incident('/a', '2026-07-02')] }, 'before end'],
  ])('names what is wrong with a truth file of %s', async (_, truth, words) => {
    const { code, stderr } = await over('--truth', await truthFile(truth));
    expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
  });
});
