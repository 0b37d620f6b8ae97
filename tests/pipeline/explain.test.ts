import { beforeEach, expect, it } from 'vitest';
import type { Explanation, Priority } from '../../src/core/records.ts';
import { explainDay, templateExplainer } from '../../src/pipeline/explain.ts';
import type { Explainer, JudgedDay, Stores } from '../../src/pipeline/ports.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { checkoutIncident, priority } from '../support/priority.ts';
import { silentLog } from '../support/silent-log.ts';
import { createStoreContext } from '../support/store-context.ts';

const DATE = '2026-01-29';
const DAY: JudgedDay = {
  date: DATE,
  as_of: Date.parse('2026-01-30T08:00:00Z'),
  surfaces: 4,
  findings: 0,
  priorities: 3,
  summary: {
    expected_false: 0.2,
    too_small: 0,
    insufficient_history: 0,
    under_maintenance: 0,
    baselines_ready_on: null,
    gap_sources: [],
    back_to_normal: [],
    improvements: [],
  },
};

describeOnOneDatabase('explaining a day', (open) => {
  let handle: DatabaseHandle;
  let stores: Stores;
  beforeEach(async () => {
    handle = await open();
    stores = createStores(handle, createStoreContext());
    await judge();
  });

  const ranked: Priority[] = [
    checkoutIncident(),
    priority({ rank: 2, entity_key: '/search' }),
    priority({ rank: 3, entity_key: '/reports' }),
  ];
  const judge = () => stores.priorities.replaceDay(DAY, [], ranked);
  const explain = (explainer: Explainer = templateExplainer, limit = 5) =>
    explainDay({ stores, explainer, date: DATE, limit, currency: 'USD', timezone: 'Europe/Berlin', log: silentLog });
  const explanationOf = (entity_key: string) =>
    stores.priorities.findExplanation(DATE, { entity_type: 'surface', entity_key });

  it('writes once for each of the first, and keeps what is written', async () => {
    expect(await explain(templateExplainer, 2)).toEqual({ written: 2, kept: 0, by_model: 0 });
    expect((await explanationOf('/checkout'))?.summary).toMatch(/^8.3% of 1,780 views failed on Thursday/);
    expect(await explanationOf('/reports')).toBeUndefined();
    expect(await explain()).toEqual({ written: 1, kept: 2, by_model: 0 });
  });

  it('writes again when the day was judged again', async () => {
    await explain();
    await judge();
    expect(await explain()).toEqual({ written: 3, kept: 0, by_model: 0 });
  });

  it('asks about two at a time, and counts what the model wrote', async () => {
    let open = 0;
    let most = 0;
    let meet = (): void => undefined;
    const met = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const model: Explainer = {
      async explain(given, facts): Promise<Explanation> {
        open += 1;
        most = Math.max(most, open);
        if (open === 2) meet();
        // The first waits for a second beside it, however slow the machine is; one at a time would wait for ever.
        await met;
        await new Promise((resolve) => setTimeout(resolve, 5));
        open -= 1;
        return { ...(await templateExplainer.explain(given, facts)), written_by: 'model' };
      },
    };
    expect(await explain(model)).toEqual({ written: 3, kept: 0, by_model: 3 });
    expect(most).toBe(2);
  });

  it('explains the others, and that one from the template, when an explainer throws', async () => {
    const broken: Explainer = {
      explain: (given, facts) =>
        given.entity_key === '/checkout' ? Promise.reject(new Error('no')) : templateExplainer.explain(given, facts),
    };
    expect(await explain(broken)).toEqual({ written: 3, kept: 0, by_model: 0 });
    expect((await explanationOf('/checkout'))?.written_by).toBe('template');
  });

  it('lets go of a priority that a new judgement removed meanwhile', async () => {
    const rejudging: Explainer = {
      async explain(given, facts) {
        await stores.priorities.replaceDay(DAY, [], ranked.slice(1));
        return templateExplainer.explain(given, facts);
      },
    };
    await expect(explain(rejudging, 1)).resolves.toEqual({ written: 0, kept: 0, by_model: 0 });
  });

  it('does nothing for a day without priorities', async () => {
    await stores.priorities.replaceDay(DAY, [], []);
    expect(await explain()).toEqual({ written: 0, kept: 0, by_model: 0 });
  });
});
