import { hash } from 'node:crypto';
import { createPreparer } from '../../src/core/prepare-event.ts';
import type { Event, StorableEvent } from '../../src/core/records.ts';

/** Prepares events as a workspace would whose pseudonyms can be read. */
export const prepareEvent = createPreparer({
  currency: 'USD',
  keyId: 'k1',
  pseudonym: (user) => `p-${user}`,
  sha256: (text) => hash('sha256', text, 'hex'),
});

/** A page view with this id, and what a test changes. */
export const storableEvent = (id: string | null, change: Partial<Event> = {}): StorableEvent =>
  prepareEvent({
    ...{
      ts: Date.UTC(2026, 0, 29, 12),
      source: 'posthog',
      type: 'pageview',
      account: 'acme',
      user: null,
      surface: '/x',
    },
    ...{ severity: null, value: null, id, meta: {} },
    ...change,
  });
