import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../src/block-kit/message.ts';
import { validateView } from '../../../src/block-kit/view.ts';
import { buildAllPriorities } from '../../../src/slack/views/all-priorities.ts';
import { buildChartMessage } from '../../../src/slack/views/chart-message.ts';
import { buildDetailsModal } from '../../../src/slack/views/details-modal.ts';
import { buildHelp, buildUnknownCommand } from '../../../src/slack/views/help.ts';
import { buildErrorNotice, buildLoadingModal } from '../../../src/slack/views/notice.ts';
import { buildNothingRunYet, buildTop } from '../../../src/slack/views/top.ts';
import { finding } from '../../support/priority.ts';
import { itemOf, priorityOf } from '../models.ts';

const wording = { timezone: 'Europe/Berlin', currency: 'USD' };
const wild = `/${'<!channel>&*'.repeat(180)}`;

describe('the details modal', () => {
  it('says the trend in words where a modal takes no chart, and Slack takes it', async () => {
    const view = buildDetailsModal(itemOf(1, '/checkout'), wording, { as: 'text', chartElsewhere: true });
    expect(validateView(view)).toEqual([]);
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot('../../fixtures/slack/details-modal.json');
  });

  it('holds the native chart of at most 20 days where Slack takes one', () => {
    const view = buildDetailsModal(itemOf(1, '/checkout'), wording, { as: 'chart', chartElsewhere: false });
    expect(JSON.stringify(view)).toContain('"data_visualization"');
    const message = buildChartMessage(itemOf(1, '/checkout'), wording);
    expect(checkMessage(message)).toBeNull();
    expect(JSON.stringify(message).match(/"label":"29 Jan"/g)).toHaveLength(2);
  });

  it.each([
    [
      'extreme names',
      itemOf(1, wild, {
        priority: priorityOf(1, wild, {
          top_error_signatures: Array.from({ length: 40 }, () => ({ sig: wild, count: 9, example: wild })),
          top_ticket_topics: Array.from({ length: 9 }, () => ({ topic: wild, count: 3, snippets: [wild, wild, wild] })),
          links: Array.from({ length: 30 }, () => ({ label: wild, url: `https://x.example/?q=${'a'.repeat(900)}` })),
        }),
      }),
    ],
    [
      'nothing but the figures',
      itemOf(1, '/x', {
        proposal: null,
        priority: priorityOf(1, '/x', {
          top_error_signatures: [],
          top_ticket_topics: [],
          links: [],
          series: { metric: 'error_rate', points: [] },
          context: { release_top: null, release_share: null, env: null },
        }),
      }),
    ],
  ])('stays valid with %s', (_name, item) => {
    expect(validateView(buildDetailsModal(item, wording, { as: 'text', chartElsewhere: true }))).toEqual([]);
  });

  it('says what moved, what it cost and what is told together with it, and never names an account', () => {
    const item = itemOf(1, '/checkout');
    const contributor = { change: 0.06, rate: 0.05, mix: 0.01, share: 0.85, usual_share: 0.04, count: 120 };
    const change = {
      contributors: {
        before: 0.012,
        now: 0.083,
        change: 0.071,
        explained: [
          { ...contributor, dimension: 'release', value: 'web@1.42.0' },
          { ...contributor, dimension: 'account', value: 'Acme Inc' },
        ],
        searched: ['release', 'account', 'plan'],
        outside: false,
      },
      loss: {
        of: 'actions' as const,
        missing: 42,
        unit_value: 9.8,
        sample: 3120,
        amount: 411.6,
        low: 310,
        high: 460,
        per_day: 411.6,
        per_hour: 17.15,
      },
      shared_cause: { by: 'release' as const, value: 'web@1.42.0', members: 2 },
    };
    const priority = {
      ...priorityOf(1, '/checkout', change),
      members: [{ entity_type: 'surface' as const, entity_key: '/cart' }],
    };
    const text = JSON.stringify(
      buildDetailsModal({ ...item, priority }, wording, { as: 'text', chartElsewhere: true }),
    );
    expect(text).toContain('release web@1.42.0: 6 points of 7.1 points (85%)');
    expect(text).toContain('• one account: 6 points');
    expect(text).toContain('Estimated loss $310–$460 a day');
    expect(text).toContain('• /cart');
    expect(text).not.toContain('Acme');
  });

  it('lists the failed requests by status and endpoint', () => {
    const failing = [
      { endpoint: 'POST /hooks/<id>', status: 403, count: 46, share: 0.92 },
      { endpoint: null, status: 502, count: 4, share: 0.08 },
    ];
    const priority = priorityOf(1, '/hooks', {
      findings: [finding('failure-storm', 'failure_rate', { evidence: { failing } })],
    });
    const view = buildDetailsModal(itemOf(1, '/hooks', { priority }), wording, { as: 'text', chartElsewhere: true });
    expect(validateView(view)).toEqual([]);
    expect(JSON.stringify(view)).toContain(
      '*Failed requests*\\n• HTTP 403 on POST /hooks/&lt;id&gt;: 46 (92%)\\n• HTTP 502: 4 (8%)',
    );
  });

  it('never draws a day without data as zero', () => {
    const text = JSON.stringify(buildChartMessage(itemOf(1, '/checkout'), wording));
    expect(text).not.toContain('"value":0}');
  });
});

describe('the other views', () => {
  const many = Array.from({ length: 20 }, (_, index) => itemOf(index + 1, index % 2 ? wild : `/page/${index}`));
  const top = {
    date: '2026-01-29',
    ...wording,
    surfaces: 40,
    pattern: '/p*',
    matching: 31,
    total: 40,
    shareValue: '["id",5,"2026-01-29",null]',
    sharedBy: null,
  };

  it.each([
    ['twenty priorities with extreme names', buildTop({ ...top, items: many })],
    ['a pattern that matches nothing', buildTop({ ...top, items: [], matching: 0, pattern: wild })],
    ['nothing run yet', buildNothingRunYet()],
    ['help', buildHelp([{ name: 'top', usage: '[n]', summary: 'What to fix next' }])],
    ['an unknown word', buildUnknownCommand('<!here>', 'top', [])],
    [
      'an error',
      buildErrorNotice({ what: 'I could not read the metrics', why: 'the database did not answer', ref: '8F2K' }),
    ],
  ])('is a message that Slack takes: %s', (_name, message) => {
    expect(checkMessage(message)).toBeNull();
    expect(message.text).not.toBe('');
    const mrkdwn = JSON.stringify(message.blocks).match(/"type":"mrkdwn","text":"[^"]*"/g) ?? [];
    expect(mrkdwn.join('\n')).not.toMatch(/<!(here|channel)/);
  });

  it.each([
    ['loading', buildLoadingModal('details_modal', 'Details')],
    ['all priorities', buildAllPriorities('2026-01-29', many, 80, wording)],
  ])('is a view that Slack takes: %s', (_name, view) => {
    expect(validateView(view)).toEqual([]);
  });

  it('says when a list is cut', () => {
    expect(JSON.stringify(buildTop({ ...top, items: many }).blocks)).toContain('showing 20 of 31');
    expect(JSON.stringify(buildAllPriorities('2026-01-29', many, 80, wording))).toContain('showing 20 of 80');
  });

  it('shows five commands first and the rest under More', () => {
    const entries = Array.from({ length: 8 }, (_, index) => ({ name: `c${index}`, usage: '', summary: 's' }));
    expect(JSON.stringify(buildHelp(entries).blocks)).toContain('More (3)');
    expect(JSON.stringify(buildHelp(entries).blocks)).not.toContain('/seepass c5');
    expect(JSON.stringify(buildHelp(entries, true).blocks)).toContain('/seepass c7');
  });
});
