/** What a workspace declares, from the file to what a person reads: paid without order. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Priority } from '../../src/core/records.ts';
import { addDays } from '../../src/core/window.ts';
import { seepassHere } from '../cli/here.ts';
import { describeOnOneTarget, type Target } from './targets.ts';

const SETTINGS = { SEEPASS_TIMEZONE: 'Europe/Berlin', SEEPASS_FAILURE_STATUSES: '403' };
const LAST = '2026-01-29';
const DAYS = 30;

const CONFIG = `
reconciliations:
  - id: paid_without_order
    label: paid without order
    left: { type: request, endpoint: POST /api/payments, status: 2xx }
    right: { type: revenue, event: order_placed }
    by: order_id
    within: 15
`;

/** Thirty days of a shop; on the last one orders go missing and the shop's own webhook is refused. */
function* shop(): Iterable<object> {
  for (let back = DAYS - 1; back >= 0; back--) {
    const date = addDays(LAST, -back);
    for (let n = 0; n < 80; n++) {
      const at = (minutes: number): string =>
        new Date(Date.parse(`${date}T08:00:00+01:00`) + (n * 9 + minutes) * 60_000).toISOString();
      const order_id = `order-${date}-${n}-4111`;
      yield request(at(0), '/checkout', 'POST /api/payments', 200, { order_id });
      const lost = back === 0 && n % 5 === 0;
      if (!lost)
        yield {
          ...{ ts: at(2), source: 'app', type: 'revenue', surface: '/checkout', value: 20 },
          meta: { event: 'order_placed', order_id },
        };
      const refused = back === 0 && n % 2 === 0;
      yield request(at(3), '/webhooks', 'POST /api/webhooks', refused ? 403 : n === 7 ? 503 : 200);
    }
  }
  // Something comes later, so that the time of every payment has passed.
  yield { ts: `${LAST}T22:00:00+01:00`, source: 'app', type: 'session', value: 3 };
}

const request = (ts: string, surface: string, endpoint: string, status: number, meta: object = {}): object => ({
  ...{ ts, source: 'api_log', type: 'request', surface, value: 100, account: 'acme' },
  meta: { endpoint, status, ...meta },
});

describeOnOneTarget('what a workspace declares', (kind) => {
  let target: Target;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seepass-declared-'));
    target = await kind.make();
    const lines = [...shop()].map((event) => JSON.stringify(event));
    await writeFile(join(folder, 'events.jsonl'), lines.join('\n'));
    expect(await seepass('import', join(folder, 'events.jsonl'))).toMatchObject({ code: 0 });
  });
  afterAll(async () => {
    await target.drop();
    await rm(folder, { recursive: true });
  });
  const seepass = (...args: string[]) => seepassHere([...args, '--database', target.database], SETTINGS);
  const apply = async (text: string) => {
    await writeFile(join(folder, 'workspace.yml'), text);
    return seepass('config', 'apply', join(folder, 'workspace.yml'));
  };
  const top = async (): Promise<Priority[]> => {
    expect(await seepass('run')).toMatchObject({ code: 0 });
    return JSON.parse((await seepass('top', '--json')).stdout);
  };

  it('is not guessed: nothing is said of orders until the pair is declared', async () => {
    expect((await top()).map(({ entity_key }) => entity_key)).toEqual(['/webhooks']);
  });

  it('refuses a faulty file with every fault, and what held still holds', async () => {
    const { code, stderr, stdout } = await apply('teams: {}\nfunnels: {}\nreconciliations: [{ id: A }]\n');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('has 8 faults:\n');
    expect(stderr).toContain('  The file does not know "teams": it knows reconciliations, funnels, maintenance');
    expect(stderr).toContain('  reconciliations[0].by must be one of order_id, request_id, conversation_id, account\n');
    expect(await apply('funnels: [\n')).toMatchObject({ code: 2, stderr: expect.stringContaining('at line 2') });
    expect((await seepass('config', 'show')).stdout).toMatch(/^reconciliations: \[\]\nfunnels:\n {2}- id: checkout\n/);
  });

  it('is applied once, and a second time without a trace', async () => {
    const once = 'Applied: 1 reconciliation, 1 funnel. It counts from the next: seepass run\n';
    expect(await apply(CONFIG)).toEqual({ code: 0, stdout: once, stderr: '' });
    expect((await apply(CONFIG)).stdout).toBe('Nothing changed: 1 reconciliation, 1 funnel.\n');
    const shown = (await seepass('config', 'show')).stdout;
    expect((await apply(shown)).code).toBe(0);
    expect((await seepass('config', 'show')).stdout).toBe(shown);
    expect(JSON.parse((await seepass('config', 'show', '--json')).stdout)).toMatchObject({
      reconciliations: [{ id: 'paid_without_order', within: 15, tolerance: 0.01 }],
    });
  });

  it('tells of what was paid without an order, and never which', async () => {
    const found = (await top()).find(({ entity_key }) => entity_key === '/checkout');
    expect(found?.pattern_record).toMatchObject({
      hints: ['without counterpart'],
      findings: [
        { rule: 'reconciliation', metric: 'unmatched_rate', current: 0.2, evidence: { count: 16, exposure: 80 } },
      ],
    });
    expect(JSON.stringify(found)).not.toContain('4111');
    expect((await seepass('top')).stdout).toContain('/checkout: paid without order, 16 of 80');
  });

  it('names the endpoint and the status that most failures have', async () => {
    const storm = (await top()).find(({ entity_key }) => entity_key === '/webhooks');
    const [lead] = storm?.pattern_record.findings ?? [];
    expect(lead?.evidence.failing).toMatchObject([
      { endpoint: 'POST /api/webhooks', status: 403, count: 40, share: 40 / 41 },
      { status: 503, count: 1 },
    ]);
    const { stdout } = await seepass('findings', '--json');
    expect(JSON.parse(stdout)).toContainEqual(
      expect.objectContaining({ rule: 'failure-storm', evidence: lead?.evidence }),
    );
  });
});
