import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../src/block-kit/message.ts';
import type { Subscription } from '../../../src/core/delivery/subscription.ts';
import { buildSubscribed, buildSubscriptions, buildUnsubscribed } from '../../../src/slack/views/subscriptions.ts';
import { textOf } from '../world.ts';

const NOW = Date.UTC(2026, 0, 30, 8);
const ZONE = 'Europe/Berlin';
const digest: Subscription = {
  id: 'a',
  number: 1,
  kind: 'digest',
  channel: 'C1',
  surfaces: ['/checkout*'],
  severity: 'medium',
  schedule: { minute: 540, weekdays: [1, 2, 3, 4, 5], zone: ZONE },
  question: null,
  quiet: null,
  weeklyBudget: 10,
  createdBy: 'U1',
  createdAt: NOW,
  paused: null,
  nextDueAt: Date.UTC(2026, 1, 2, 8),
};
const alerts: Subscription = {
  ...digest,
  number: 2,
  kind: 'alerts',
  surfaces: [],
  severity: 'low',
  schedule: null,
  nextDueAt: null,
  quiet: { from: 1320, until: 420, zone: ZONE },
};
const question: Subscription = {
  ...digest,
  number: 3,
  kind: 'question',
  surfaces: [],
  question: 'error rate on /checkout last week <!channel>',
  channel: 'C2',
  schedule: { minute: 540, weekdays: [1], zone: 'America/New_York' },
};
const paused: Subscription = { ...digest, number: 4, kind: 'weekly', paused: { reason: 'not_in_channel', at: NOW } };
const wild: Subscription = {
  ...digest,
  surfaces: Array.from({ length: 20 }, (_, index) => `/דף🛒*_~\`<!channel>${index}${'x'.repeat(160)}`),
  paused: { reason: '*odd_reason* <@U1>', at: NOW },
};

describe('the list of subscriptions', () => {
  it('says of each what, when and next, and why one is paused', async () => {
    const message = buildSubscriptions([digest, alerts, question, paused], 'C1', ZONE);
    expect(checkMessage(message)).toBeNull();
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot(
      '../../fixtures/slack/subscriptions.json',
    );
    const words = textOf(message.blocks);
    expect(words).toContain('Mondays at 09:00, America/New_York · next Mon 2 Feb, 03:00');
    expect(words).toContain('Paused since Fri 30 Jan, 09:00: Seepass is not in the channel; invite it there');
    expect(words).toContain('in <#C2>');
    expect(words).not.toContain('<!channel>');
  });

  it('fits, and stays harmless, whatever is in it', () => {
    const message = buildSubscriptions(
      Array.from({ length: 60 }, () => wild),
      'C1',
      ZONE,
    );
    expect(checkMessage(message)).toBeNull();
    expect(JSON.stringify(message)).not.toMatch(/<!channel>|<@U1>/);
    expect(textOf(message.blocks)).toContain('40 more; end some to see them.');
    for (const one of [buildSubscribed(wild, 'C1'), buildUnsubscribed(wild, 'C9')]) {
      expect(checkMessage(one)).toBeNull();
      expect(JSON.stringify(one)).not.toContain('<!channel>');
    }
  });

  it('says how to begin where there is none', () => {
    const message = buildSubscriptions([], 'C1', ZONE);
    expect(checkMessage(message)).toBeNull();
    expect(textOf(message.blocks)).toContain('/seepass subscribe digest weekdays at 9');
  });
});
