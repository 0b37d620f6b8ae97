import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../src/block-kit/message.ts';
import { countText } from '../../../src/block-kit/validate.ts';
import type { ToldItem } from '../../../src/core/delivery/told.ts';
import { buildDigestMessage } from '../../../src/slack/views/digest.ts';
import { executionOf, itemOf, modelOf, priorityOf, proposalOf } from '../models.ts';

/** The message as a reader sees it: one line a block. */
function readable({ blocks }: ReturnType<typeof buildDigestMessage>): string {
  return blocks
    .map((block) => {
      const texts = JSON.stringify(block).match(/"text":"((?:[^"\\]|\\.)*)"/g) ?? [];
      return `[${block.type}] ${texts.map((text) => JSON.parse(`{${text}}`).text).join(' | ')}`;
    })
    .join('\n');
}

const toldItem = (entity_key: string): ToldItem => ({
  rank: 1,
  entity_type: 'surface',
  entity_key,
  members: [],
  severity: 'medium',
  metric: 'error_rate',
  ratio: 4,
  headline: `${entity_key}: errors 4x normal`,
  figure: '4.0%',
});

describe('the daily digest', () => {
  it('reads as people expect it and Slack takes it', async () => {
    const message = buildDigestMessage(modelOf());
    expect(checkMessage(message)).toBeNull();
    await expect(`${message.text}\n\n${readable(message)}\n`).toMatchFileSnapshot('../../fixtures/slack/digest.txt');
  });

  it('keeps its shape with extreme names, a hundred priorities and every note at once', async () => {
    const wild = `/${'<!channel>&*~`_'.repeat(150)}/end`;
    const priority = priorityOf(1, wild, {
      top_error_signatures: [{ sig: '&'.repeat(3000), count: 105, example: '<@U12345678>'.repeat(400) }],
      context: { release_top: '&'.repeat(500), release_share: 0.9, env: null },
    });
    const item = itemOf(1, wild, {
      priority,
      explanation: { ...itemOf(1, wild).explanation, summary: '& '.repeat(5000) },
      proposal: proposalOf('id', { action: { ...proposalOf('').action, title: `Roll back ${'&'.repeat(3000)}` } }),
    });
    const message = buildDigestMessage(
      modelOf({
        items: [1, 2, 3, 4, 5].map((rank) => ({ ...item, priority: { ...priority, rank } })),
        total: 100,
        newToday: 60,
        continuing: 40,
        backToNormal: Array.from({ length: 30 }, (_, index) => `${wild}${index}`),
        insufficientHistory: 12,
        changes: {
          since: '2026-01-28',
          moves: { x: 'new' },
          resolved: Array.from({ length: 30 }, () => toldItem(wild)),
        },
        held: {
          snoozed: Array.from({ length: 9 }, () => ({ entity_key: wild, until: Date.UTC(2026, 1, 3) })),
          ignored: [wild],
          belowSeverity: 40,
        },
        heldAlerts: Array.from({ length: 12 }, (_, number) => ({
          surface: wild,
          severity: 'low',
          number,
          reason: 'budget',
        })),
        done: Array.from({ length: 5 }, () => ({
          title: `Roll back ${wild}`,
          entity_key: wild,
          by: 'U0000001',
          metric: 'error_rate',
          before: '8.3%',
          after: null,
          effect: null,
          effectDue: null,
        })),
        improvements: ['a', 'b'].map((name) => ({
          surface: `${wild}${name}`,
          metric: 'failure_rate',
          current: 1e-9,
          expected: 1,
        })),
        sources: { fresh: 1, silent: [{ source: 'helpscout', hours: 26 }], gaps: ['sentry'] },
      }),
    );
    expect(checkMessage(message)).toBeNull();
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    await expect(`${message.text}\n\n${readable(message)}\n`).toMatchFileSnapshot(
      '../../fixtures/slack/digest-extreme.txt',
    );
  });

  it.each([
    ['a day without data', modelOf({ kind: 'no_data', surfaces: 0, items: [], total: 0 }), 'No data for Thu 29 Jan'],
    [
      'a day of maintenance',
      modelOf({ kind: 'maintenance', surfaces: 0, underMaintenance: 7, items: [], total: 0 }),
      '*Under maintenance.* 7 surfaces on Thu 29 Jan',
    ],
    [
      'a day of maintenance for some',
      modelOf({ kind: 'quiet', underMaintenance: 1, items: [], total: 0, newToday: 0, continuing: 0 }),
      '1 surface under maintenance, not judged',
    ],
    [
      'what got faster',
      modelOf({ improvements: [{ surface: '/search', metric: 'latency_p95', current: 910, expected: 2412 }] }),
      'faster: p95 910 ms, normally 2.4 s',
    ],
    [
      'what fails less',
      modelOf({
        kind: 'quiet',
        items: [],
        total: 0,
        improvements: [
          { surface: '/checkout', metric: 'error_rate', current: 0.0031, expected: 0.021 },
          { surface: '/cart', metric: 'conversion_rate', current: 0.42, expected: 0.31 },
        ],
      }),
      'fewer errors: 0.31% of views, normally 2.1% · /cart more actions: 42% of views, normally 31%',
    ],
    [
      'what changed since this channel was last told',
      modelOf({
        changes: {
          since: '2026-01-28',
          moves: { 'surface /checkout': 'new', 'surface /search': 'worse', 'surface /api/orders': 'same' },
          resolved: [toldItem('/billing')],
        },
      }),
      '*3 need a look*, 1 new, 1 worse, 1 unchanged, 1 resolved since the digest for Wed 28 Jan',
    ],
    [
      'what is held back, and why',
      modelOf({
        held: {
          snoozed: [{ entity_key: '/billing', until: Date.UTC(2026, 1, 3, 8) }],
          ignored: ['/health'],
          belowSeverity: 2,
        },
        heldAlerts: [
          { surface: '/cart', severity: 'low', number: 12, reason: 'budget' },
          { surface: '/pay', severity: 'low', number: 13, reason: 'rule_demoted' },
        ],
      }),
      "Held back: 1 smaller alert, as this channel had had its alerts of the week: /cart (INC-12) · 1 alert of a kind that was wrong too often: /pay (INC-13) · /billing snoozed until Tue 3 Feb, 09:00 · 1 ignored · 2 below this channel's severity",
    ],
    [
      'what was done, with the figure then and now',
      modelOf({
        done: [
          {
            title: 'Roll back web@1.42.0 for /checkout',
            entity_key: '/checkout',
            by: 'U0000001',
            metric: 'error_rate',
            before: '8.3%',
            after: '1.9%',
            ...{ effect: null, effectDue: null },
          },
        ],
      }),
      '*Done:* Roll back web@1.42.0 for /checkout (<@U0000001>) · 8.3% before, 1.9% on Thu 29 Jan',
    ],
    [
      'whether what was done helped, first of what was done',
      modelOf({
        done: [
          {
            ...{ title: 'Open an issue', entity_key: '/cart', by: 'system', metric: 'error_rate' },
            ...{ before: null, after: null, effect: null, effectDue: Date.UTC(2026, 0, 30, 14) },
          },
          {
            ...{ title: 'Roll back web@1.42.0', entity_key: '/checkout', by: 'U0000001', metric: '' },
            ...{ before: null, after: null, effectDue: null },
            effect: {
              verdict: 'It helped.',
              sentence: 'Error rate on /checkout fell 6.4 points (5.1–7.6) more than on matched pages.',
              basis: '',
            },
          },
        ],
      }),
      '*It helped.* Error rate on /checkout fell 6.4 points (5.1–7.6) more than on matched pages. After: Roll back web@1.42.0 (<@U0000001>)\n*Done:* Open an issue (by itself) · effect looked at Fri 30 Jan, 15:00',
    ],
    [
      'a quiet day after an incident',
      modelOf({
        kind: 'quiet',
        items: [],
        total: 0,
        newToday: 0,
        continuing: 0,
        lastIncident: { surface: '/checkout', endedAt: Date.UTC(2026, 0, 27, 15) },
      }),
      'Nothing outside normal. Last incident: /checkout, over since Tue 27 Jan, 16:00.',
    ],
    ['all quiet', modelOf({ kind: 'quiet', items: [], total: 0, newToday: 0, continuing: 0 }), 'All quiet'],
    [
      'a cold start',
      modelOf({
        kind: 'cold_start',
        items: [],
        total: 0,
        coldStart: {
          readyOn: '2026-02-14',
          days: 5,
          topSignatures: [{ signature: 'TIMEOUT', surface: '/checkout', errors: 214 }],
          newSignatures: [{ signature: 'RATE_LIMITED', surface: '/api', errors: 9, since: '2026-01-28' }],
          themes: [{ topic: 'invoice download', surface: '/billing', tickets: 4, since: '2026-01-27' }],
        },
      }),
      'Baselines are ready on Sat 14 Feb',
    ],
  ])('says what is useful on %s', (_name, model, words) => {
    const message = buildDigestMessage(model);
    expect(checkMessage(message)).toBeNull();
    expect(readable(message)).toContain(words);
  });

  it('puts the rest behind a button that says how many there are', () => {
    expect(readable(buildDigestMessage(modelOf({ total: 12 })))).toContain('Show all 12');
    expect(readable(buildDigestMessage(modelOf()))).not.toContain('Show all');
  });

  it.each([
    ['approved', executionOf('done', 'Simulated: would have called deploy.rollback.'), 'Simulated: would have called'],
    ['approved', executionOf('failed', 'The hook answered 500.'), 'Not done'],
    ['approved', executionOf('cancelled', 'Not done. Its approver may no longer approve.'), 'Not done'],
    ['approved', executionOf('uncertain', 'Nobody can tell whether it happened.'), 'nobody can tell'],
    ['approved', executionOf('queued'), 'about to begin'],
    ['approved', { ...executionOf('queued'), attempts: 1 }, 'waiting to be tried again'],
    ['approved', { ...executionOf('queued'), notBefore: Date.UTC(2026, 0, 30, 9, 12) }, 'anybody may object until'],
    ['approved', executionOf('running'), 'running'],
    ['rejected', null, 'Dismissed'],
    ['withdrawn', null, 'Withdrawn'],
    ['expired', null, 'has expired'],
  ] as const)('shows the outcome in place of the buttons once a suggestion is %s: %j', (state, execution, words) => {
    const decided = { state, execution, decidedBy: 'U0000001', decidedAt: Date.UTC(2026, 0, 30, 8, 12) };
    const text = readable(
      buildDigestMessage(modelOf({ items: [itemOf(1, '/a', { proposal: proposalOf('x', decided) })] })),
    );
    expect(text).toContain(words);
    expect(text).not.toContain('Dismiss |');
    expect(text).toContain('Details');
    // Slack shows each reader their own time; the fallback says whose it is.
    const moment = `<!date^${Date.UTC(2026, 0, 30, 8, 12) / 1000}^{date_short} at {time}|Fri 30 Jan, 09:12 Europe/Berlin>`;
    if (state !== 'expired') expect(text).toContain(`<@U0000001> ${moment}`);
  });

  it('says that what is approved waits while everything is stopped, and never that it is running', () => {
    const decided = {
      state: 'approved',
      decidedBy: 'U0000001',
      decidedAt: 0,
      execution: executionOf('queued'),
    } as const;
    const stop = { stoppedBy: 'U0000ANA', stoppedAt: Date.UTC(2026, 0, 30, 8, 12), reason: null };
    const items = [itemOf(1, '/a', { proposal: proposalOf('x', decided), stop })];
    const text = readable(buildDigestMessage(modelOf({ items })));
    expect(text).toMatch(/\*Waiting:\* everything is stopped by <@U0000ANA> since .*Fri 30 Jan, 09:12/);
    expect(text).not.toContain('running');
  });

  it('asks with what is called before it takes an approval', () => {
    const proposal = proposalOf('x', {
      action: { type: 'call-webhook:rollback', title: 'Roll back', risk: 'medium', parameters: { to: '1.41.3' } },
    });
    const said = JSON.stringify(buildDigestMessage(modelOf({ items: [itemOf(1, '/a', { proposal })] })).blocks);
    expect(said).toContain('Roll back (medium risk). It calls rollback with to: 1.41.3.');
  });

  it('takes no approval of what was edited, and says where that is shown as it is now', () => {
    const proposal = proposalOf('x', { version: 2, revision: 2, editedBy: 'U0PRIYA01' });
    const said = JSON.stringify(buildDigestMessage(modelOf({ items: [itemOf(1, '/a', { proposal })] })).blocks);
    expect(said).toContain('Edited by <@U0PRIYA01>: its card in the thread shows what it does now');
    expect(said).not.toContain('Approve this?');
    expect(said).toContain('"Dismiss"');
  });

  it('never lets a name notify anybody, whatever it holds, and always fits', () => {
    const nasty = fc.string({ unit: 'grapheme', maxLength: 150 }).map((text) => `<!here> <@U999999> ${text}`);
    fc.assert(
      fc.property(nasty, nasty, fc.integer({ min: 1, max: 5 }), (surface, summary, count) => {
        const items = Array.from({ length: count }, (_, index) =>
          itemOf(index + 1, surface, { explanation: { ...itemOf(1, surface).explanation, summary } }),
        );
        const message = buildDigestMessage(modelOf({ items, backToNormal: [surface] }));
        expect(checkMessage(message)).toBeNull();
        const mrkdwn = message.blocks.filter(({ type }) => type === 'section' || type === 'context');
        expect(JSON.stringify(mrkdwn)).not.toMatch(/<[!@#]/);
        expect(countText(message.blocks)).toBeLessThan(13_200);
      }),
      { numRuns: 30 },
    );
  });
});
