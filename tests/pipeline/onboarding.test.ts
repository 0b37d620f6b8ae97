import { beforeEach, expect, it } from 'vitest';
import { enqueueOnboarding } from '../../src/pipeline/onboarding.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import { NOW, storesOf } from '../slack/world.ts';
import { describeOnOneDatabase } from '../support/database.ts';

describeOnOneDatabase('the first message to whoever set Seepass up', (open) => {
  let stores: Stores;
  beforeEach(async () => {
    stores = storesOf(await open());
  });
  const send = (admins: readonly string[]) =>
    enqueueOnboarding({ stores, admins, clock: () => NOW, render: () => ({ text: 'Hello', blocks: [] }) });
  const waiting = () => stores.outbox.claim('test', 60_000, 10);

  it('goes to the first admin alone, once, however many processes start and whoever is named later', async () => {
    expect((await Promise.all([send(['U0000MAYA', 'U00000LEO']), send(['U0000MAYA'])])).filter(Boolean)).toHaveLength(
      1,
    );
    expect(await send(['U00000LEO'])).toBe(false);
    expect(await waiting()).toMatchObject([{ kind: 'onboarding', channel: 'U0000MAYA', operation: 'post' }]);
  });

  it('waits until somebody is named', async () => {
    expect(await send([])).toBe(false);
    expect(await waiting()).toEqual([]);
    expect(await send(['U0000MAYA'])).toBe(true);
  });
});
