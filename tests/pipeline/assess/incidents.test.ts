import { hash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Assessment } from '../../../src/core/assess/assessment.ts';
import { assessIncidents } from '../../../src/pipeline/assess/assess-incidents.ts';
import { createAssessDesk } from '../../../src/pipeline/assess/desk.ts';
import { followIncidents } from '../../../src/pipeline/incidents/follow.ts';
import { finding, HOUR } from '../../core/incident/made-up.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { World } from '../incidents/world.ts';

const says = (text: string) => ({ text, blocks: [] });

/** A world in which checks find what a test says; `writes` counts how often an assessment was worded. */
function assessing(world: World) {
  const state = { category: 'credentials', writes: 0 };
  const { stores } = world;
  const metrics = {
    answer: async (query: { metric: string; group_by: readonly string[] }) => {
      const isStatus = query.metric === 'requests' && query.group_by[0] === 'status';
      const status = state.category === 'credentials' ? '403' : '429';
      const of = (value: number) => ({ value, numerator: null, denominator: null, sample: value });
      const row = (now: number, before: number, key: Record<string, string>) => ({
        ...{ key, bucket: null, partial: false },
        ...{ figure: of(now), compared: of(before) },
      });
      const rows = isStatus ? [row(200, 10, { status }), row(800, 100_000, { status: '200' })] : [];
      const total = isStatus ? { figure: of(1000), compared: of(100_010) } : { figure: of(0), compared: of(0) };
      return {
        ...{ rows, total, groups: rows.length, watermark: null, first_date: null },
        ...{ served_by: 'events' as const, totals_only: [], totals_partly: [] },
      };
    },
  };
  const context = {
    ...world.context,
    stores: { ...stores, metrics },
    runbooks: null,
    currency: 'USD',
    sha256: (text: string) => hash('sha256', text, 'hex'),
    write: async (draft: Assessment) => {
      state.writes += 1;
      return draft;
    },
    renderAssessment: ({ cause, edition }: Assessment) => says(`${cause.category}, edition ${edition}`),
  };
  return { state, context, replies: async () => (await world.outbox()).filter((line) => line.includes('edition')) };
}

describeOnOneDatabase('assessing incidents', (open) => {
  it('tells the thread once it is known, and again only where it changed materially', async () => {
    const world = new World(await open());
    await world.subscribe('C1');
    await world.judged(0, [finding('/checkout')]);
    await followIncidents(world.context);
    const { state, context, replies } = assessing(world);

    await assessIncidents(context);
    await assessIncidents(context);
    expect(await replies()).toEqual(['C1 reply credentials, edition 1']);
    expect(state.writes).toBe(1);

    world.now += 2 * HOUR;
    await assessIncidents(context);
    expect(await replies()).toHaveLength(1);

    state.category = 'rate_limit';
    world.now += 2 * HOUR;
    await assessIncidents(context);
    expect(await replies()).toEqual(['C1 reply credentials, edition 1', 'C1 reply rate_limit, edition 2']);
  });

  it('says nothing in a thread while nothing points anywhere, and answers whoever asks', async () => {
    const world = new World(await open());
    await world.subscribe('C1');
    await world.judged(0, [finding('/checkout')]);
    await followIncidents(world.context);
    const { context, replies } = assessing(world);
    const blind = {
      ...context,
      stores: { ...context.stores, metrics: { answer: () => Promise.reject(new Error('away')) } },
    };
    await assessIncidents(blind);
    expect(await replies()).toEqual([]);

    const [incident] = await world.stores.incidents.listLive();
    const asked = await createAssessDesk(blind).ofIncident(incident?.id ?? '');
    expect(asked?.cause).toMatchObject({ category: 'unknown', confidence: 'low' });
    expect(asked?.summary.text).toContain('/checkout');
  });
});
