import { describe, expect, it } from 'vitest';
import { parseDeclaredConfig, withDefaults } from '../../src/core/workspace-config.ts';
import { rollbackHook } from '../support/rollback-hook.ts';

const faultsOf = (value: unknown): string[] => parseDeclaredConfig(value).faults ?? [];

describe('what actions may do, as a workspace declares it', () => {
  it('is taken as written', () => {
    const written = {
      owners: [{ id: 'checkout', surface: '/checkout*', owner: 'U012AB3CD', escalate_to: 'C012AB3CD', after: 30 }],
      issues: { repository: 'shop/web', labels: ['seepass'] },
      webhooks: [rollbackHook],
    };
    const { declared } = parseDeclaredConfig(written);
    expect(declared && withDefaults(declared)).toMatchObject(written);
  });

  it('is nothing where nothing is declared', () => {
    expect(withDefaults({})).toMatchObject({ owners: [], issues: null, webhooks: [] });
  });

  it.each([
    [{ ...rollbackHook, url: 'http://deploy.example/x' }, 'webhooks[0].url must begin with https://'],
    [{ ...rollbackHook, url: 'https://me:pw@deploy.example/x' }, 'webhooks[0].url must hold no user or password'],
    [{ ...rollbackHook, url: 'deploy' }, 'webhooks[0].url must be an address'],
    [{ ...rollbackHook, url: 'file:///etc/passwd' }, 'webhooks[0].url must begin with https://'],
    [{ ...rollbackHook, risk: 'none' }, 'webhooks[0].risk must be one of low, medium, high'],
    [{ ...rollbackHook, parameters: { a: { type: 'choice' } } }, 'webhooks[0].parameters.a.of is missing'],
    [
      { ...rollbackHook, parameters: { a: { type: 'number', to: 3, default: 4 } } },
      'webhooks[0].parameters.a.default does not fit',
    ],
    [{ ...rollbackHook, parameters: { __proto__x: { type: 'text' } } }, 'webhooks[0].parameters'],
    [{ ...rollbackHook, secret: 'hunter2' }, 'webhooks[0] does not know "secret"'],
  ])('refuses the webhook %#', (hook, fault) => {
    expect(faultsOf({ webhooks: [hook] }).join('\n')).toContain(fault);
  });

  it('lets a local webhook be called without encryption', () => {
    expect(faultsOf({ webhooks: [{ ...rollbackHook, url: 'http://localhost:9000/rollback' }] })).toEqual([]);
  });

  it.each([
    [{ id: 'a', owner: 'somebody' }, 'owners[0].owner must be the id of a person'],
    [{ id: 'a', owner: 'S012AB3CD' }, 'owners[0].channel is missing: a user group is told in a channel'],
    [{ id: 'a', owner: 'U012AB3CD', category: 'magic' }, 'owners[0].category must be one of'],
    [{ id: 'a', owner: 'U012AB3CD', after: 0 }, 'owners[0].after must be at least 1'],
  ])('refuses the owner %j', (owner, fault) => {
    expect(faultsOf({ owners: [owner] }).join('\n')).toContain(fault);
  });

  it('refuses a repository that is none', () => {
    expect(faultsOf({ issues: { repository: 'https://github.com/shop/web' } })).toEqual([
      'issues.repository must be a repository such as shop/web',
    ]);
  });
});
