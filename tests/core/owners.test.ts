import { describe, expect, it } from 'vitest';
import { findOwner, type Owner } from '../../src/core/owners.ts';

const owners: Owner[] = [
  { id: 'stripe', signature: 'PAYMENT_PROVIDER_TIMEOUT', owner: 'UPAY00001' },
  { id: 'checkout', surface: '/checkout*', owner: 'UCHECK001' },
  { id: 'database', category: 'database', owner: 'UDATA0001' },
  { id: 'rest', owner: 'UREST0001' },
];
const about = { surface: null, category: null, signature: null };

describe('who answers for what', () => {
  it.each([
    ['a signature before its page', { surface: '/checkout', signature: 'PAYMENT_PROVIDER_TIMEOUT' }, 'UPAY00001'],
    ['a page by its pattern', { surface: '/checkout/pay', signature: 'OTHER' }, 'UCHECK001'],
    ['a category anywhere', { surface: '/search', category: 'database' as const }, 'UDATA0001'],
    ['the rest', { surface: '/search' }, 'UREST0001'],
    ['what has no page', {}, 'UREST0001'],
  ])('finds %s', (_, of, owner) => {
    expect(findOwner(owners, { ...about, ...of })?.owner).toBe(owner);
  });

  it('finds nobody where nobody is declared', () => {
    expect(findOwner([], { ...about, surface: '/checkout' })).toBeUndefined();
    expect(findOwner(owners.slice(0, 3), { ...about, surface: '/search' })).toBeUndefined();
  });
});
