import { describe, expect, it } from 'vitest';
import { posthogSource } from '../../src/sources/posthog.ts';
import { onlyEvent, parsed, payloadValues } from '../support/payloads.ts';

const at = '2026-11-20T09:00:00.000Z';
const sent = (event: string, properties: object = {}, change: object = {}) => ({
  ...{ event, uuid: 'u-1', distinct_id: 'person-1', timestamp: at, properties },
  ...change,
});
const typeOf = (name: string): string => {
  const { events, ignored } = parsed(posthogSource, sent(name));
  return events[0]?.event?.type ?? `ignored ${ignored[0]}`;
};

describe('a PostHog event', () => {
  it.each([
    ['$pageview', 'pageview'],
    ['$screen', 'pageview'],
    ['$autocapture', 'action'],
    ['$exception', 'error'],
    ['plan upgraded', 'action'],
    ['checkout step abandoned', 'dropoff'],
    ['checkoutStepAbandoned', 'dropoff'],
    ['cart_drop_off', 'dropoff'],
    ['User Signed Up', 'signup'],
    ['signup_completed', 'signup'],
    ['account created', 'signup'],
    ['sign up button clicked', 'action'],
    ['signup failed', 'action'],
    ['survey sent', 'action'],
    ['survey shown', 'ignored survey shown'],
    // Every view ends with one: counted as drop-offs, all views would be.
    ['$pageleave', 'ignored $pageleave'],
    // Sent at each login, not once a person.
    ['$identify', 'ignored $identify'],
    ['$groupidentify', 'ignored $groupidentify'],
    ['$feature_flag_called', 'ignored $feature_flag_called'],
    ['$rageclick', 'ignored $rageclick'],
    ['$made up by ann@example.com', 'ignored other'],
  ])('named %s is %s', (name, type) => {
    expect(typeOf(name)).toBe(type);
  });

  it('keeps where it happened, for whom, under which release and on what', () => {
    const properties = {
      $current_url: 'https://app.example.com/cart?x=1',
      $pathname: '/cart',
      $groups: { project: 'p-9', company: 'acme_1' },
      $app_version: '1.42.0',
      $environment: 'production',
      $lib: 'web',
      $session_id: 's-1',
      utm_campaign: 'spring',
      plan: 'pro',
      items: 3,
      email: 'ann@example.com',
      first_name: 'Ann',
    };
    expect(onlyEvent(posthogSource, sent('coupon applied', properties))).toEqual({
      ts: Date.parse(at),
      source: 'posthog',
      type: 'action',
      account: 'acme_1',
      user: 'person-1',
      email: 'ann@example.com',
      surface: 'https://app.example.com/cart?x=1',
      severity: null,
      value: null,
      id: 'u-1',
      meta: {
        ...{ event: 'coupon applied', release: '1.42.0', app_version: '1.42.0', env: 'production', platform: 'web' },
        ...{ session_id: 's-1', campaign: 'spring', utm_campaign: 'spring', plan: 'pro', items: 3 },
      },
    });
  });

  it.each([
    [{ $browser: 'Chrome', $os: 'iOS' }, 'web'],
    [{ $lib: 'posthog-ios' }, 'ios'],
    [{ $lib: 'posthog-react-native', $os_name: 'Android' }, 'android'],
    [{ $lib: 'posthog-node' }, 'server'],
    [{}, undefined],
  ])('with %j came from %s', (properties, platform) => {
    expect(onlyEvent(posthogSource, sent('$pageview', properties)).meta.platform).toBe(platform);
  });

  it.each([
    ['the monthly amount of its account', 'plan upgraded', { mrr: 49, currency: 'USD' }, 'revenue', 49, undefined],
    ['an order of its own', 'purchase', { revenue: 19.9, order_id: 'o-7' }, 'revenue', 19.9, 'o-7'],
    ['an order without a number', 'purchase', { $revenue: '19.9' }, 'revenue', 19.9, 'u-1'],
    ['no money that did not come', 'subscription cancelled', { mrr: 49 }, 'action', null, undefined],
  ])('tells %s', (_what, name, properties, type, value, order) => {
    const event = onlyEvent(posthogSource, sent(name, properties));
    expect(event).toMatchObject({ type, value });
    expect(event.meta.order_id).toBe(order);
  });

  it('in another currency is refused where it is money, and taken where it is none', () => {
    const { events } = parsed(posthogSource, [
      sent('plan upgraded', { mrr: 49, currency: 'EUR' }),
      sent('cart opened', { currency: 'EUR' }),
    ]);
    expect(events[0]?.reason).toMatch(/this workspace counts USD/);
    expect(events[1]?.event?.type).toBe('action');
  });

  it.each([
    ['without a name', { event: undefined }, /^event is missing/],
    ['without a time', { timestamp: undefined }, /^ts is missing/],
    ['of tomorrow and later', { timestamp: '2031-01-01T00:00:00Z' }, /^ts is in the future/],
    ['with an endless id', { uuid: 'x'.repeat(301) }, /^id is longer/],
  ])('%s is refused with the reason', (_what, change, reason) => {
    expect(parsed(posthogSource, sent('$pageview', {}, change)).events[0]?.reason).toMatch(reason);
  });
});

describe('what PostHog sends', () => {
  it('by its webhook destination is one event, with the link back to it', () => {
    const [body] = payloadValues('posthog/webhook_destination_default.json');
    expect(onlyEvent(posthogSource, body)).toMatchObject({
      ...{ ts: Date.UTC(2024, 0, 1), type: 'action', user: 'distinct-id', surface: 'https://example.com' },
      ...{ id: 'event-id', meta: { event: 'event-name', url: 'https://us.posthog.com/projects/1/events/1234' } },
    });
    expect(posthogSource.deliveryId({ headers: {}, body, receivedAt: 0 })).toBe('event-id');
  });

  it('with groups beside the event names the account', () => {
    const groups = { company: { id: 'acme_1', url: 'https://us.posthog.com/groups/0/acme_1' } };
    expect(onlyEvent(posthogSource, { event: sent('$pageview'), groups }).account).toBe('acme_1');
  });

  it('by its SDK is every event of the batch, each once', () => {
    const { events, ignored } = parsed(posthogSource, payloadValues('posthog/posthog_node_batches.jsonl'));
    const count = (type: string) => events.filter(({ event }) => event?.type === type).length;
    expect({ pageview: count('pageview'), action: count('action'), dropoff: count('dropoff') }).toEqual({
      ...{ pageview: 8, action: 4, dropoff: 4 },
    });
    expect({ revenue: count('revenue'), error: count('error') }).toEqual({ revenue: 4, error: 1 });
    expect(ignored).toEqual([...Array(4).fill('$pageleave'), '$identify', '$groupidentify']);
    expect(new Set(events.map(({ event }) => event?.id)).size).toBe(21);
  });

  it('about an exception has its message, and a stack of the frames that are the application', () => {
    const { events } = parsed(posthogSource, payloadValues('posthog/posthog_node_batches.jsonl'));
    const error = events.find(({ event }) => event?.type === 'error')?.event;
    expect(error).toMatchObject({
      ...{ severity: 3, user: 'user_2' },
      meta: { message: "TypeError: Cannot read properties of undefined (reading 'price')" },
    });
    expect(error?.meta.stack).toMatch(/^TypeError: .*\n {4}at Server\.\? \(gen\.cjs:11:26\)$/);
  });
});
