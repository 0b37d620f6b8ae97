import { hash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Event, Source } from '../../src/core/records.ts';
import type { ParsedDelivery, WebhookSource } from '../../src/core/sources.ts';
import { createSealing } from '../../src/delivery-sealing.ts';
import type { ClaimedDelivery, NewDelivery } from '../../src/pipeline/deliveries.ts';
import { Secret } from '../../src/secret.ts';
import type { createStoreContext } from './store-context.ts';

export const sha256 = (text: string | Uint8Array): string => hash('sha256', text, 'hex');

/** With keys of the test's own: the first seals, each opens. */
export const sealingWith = (...keys: string[]) =>
  createSealing({ deliveryKeys: keys.map((key) => new Secret(key)) }, { kind: 'memory' });

/** A delivery that was received at the test's instant; its key is made of its number. */
export function newDelivery(
  { clock }: Pick<ReturnType<typeof createStoreContext>, 'clock'>,
  number: number,
  change: Partial<NewDelivery> = {},
): NewDelivery {
  return {
    ...{ id: uuidv7(), source: 'posthog', kind: 'sent', receivedAt: clock(), sealedWith: 'k1' },
    key: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    body: Buffer.from(`body ${number}`),
    ...change,
  };
}

export const done = (...claimed: readonly ClaimedDelivery[]) => claimed.map((delivery) => ({ delivery, events: 1 }));

const isText = (value: unknown): value is string => typeof value === 'string';

/**
 * A tool whose bodies say what comes of them: `{"id", "pages": [...]}` gives a page view a page; `"ignored"`, `"needs"`
 * name kinds and ids; `"fault"` has the parser throw its words.
 */
export function madeUpSource(name: Source = 'posthog'): WebhookSource {
  const readPages = (body: unknown, at: number): ParsedDelivery => {
    const sent: { pages?: unknown; ignored?: unknown; needs?: unknown; fault?: unknown } = Object(body);
    if (isText(sent.fault)) throw new TypeError(sent.fault);
    const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter(isText) : []);
    return {
      events: list(sent.pages).map((page) =>
        page === 'bad' ? { reason: 'surface is bad: send another' } : { event: pageView(name, page, at) },
      ),
      ignored: list(sent.ignored),
      needs: list(sent.needs).map((id) => ({ kind: 'conversation', id })),
    };
  };
  return {
    ...{ kind: 'webhook', name, summary: 'made up', setup: [], keptHeaders: ['x-kind'] },
    proof: { kind: 'shared_secret', headers: ['x-secret'] },
    deliveryId: ({ body }) => {
      const { id }: { id?: unknown } = Object(body);
      return isText(id) ? id : null;
    },
    parse: ({ body, receivedAt }) => readPages(body, receivedAt),
    parseFetched: (_need, fetched) => readPages(fetched, Date.UTC(2026, 0, 29)),
  };
}

const pageView = (source: Source, surface: string, ts: number): Event => ({
  ...{ ts, source, type: 'pageview', account: null, user: null, surface, severity: null, value: null },
  ...{ id: null, meta: {} },
});
