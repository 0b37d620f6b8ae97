import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OpenStores } from '../../src/open-stores.ts';
import { SETTINGS } from '../scenarios/product.ts';
import { quickestTarget, type Target } from '../scenarios/targets.ts';
import { openScenario } from '../scenarios/workspace.ts';
import { type Outcome, seepassHere } from './here.ts';

const AS_OF = '2026-01-28T09:00:00+01:00';

let target: Target;
let opened: OpenStores;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-ask-'));
  target = await quickestTarget.make();
  // Held open, so that each command joins it and need not start it.
  opened = await openScenario(target.database);
  const file = join(folder, 'events.jsonl');
  await writeFile(file, events().join('\n'));
  expect(await seepass('import', file)).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await opened.close();
  await target.drop();
  await rm(folder, { recursive: true });
});

const seepass = (...args: string[]): Promise<Outcome> =>
  seepassHere([...args, '--database', target.database], SETTINGS);

/** Two weeks of ten views a day on two pages; a tenth of them fail, on /checkout twice as many in the second week. */
function events(): string[] {
  const lines: string[] = [];
  for (let day = 12; day <= 25; day++)
    for (const surface of ['/checkout', '/login'])
      for (let view = 0; view < 10; view++) {
        const ts = `2026-01-${day}T1${view}:00:00+01:00`;
        const base = { ts, source: 'posthog', surface, account: `a${view}`, user: `u${view}` };
        lines.push(JSON.stringify({ ...base, type: 'pageview', id: `p-${surface}-${day}-${view}` }));
        const failing = surface === '/checkout' && day >= 19 ? 2 : 1;
        if (view < failing)
          lines.push(
            JSON.stringify({
              ...base,
              source: 'sentry',
              type: 'error',
              id: `e-${surface}-${day}-${view}`,
              meta: { error_code: 'E_PAY' },
            }),
          );
      }
  return lines;
}

const contractSchema = z.strictObject({
  intent: z.string(),
  query: z.looseObject({ metric: z.string().nullable() }).nullable(),
  rows: z.array(z.record(z.string(), z.unknown())),
  facts: z.array(
    z.strictObject({ id: z.string(), label: z.string(), value: z.union([z.string(), z.number()]), unit: z.string() }),
  ),
  text: z.string(),
  receipt: z.string().nullable(),
  reason: z.string().nullable(),
});

describe('one question', () => {
  it('is answered in words, with what to ask next and a receipt', async () => {
    const { code, stdout, stderr } = await seepass(
      'ask',
      'error rate on /checkout last week vs the week before',
      '--as-of',
      AS_OF,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^20% error rate on \/checkout last week, up from 10% \(Mon 19–Sun 25 Jan against 12–18 Jan\)\.\n14 errors in 70 pageviews\./,
    );
    expect(stdout).toMatch(/\nAsk next: “.+”\nReceipt [0-9A-Z]{8}\n$/);
  });

  it('gives the contract as JSON', async () => {
    const { stdout } = await seepass('ask', 'errors by page last week', '--as-of', AS_OF, '--json');
    const answer = contractSchema.parse(JSON.parse(stdout));
    expect(answer).toMatchObject({
      intent: 'metric',
      query: { metric: 'errors', group_by: ['surface'], window: { start: '2026-01-19', end: '2026-01-26' } },
      reason: null,
      rows: [
        { surface: '/checkout', value: 14, sample: 14 },
        { surface: '/login', value: 7, sample: 7 },
      ],
    });
    expect(answer.facts).toContainEqual({ id: 'value', label: 'Errors', value: 21, unit: 'count' });
  });

  it('goes on in its thread', async () => {
    await seepass('ask', 'errors on /checkout last week', '--as-of', AS_OF, '--thread', 'mine');
    const { stdout } = await seepass('ask', 'and for /login?', '--as-of', AS_OF, '--thread', 'mine');
    expect(stdout).toMatch(/^7 errors on \/login last week/);
  });

  it('can be computed again by its receipt', async () => {
    const { stdout } = await seepass('ask', 'errors last week', '--as-of', AS_OF, '--json');
    const { receipt } = contractSchema.parse(JSON.parse(stdout));
    expect((await seepass('ask', '--replay', receipt ?? '')).stdout).toMatch(/^The figure has not moved\. 21 errors\./);
    expect(await seepass('ask', '--replay', 'ZZZZZZZZ')).toMatchObject({ code: 1, stdout: '' });
  });

  it.each([
    [['ask'], 'There is no question.'],
    [['ask', 'errors', '--batch', 'x.jsonl'], '--batch stands alone'],
    [['ask', 'errors', '--replay', 'ABC'], '--replay stands alone'],
    [['ask', 'errors', '--as-of', 'tomorrow'], '--as-of must be a moment'],
  ])('%j is refused', async (args, words) => {
    const { code, stdout, stderr } = await seepass(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(words);
  });
});

describe('a batch', () => {
  const batch = async (
    lines: readonly unknown[],
    name = 'batch.jsonl',
  ): Promise<{ out: unknown[]; outcome: Outcome }> => {
    const file = join(folder, name);
    await writeFile(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
    const outcome = await seepass('ask', '--batch', file);
    return {
      out: outcome.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
      outcome,
    };
  };

  it('gives a line for each line, in order; what cannot be used says so and the rest goes on', async () => {
    const { out, outcome } = await batch([
      { id: 'q1', question: 'errors last week', as_of: AS_OF },
      'not json',
      { id: 2, question: 'errors on /login last week', as_of: AS_OF },
      { id: 'q3' },
      { id: 'q4', question: 'errors', as_of: 'soon' },
      { id: 'q5', question: 'errors yesterday', as_of: '2026-01-26' },
      { id: 'q6', question: 'errors yesterday', as_of: Date.parse(AS_OF) - 2 * 86_400_000 },
      { id: 'q7', question: 'errors yesterday', as_of: true },
      { id: 'q8', question: 'errors yesterday', as_of: '0001-01-01' },
      { id: 'q9', question: 'errors yesterday', as_of: 1e30 },
    ]);
    expect(out).toMatchObject([
      { id: 'q1', intent: 'metric', rows: [{ value: 21 }] },
      { id: null, line: 2, error: expect.stringContaining('not valid JSON') },
      { id: '2', rows: [{ value: 7 }] },
      { id: 'q3', line: 4, error: 'question must be text' },
      { id: 'q4', line: 5, error: 'as_of "soon" is no moment: write 2026-01-30T09:00:00Z' },
      { id: 'q5', rows: [{ value: 3 }] },
      { id: 'q6', rows: [{ value: 3 }] },
      { id: 'q7', line: 8, error: 'as_of must be a moment such as 2026-01-30T09:00:00Z' },
      { id: 'q8', line: 9, error: 'as_of "0001-01-01" is no moment: write 2026-01-30T09:00:00Z' },
      { id: 'q9', line: 10, error: 'as_of "1e+30" is no moment: write 2026-01-30T09:00:00Z' },
    ]);
    expect(outcome).toMatchObject({ code: 0, stderr: expect.stringMatching(/^4 answered in .* s, 6 not/) });
  });

  it('keeps its threads apart, from each other and from the batch before', async () => {
    const lines = [
      { id: 'a', question: 'errors on /checkout last week', as_of: AS_OF, thread: 't1' },
      { id: 'b', question: 'pageviews on /login last week', as_of: AS_OF, thread: 't2' },
      { id: 'c', question: 'and for /login?', as_of: AS_OF, thread: 't1' },
      { id: 'd', question: 'and for /checkout?', as_of: AS_OF, thread: 't2' },
    ];
    const { out } = await batch(lines);
    expect(out).toMatchObject([
      {},
      {},
      { query: { metric: 'errors', surface: '/login' } },
      { query: { metric: 'pageviews', surface: '/checkout' } },
    ]);
    const again = await batch([{ id: 'e', question: 'and for /login?', as_of: AS_OF, thread: 't1' }], 'again.jsonl');
    expect(again.out).not.toMatchObject([{ query: { metric: 'errors' } }]);
  });
});
