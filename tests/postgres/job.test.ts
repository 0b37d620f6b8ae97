import { beforeEach, expect, it } from 'vitest';
import { ConflictError } from '../../src/errors.ts';
import type { JobStore } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createJobStore } from '../../src/postgres/job.repository.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

const TICK = Date.parse('2026-01-30T08:00:00Z');
const LEASE_MS = 60_000;

describeOnEveryDatabase('job runs', (open) => {
  let handle: DatabaseHandle;
  let context: ReturnType<typeof createStoreContext>;
  let jobs: JobStore;
  beforeEach(async () => {
    handle = await open();
    context = createStoreContext();
    jobs = createJobStore(handle.kysely, context);
  });

  it('go to one of many owners', async () => {
    const claims = await Promise.all(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((owner) => jobs.claim('cycle', TICK, owner, LEASE_MS)),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('are taken over once when the lease has run out', async () => {
    expect(await jobs.claim('cycle', TICK, 'a', LEASE_MS)).toBe(true);
    context.advance(LEASE_MS);
    const claims = await Promise.all(['b', 'c'].map((owner) => jobs.claim('cycle', TICK, owner, LEASE_MS)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    await expect(jobs.finish('cycle', TICK, 'a', null)).rejects.toThrow(ConflictError);
    await expect(jobs.extend('cycle', TICK, 'a', LEASE_MS)).rejects.toThrow(/another process took it over/);
  });

  it('stay with an owner that extends its lease', async () => {
    await jobs.claim('cycle', TICK, 'a', LEASE_MS);
    context.advance(LEASE_MS - 1);
    await jobs.extend('cycle', TICK, 'a', LEASE_MS);
    context.advance(LEASE_MS - 1);
    expect(await jobs.claim('cycle', TICK, 'b', LEASE_MS)).toBe(false);
  });

  it('that are given back may be run again, and say who has them meanwhile', async () => {
    expect(await jobs.holder('cycle', TICK)).toBeUndefined();
    await jobs.claim('cycle', TICK, 'a', LEASE_MS);
    expect(await jobs.holder('cycle', TICK)).toEqual({ owner: 'a', since: context.clock() });
    await jobs.release('cycle', TICK, 'b');
    expect(await jobs.claim('cycle', TICK, 'b', LEASE_MS)).toBe(false);
    await jobs.release('cycle', TICK, 'a');
    expect(await jobs.claim('cycle', TICK, 'b', LEASE_MS)).toBe(true);
    context.advance(LEASE_MS);
    expect(await jobs.holder('cycle', TICK)).toBeUndefined();
  });

  it('never run again once done, and run again after they failed', async () => {
    await jobs.claim('cycle', TICK, 'a', LEASE_MS);
    await jobs.finish('cycle', TICK, 'a', 'the database went away');
    expect(await jobs.lastDone('cycle')).toBeUndefined();
    expect(await jobs.claim('cycle', TICK, 'b', LEASE_MS)).toBe(true);
    await jobs.finish('cycle', TICK, 'b', null);
    context.advance(10 * LEASE_MS);
    expect(await jobs.claim('cycle', TICK, 'c', LEASE_MS)).toBe(false);
    expect(await jobs.lastDone('cycle')).toBe(TICK);
    expect(await jobs.lastDone('digest')).toBeUndefined();
  });
});
