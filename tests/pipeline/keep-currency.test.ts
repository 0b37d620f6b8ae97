import { expect, it } from 'vitest';
import { keepCurrency } from '../../src/pipeline/keep-currency.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { createStoreContext } from '../support/store-context.ts';

describeOnEveryDatabase('the currency of a workspace', (open) => {
  it('may change while there is no data, and never after', async () => {
    const handle = await open();
    const stores = createStores(handle, createStoreContext());
    await keepCurrency(stores, 'USD');
    await keepCurrency(stores, 'EUR');
    await stores.rollups.upsertAggregates([
      {
        date: '2026-01-29',
        surface: '/checkout',
        pageviews: 1,
        actions: 0,
        dropoffs: 0,
        errors: 0,
        tickets: 0,
        affected_accounts: 0,
        affected_users: 0,
        revenue_at_risk: 100,
        release_top: null,
        release_share: null,
        top_error_signatures: [],
        top_ticket_topics: [],
      },
    ]);
    await keepCurrency(stores, 'EUR');
    await expect(keepCurrency(stores, 'JPY')).rejects.toMatchObject({
      code: 'bad_config',
      line: expect.stringMatching(/money is in EUR.*SEEPASS_CURRENCY=EUR/),
    });
  });
});
