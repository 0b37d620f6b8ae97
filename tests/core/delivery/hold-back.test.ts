import { describe, expect, it } from 'vitest';
import { holdBack as holdBackBy } from '../../../src/core/delivery/hold-back.ts';
import { createMuteFinder, type Mute } from '../../../src/core/delivery/mute.ts';
import type { Priority } from '../../../src/core/records.ts';
import { priority } from '../../support/priority.ts';

const on = (entity_key: string, over: Partial<Priority> = {}): Priority => ({ ...priority({ entity_key }), ...over });
const mute = (pattern: string, over: Partial<Mute> = {}): Mute => ({
  id: pattern,
  number: 1,
  target: 'surface',
  pattern,
  until: null,
  reason: null,
  createdBy: 'U1',
  createdAt: 0,
  ...over,
});
const NOW = 50;
const everything = { surfaces: [], severity: 'low' } as const;
const holdBack = (priorities: readonly Priority[], asked: Parameters<typeof holdBackBy>[1], mutes: readonly Mute[]) =>
  holdBackBy(priorities, asked, createMuteFinder(mutes, NOW));
const names = (priorities: readonly Priority[]) => priorities.map(({ rank, entity_key }) => `${rank} ${entity_key}`);

describe('a subscription', () => {
  it('lets everything through as it is ranked when it names no page', () => {
    const { told, held } = holdBack([on('/a'), on('/b')], everything, []);
    expect(names(told)).toEqual(['1 /a', '2 /b']);
    expect(held).toEqual([]);
  });

  it('ranks what it lets through without holes', () => {
    const { told, held } = holdBack(
      [on('/a'), on('/shop/b'), on('/shop/c')],
      { ...everything, surfaces: ['/shop*'] },
      [],
    );
    expect(names(told)).toEqual(['1 /shop/b', '2 /shop/c']);
    expect(held).toMatchObject([{ reason: 'not_subscribed', until: null }]);
  });

  it('hears of a cause that hits one of its pages, whichever page leads it', () => {
    const cause = on('/api', { members: [{ entity_type: 'surface', entity_key: '/shop' }] });
    expect(names(holdBack([cause], { ...everything, surfaces: ['/shop'] }, []).told)).toEqual(['1 /api']);
  });
});

describe('what people muted', () => {
  it('is held back, with the end of a snooze', () => {
    const mutes = [mute('/a', { until: 99 }), mute('/b*')];
    expect(holdBack([on('/a'), on('/bc')], everything, mutes).held).toMatchObject([
      { reason: 'snoozed', until: 99 },
      { reason: 'ignored', until: null },
    ]);
  });

  it('is called by the mute that lasts longest, and by none that is over', () => {
    const mutes = [mute('/a*', { until: 40 }), mute('/a', { number: 2, until: 99 }), mute('/b', { until: NOW })];
    const { told, held } = holdBack([on('/a'), on('/b')], everything, mutes);
    expect(held).toMatchObject([{ reason: 'snoozed', until: 99 }]);
    expect(names(told)).toEqual(['1 /b']);
  });

  it('is told where the same cause hits a page that nobody muted', () => {
    const cause = on('/a', { members: [{ entity_type: 'surface', entity_key: '/b' }] });
    expect(holdBack([cause], everything, [mute('/a')]).held).toEqual([]);
    expect(holdBack([cause], everything, [mute('/a'), mute('/b')]).told).toEqual([]);
  });

  it('mutes no page by the name of an error', () => {
    expect(holdBack([on('TIMEOUT')], everything, [mute('TIMEOUT', { target: 'error_signature' })]).held).toEqual([]);
  });
});
