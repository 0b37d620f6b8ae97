import { describe, expect, it } from 'vitest';
import { createIdentifier } from '../../src/core/identity-config.ts';
import type { Event, Source } from '../../src/core/records.ts';
import { parseDeclaredConfig } from '../../src/core/workspace-config.ts';

const event = (source: Source, user: string | null, account: string | null, meta: Event['meta']): Event => ({
  ...{ ts: 1, source, type: 'action', account, user, surface: null, severity: null, value: null, id: null, meta },
});

describe('who an event is about', () => {
  const identify = createIdentifier([
    { source: 'intercom', user: 'meta.person.email', account: 'meta.company' },
    { source: 'intercom', user: 'meta.email' },
    { source: 'sentry', account: 'meta.tags.tenant' },
  ]);

  it('is told by the declared keys, without case and outer blanks', () => {
    const meta = { person: { email: ' Jane@Example.com ' }, company: ' Acme ' };
    expect(identify(event('intercom', 'u1', null, meta))).toMatchObject({ user: 'jane@example.com', account: 'Acme' });
  });

  it('is told by the next rule where the first finds nothing, and else by what the tool sent', () => {
    expect(identify(event('intercom', 'u1', 'A', { person: {}, email: 'x@y.io' }))).toMatchObject({ user: 'x@y.io' });
    expect(identify(event('intercom', 'u1', 'A', { company: '  ' }))).toMatchObject({ user: 'u1', account: 'A' });
    expect(identify(event('sentry', 'u1', null, { tags: { tenant: 7 } }))).toMatchObject({ user: 'u1', account: '7' });
  });

  it.each([
    ['the address a tool names', { email: 'jane@example.com' }, 'u1', 'jane@example.com'],
    ['the address before an id that is one', { email: 'jane@example.com' }, 'old@example.com', 'jane@example.com'],
    ['an id that is an address', {}, ' Jane@Example.com ', 'jane@example.com'],
    ['the id where no address is known', {}, 'u1', 'u1'],
    ['nobody where neither is', {}, null, null],
  ])('is told by e-mail: %s', (_what, more, user, expected) => {
    const byEmail = createIdentifier([{ source: 'posthog', user: 'email' }]);
    expect(byEmail({ ...event('posthog', user, null, {}), ...more }).user).toBe(expected);
  });

  it('stays as it is for other tools', () => {
    const sent = event('posthog', 'u1', 'A', { company: 'Acme' });
    expect(identify(sent)).toBe(sent);
  });

  it('is not read from what only looks like a key', () => {
    const odd = createIdentifier([{ source: 'app', user: 'meta.constructor.name' }]);
    expect(odd(event('app', 'u1', null, {})).user).toBe('u1');
  });
});

describe('declaring it', () => {
  it.each([
    [[{ source: 'sentry' }], 'identity[0] must name user or account'],
    [
      [{ source: 'sentry', user: 'mail' }],
      'identity[0].user must be user, email, account or a key of meta such as meta.customer_id',
    ],
    [
      [{ source: 'sentry', account: 'email' }],
      'identity[0].account must be user, account or a key of meta such as meta.company',
    ],
    [[{ source: 'zendesk', user: 'user' }], 'identity[0].source must be one of posthog'],
  ])('%j says what is wrong', (identity, fault) => {
    expect(parseDeclaredConfig({ identity }).faults?.join('\n')).toContain(fault);
  });

  it.each([
    [{ rules: ['/products/:slug', '/docs/*'], cap: 300 }, undefined],
    [{ rules: ['/*'] }, 'surfaces.rules[0] must be a path that begins with a word'],
    [{ cap: 3 }, 'surfaces.cap must be at least 10'],
  ])('surfaces %j gives %s', (surfaces, fault) => {
    const { faults } = parseDeclaredConfig({ surfaces });
    expect(faults?.join('\n')).toEqual(fault === undefined ? undefined : expect.stringContaining(fault));
  });
});
