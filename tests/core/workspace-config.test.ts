import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { stagesOf } from '../../src/core/funnel.ts';
import { DEFAULT_OUTCOMES } from '../../src/core/outcome.ts';
import { EVENT_TYPES } from '../../src/core/records.ts';
import { parseDeclaredConfig, withDefaults } from '../../src/core/workspace-config.ts';

const paid = {
  id: 'paid_without_order',
  label: 'paid without order',
  left: { type: 'request', endpoint: 'POST /payments' },
  right: { type: 'revenue' },
  by: 'order_id',
  within: 15,
};
const withPaid = (changes: object) => ({ reconciliations: [{ ...paid, ...changes }] });
const withLeft = (changes: object) => withPaid({ left: { ...paid.left, ...changes } });
const move = { id: 'move', from: '2026-02-07 22:00', until: '2026-02-08 02:00', reason: 'database move' };
const withMaintenance = (changes: object) => ({ maintenance: [{ ...move, ...changes }] });
const NO_MOMENT =
  "must be a date and time such as 2026-02-07 22:00, in the workspace's zone unless it ends in an offset";
const TYPE_MISSING = `outcomes.order.type must be one of ${EVENT_TYPES.join(', ')}`;
const withSteps = (...steps: unknown[]) => ({ funnels: [{ id: 'way', steps }] });

describe('the example of the documentation', async () => {
  const page = await readFile(new URL('../../docs/workspace-config.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
  const { declared, faults } = parseDeclaredConfig(parse(example));

  it('can be applied as it stands', () => {
    expect(faults).toBeUndefined();
    expect(declared?.reconciliations?.[0]).toEqual({
      id: 'paid_without_order',
      label: 'paid without order',
      left: { type: 'request', endpoint: 'POST /api/payments', status: ['2xx'] },
      right: { type: 'revenue', event: 'order_placed' },
      by: 'order_id',
      within: 15,
      tolerance: 0.01,
      surface: '/checkout',
    });
    expect(declared?.maintenance).toEqual([
      {
        id: 'database_move',
        from: '2026-02-07T22:00',
        until: '2026-02-08T02:00',
        surface: '/checkout*',
        reason: 'database move',
      },
    ]);
    expect(declared?.funnels?.map(({ id }) => id)).toEqual(['checkout', 'signup']);
    expect(declared?.funnels?.[1]?.steps[2]).toEqual({ type: 'signup', meta: { invited: 'false' } });
  });

  it('reads the same when it is read again', () => {
    expect(parseDeclaredConfig(structuredClone(declared))).toEqual({ declared });
    expect(parseDeclaredConfig(JSON.parse(JSON.stringify(declared)))).toEqual({ declared });
  });
});

describe('a workspace config', () => {
  it('holds the checkout flow and no reconciliations until something is declared', () => {
    for (const nothing of [undefined, null, {}]) {
      const { reconciliations, funnels } = withDefaults(parseDeclaredConfig(nothing).declared ?? {});
      expect(reconciliations).toEqual([]);
      expect(funnels.map(({ id }) => id)).toEqual(['checkout']);
      expect(funnels.flatMap(stagesOf).map(({ pattern }) => pattern)).toEqual(['/cart', '/checkout']);
    }
  });

  it('keeps the default of each outcome that is not declared', () => {
    const { declared } = parseDeclaredConfig({
      outcomes: { order: { type: 'revenue', has: ['plan', 'order_id', 'plan'] } },
    });
    expect(withDefaults(declared ?? {}).outcomes).toEqual({
      ...DEFAULT_OUTCOMES,
      order: { type: 'revenue', has: ['order_id', 'plan'] },
    });
  });

  it('lets an empty list stand for none', () => {
    const { declared } = parseDeclaredConfig({ funnels: [], reconciliations: [] });
    expect(withDefaults(declared ?? {})).toMatchObject({
      funnels: [],
      reconciliations: [],
      maintenance: [],
      outcomes: DEFAULT_OUTCOMES,
    });
  });

  it('takes pages and endpoints as they are stored', () => {
    const left = { surface: 'https://shop.example/en/Orders/8841?x=1', endpoint: 'post /api/orders/17' };
    const { declared } = parseDeclaredConfig(withLeft(left));
    expect(declared?.reconciliations?.[0]?.left).toMatchObject({
      surface: '/orders/:id',
      endpoint: 'POST /api/orders/:id',
    });
  });

  it.each<[string, unknown, string]>([
    [
      'a list for a file',
      [],
      'The file must hold keys and values: reconciliations, funnels, maintenance, outcomes, approvals, owners, issues, webhooks, audit, surfaces, identity',
    ],
    [
      'a text for a file',
      'funnels',
      'The file must hold keys and values: reconciliations, funnels, maintenance, outcomes, approvals, owners, issues, webhooks, audit, surfaces, identity',
    ],
    [
      'an unknown key',
      { teams: {} },
      'The file does not know "teams": it knows reconciliations, funnels, maintenance, outcomes, approvals, owners, issues, webhooks, audit, surfaces, identity',
    ],
    ['one thing for a list', { funnels: {} }, 'funnels must be a list'],
    [
      'a mistyped key',
      withPaid({ tolerence: 0 }),
      'reconciliations[0] does not know "tolerence": it knows id, label, left, right, by, within, tolerance, surface',
    ],
    ['no id', withPaid({ id: undefined }), 'reconciliations[0].id is missing'],
    [
      'an id with spaces',
      withPaid({ id: 'Paid twice' }),
      'reconciliations[0].id must be lower-case words joined by underscores, such as paid_without_order',
    ],
    ['an empty label', withPaid({ label: ' ' }), 'reconciliations[0].label must not be empty'],
    ['a long label', withPaid({ label: 'x'.repeat(61) }), 'reconciliations[0].label must be at most 60 characters'],
    ['no right side', withPaid({ right: undefined }), 'reconciliations[0].right is missing'],
    [
      'the same events on both sides',
      withPaid({ right: paid.left }),
      'reconciliations[0].right must not select the same events as left',
    ],
    [
      'another key',
      withPaid({ by: 'email' }),
      'reconciliations[0].by must be one of order_id, request_id, conversation_id, account',
    ],
    ['half a minute', withPaid({ within: 0.5 }), 'reconciliations[0].within must be whole minutes, such as 15'],
    ['no time at all', withPaid({ within: 0 }), 'reconciliations[0].within must be at least 1 minute'],
    ['two days', withPaid({ within: 2880 }), 'reconciliations[0].within must be at most 1440 minutes, a day'],
    [
      'a tolerance in per cent',
      withPaid({ tolerance: 5 }),
      'reconciliations[0].tolerance must be below 1: it is a share, so 0.01 is one in a hundred',
    ],
    [
      'a pattern to tell it on',
      withPaid({ surface: '/shop*' }),
      'reconciliations[0].surface must be one page, without *',
    ],
    [
      'an unknown source',
      withLeft({ source: 'stripe' }),
      'reconciliations[0].left.source must be one of posthog, intercom, helpscout, api_log, sentry, app',
    ],
    [
      'no such status',
      withLeft({ status: 'ok' }),
      'reconciliations[0].left.status must be an HTTP status such as 403, a hundred such as 2xx, or a list of them',
    ],
    [
      'a list in meta',
      withLeft({ meta: { plan: ['pro'] } }),
      'reconciliations[0].left.meta.plan must be text, a number, true or false',
    ],
    ['a day for a time', withMaintenance({ from: '2026-02-07' }), `maintenance[0].from ${NO_MOMENT}`],
    ['a day that does not exist', withMaintenance({ until: '2026-02-30 10:00' }), `maintenance[0].until ${NO_MOMENT}`],
    [
      'an end before the beginning',
      withMaintenance({ until: '2026-02-07 21:00' }),
      'maintenance[0].until must be later than from',
    ],
    ['no reason', withMaintenance({ reason: undefined }), 'maintenance[0].reason is missing'],
    [
      'an unknown outcome',
      { outcomes: { purchase: { type: 'revenue' } } },
      'outcomes does not know "purchase": it knows order, checkout_attempt, activation',
    ],
    ['an outcome without a type', { outcomes: { order: { has: 'order_id' } } }, TYPE_MISSING],
    [
      'a number for a key',
      withLeft({ has: 7 }),
      'reconciliations[0].left.has must be a key of meta such as order_id, or a list of them',
    ],
    ['one step', withSteps({ type: 'pageview' }), 'funnels[0].steps must have at least 2 steps'],
    [
      'a page for a step',
      withSteps('/cart', { type: 'pageview' }),
      'funnels[0].steps[0] must hold keys and values: type, source, surface, event, endpoint, status, meta, has',
    ],
  ])('refuses %s', (_, value, fault) => expect(parseDeclaredConfig(value)).toEqual({ faults: [fault] }));

  it('names every fault at once, also between entries that have others', () => {
    const { faults } = parseDeclaredConfig({
      teams: [],
      reconciliations: [
        { ...paid, within: 'soon' },
        { ...paid, right: paid.left, by: 1 },
      ],
    });
    expect(faults?.map((fault) => fault.split(' ', 2)[0])).toEqual([
      'reconciliations[0].within',
      'reconciliations[1].by',
      'reconciliations[1].right',
      'reconciliations[1].id',
      'The',
    ]);
  });

  it('never throws, whatever it is given, and what it accepts it accepts again as the same', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (value, selector, entry) => {
        for (const each of [
          value,
          withLeft({ meta: value }),
          withSteps(selector, value),
          { funnels: [entry, entry] },
        ]) {
          const { declared, faults } = parseDeclaredConfig(each);
          expect(declared === undefined).toBe(faults !== undefined);
          if (declared) expect(parseDeclaredConfig(declared)).toEqual({ declared });
        }
      }),
      { numRuns: 200 },
    );
  });
});
