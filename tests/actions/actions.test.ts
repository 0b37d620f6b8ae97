import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createActions } from '../../src/actions/index.ts';
import type { ActionIo } from '../../src/core/action-io.ts';
import { type ActionRegistry, type ActionType, createActionRegistry, defineAction } from '../../src/core/actions.ts';
import type { JsonObject } from '../../src/core/records.ts';
import { actionContext } from '../support/action-context.ts';
import { rollbackHook } from '../support/rollback-hook.ts';

const FOLDER = join(import.meta.dirname, '../../src/actions');

const named = (id: string): ActionType =>
  defineAction({
    id,
    title: id,
    risk: 'low',
    idempotent: true,
    timeoutMs: 1_000,
    parameters: z.strictObject({ to: z.string() }),
    fields: [],
    preview: ({ to }) => [[`to ${to}`]],
    execute: async ({ to }) => ({ kind: 'done', summary: to, link: null, details: {} }),
  });

/** Says back what it was asked for. */
function echo(secrets: readonly string[] = ['rollback']): { io: ActionIo; asked: unknown[] } {
  const asked: unknown[] = [];
  const did = async (...what: unknown[]) => {
    asked.push(what);
    return { kind: 'done', summary: 'Done.', link: null, details: {} } as const;
  };
  return {
    asked,
    io: {
      issues: { repository: 'shop/web', open: (issue) => did('open', issue), find: async () => ({ kind: 'absent' }) },
      hooks: {
        hasSecret: (hook) => secrets.includes(hook),
        call: (call) => did('call', call),
        ask: async () => ({ kind: 'absent' }),
      },
      own: {
        post: (...what) => did('post', ...what.slice(0, -1)),
        tellOwner: (message) => did('tell', message),
        annotate: (annotation) => did('annotate', annotation),
        maintain: (window) => did('maintain', window),
        snooze: (...what) => did('snooze', ...what.slice(0, -1)),
        subscribe: (...what) => did('subscribe', ...what.slice(0, -1)),
      },
    },
  };
}

const FITTING: Readonly<Record<string, JsonObject>> = {
  simulate: { would_call: 'deploy.rollback', with: { release: 'web@1.42.0' }, expect: 'Errors back near 1.2%.' },
  'notify-owner': {
    ...{ owner: 'S012AB3CD', channel: 'C012AB3CD', text: 'Look at /checkout', escalate_to: 'U0LEAD123' },
    after_minutes: 30,
  },
  'post-message': { channel: 'C012AB3CD', text: 'Card payments fail; we are on it.' },
  annotate: { text: 'web@1.42.0 rolled back', kind: 'release', surface: '/checkout', at: '2026-01-30T15:22:00Z' },
  'declare-maintenance': {
    ...{ surface: '/checkout*', from: '2026-02-07T21:00:00Z', until: '2026-02-08T01:00:00Z' },
    reason: 'database move',
  },
  snooze: { incident: '0197f0aa-0000-7000-8000-000000000009', until: '2026-01-31T09:00:00Z' },
  subscribe: { channel: 'C012AB3CD', words: 'alerts /checkout*' },
  'open-issue': { title: 'Card payments fail', body: '8.3% of views', labels: ['seepass'] },
  'call-webhook:rollback': { release: 'web@1.42.0', service: 'web', replicas: 3 },
};

function prepare(registry: ActionRegistry, id: string, parameters: JsonObject) {
  const type = registry.find(id);
  if (type === undefined) throw new Error(`there is no "${id}"`);
  return type.prepare(parameters);
}

describe('action types', () => {
  it('are all registered, each under its file name', async () => {
    const files = (await readdir(FOLDER)).map((file) => file.replace('.ts', '')).filter((file) => file !== 'index');
    const ids = createActions(echo().io, [rollbackHook]).types.map(({ id }) => id.split(':')[0]);
    expect(ids.sort()).toEqual(files.sort());
  });

  it('cannot share an id', () => {
    expect(() => createActionRegistry([named('mail'), named('mail')])).toThrow('"mail"');
  });

  it.each([
    [{}, ['to: Invalid input: expected string, received undefined']],
    [{ to: 'a', cc: 'b' }, ['mail: Unrecognized key: "cc"']],
  ])('refuse parameters %j with a reason', (parameters, faults) => {
    expect(named('mail').prepare(parameters)).toEqual({ ok: false, faults });
  });

  it.each(Object.entries(FITTING))('%s says before it acts what it will do, and does that', async (id, parameters) => {
    const { io, asked } = echo();
    const prepared = prepare(createActions(io, [rollbackHook]), id, parameters);
    if (!prepared.ok) throw new Error(prepared.faults.join());
    expect(asked).toEqual([]);
    const shown = prepared.action.preview.map((line) =>
      line.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))),
    );
    const did = await prepared.action.execute(actionContext());
    expect({ shown: shown.map((line) => line.join('')), did: did.kind, asked }).toMatchSnapshot();
  });

  it.each([
    ['post-message', 'text', 2_000],
    ['notify-owner', 'text', 1_400],
    ['open-issue', 'body', 9_000],
  ])('%s shows before it acts the text that people approve, and how much more there is', (id, name, length) => {
    const registry = createActions(echo().io, [rollbackHook]);
    const prepared = prepare(registry, id, { ...FITTING[id], [name]: `Begin ${'x'.repeat(length)}` });
    if (!prepared.ok) throw new Error(prepared.faults.join());
    const shown = prepared.action.preview.flat().join(' ');
    expect(shown).toContain('Begin xxx');
    expect(shown).toMatch(/… \([\d,]+ more characters: Edit shows them\)/);
  });

  it.each(Object.keys(FITTING))('%s takes no parameter that nobody declared', (id) => {
    const registry = createActions(echo().io, [rollbackHook]);
    expect(prepare(registry, id, { ...FITTING[id], approve: true }).ok).toBe(false);
    expect(prepare(registry, id, {}).ok).toBe(false);
  });

  it('leave issues out where nobody can open any', () => {
    expect(createActions({ ...echo().io, issues: null }, []).find('open-issue')).toBeUndefined();
  });

  it('are not found under another name', () => {
    const registry = createActions(echo().io, []);
    expect(registry.find('constructor')).toBeUndefined();
    expect(registry.find('simulate')?.title).toBe('Simulate');
  });
});

describe('a declared webhook', () => {
  const fit = FITTING['call-webhook:rollback'] ?? {};

  it.each([
    [{ ...fit, service: 'payroll' }, 'service: must be one of web, api'],
    [{ ...fit, replicas: 50 }, 'replicas: must be at most 20'],
    [{ ...fit, release: 'x'.repeat(101) }, 'release: must be at most 100 characters'],
  ])('refuses %j', (parameters, fault) => {
    const prepared = prepare(createActions(echo().io, [rollbackHook]), 'call-webhook:rollback', parameters);
    expect(prepared).toEqual({ ok: false, faults: [fault] });
  });

  it('calls nothing without a secret, and says which one is missing before anybody approves', async () => {
    const { io, asked } = echo([]);
    const prepared = prepare(createActions(io, [rollbackHook]), 'call-webhook:rollback', fit);
    if (!prepared.ok) throw new Error(prepared.faults.join());
    expect(prepared.action.preview.flat().join(' ')).toContain('SEEPASS_HOOK_SECRET_ROLLBACK');
    expect(await prepared.action.execute(actionContext())).toMatchObject({ kind: 'not_done', retryAfterMs: null });
    expect(asked).toEqual([]);
  });

  it('is taken back by the webhook that says so, and cannot be asked where it says no address', async () => {
    const registry = createActions(echo().io, [rollbackHook]);
    const prepared = prepare(registry, 'call-webhook:rollback', fit);
    if (!prepared.ok) throw new Error(prepared.faults.join());
    expect(prepared.action.undo({})).toMatchObject({ type: 'call-webhook:rollforward', parameters: fit });
    expect(await prepared.action.reconcile(actionContext())).toEqual({ kind: 'absent' });
    const { status_url: _, ...mute } = rollbackHook;
    const unasked = prepare(createActions(echo().io, [mute]), 'call-webhook:rollback', fit);
    expect(unasked.ok && (await unasked.action.reconcile(actionContext()))).toEqual({ kind: 'unknown' });
  });
});
