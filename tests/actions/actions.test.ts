import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { actions } from '../../src/actions/index.ts';
import { type ActionType, createActionRegistry, defineAction } from '../../src/core/actions.ts';

const FOLDER = join(import.meta.dirname, '../../src/actions');

const named = (id: string): ActionType =>
  defineAction({
    id,
    title: id,
    risk: 'low',
    parameters: z.strictObject({ to: z.string() }),
    preview: ({ to }) => [`to ${to}`],
    execute: async ({ to }) => ({ summary: to, details: {} }),
  });

describe('action types', () => {
  it('are all registered, each under its file name', async () => {
    const files = (await readdir(FOLDER)).filter((file) => file !== 'index.ts').map((file) => file.replace('.ts', ''));
    expect(actions.types.map((type) => type.id).sort()).toEqual(files.sort());
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

  it('show and run only what was parsed', async () => {
    const prepared = named('mail').prepare({ to: 'ops' });
    if (!prepared.ok) throw new Error(prepared.faults.join());
    expect(prepared.action.preview).toEqual(['to ops']);
    const by = { actor: 'U1', at: 0, idempotencyKey: 'k' };
    expect(await prepared.action.execute(by)).toEqual({ summary: 'ops', details: {} });
  });

  it('are not found under another name', () => {
    expect(actions.find('constructor')).toBeUndefined();
    expect(actions.find('simulate')?.title).toBe('Simulate');
  });
});
