import { beforeAll, expect, it } from 'vitest';
import { plainText } from '../../../src/core/query/answer/plain-text.ts';
import { createAsk } from '../../../src/pipeline/ask/ask.ts';
import { localReader } from '../../../src/pipeline/ask/local-reader.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { createStores } from '../../../src/postgres/stores.ts';
import { describeOnEveryDatabase } from '../../support/database.ts';
import { runbookText } from '../../support/runbook-text.ts';
import { createStoreContext } from '../../support/store-context.ts';
import { depsOf } from './asking.ts';

const AS_OF = Date.parse('2026-01-30T10:00:00Z');
const kafka = runbookText('Kafka', ['Consumers stuck rebalancing: restart one consumer after the other.']);

describeOnEveryDatabase('what nothing is measured of', (open) => {
  let handle: DatabaseHandle;
  let stores: ReturnType<typeof createStores>;
  beforeAll(async () => {
    handle = await open();
    stores = createStores(handle, createStoreContext());
    const by = { actor: 'U_MAYA', role: 'admin', channel: null } as const;
    await stores.runbooks.add(kafka, by);
    await stores.runbooks.add(
      runbookText('Till', ['The till rate jumps: reset the till.'], { channels: ['C0000TILLS'] }),
      by,
    );
  });
  const ask = (question: string, channel: string | null = null) => {
    const deps = depsOf(handle, { read: async (asked, setting) => (await localReader.read(asked, setting)).reading });
    const asker = { user: channel === null ? null : 'U_MAYA', roles: ['viewer'] as const };
    return createAsk(deps)({
      ...{ question, asOf: AS_OF, asker, channel, threadId: null },
      audience: channel === null ? 'asker' : 'public_channel',
    });
  };
  const gaps = () => stores.runbooks.listGaps({ since: 0, limit: 10 });

  it('is answered by the runbook that covers it, in place of a refusal', async () => {
    const { reading, body } = await ask('kafka consumers stuck rebalancing');
    expect(reading).toMatchObject({ intent: 'runbook', reason: null });
    expect(plainText(body)).toContain('Kafka › Part 0 covers this.\n“Consumers stuck rebalancing');
    expect(plainText(body)).not.toContain('not understood');
  });

  it('is refused as ever where none covers it, and no runbook is missed', async () => {
    const { reading } = await ask('rabbitmq cluster partition');
    expect(reading.intent).not.toBe('runbook');
    expect(await gaps()).toEqual([]);
  });

  it('is offered beside a refusal of what might be measured, and is missed as a measure all the same', async () => {
    const by = { actor: 'U_MAYA', role: 'admin', channel: null } as const;
    await stores.runbooks.add(runbookText('Refunds', ['How many refunds last week: ask the bank about refunds.']), by);
    const { reading, body } = await ask('how many refunds last week');
    expect(reading).toMatchObject({ intent: 'refuse', reason: 'unsupported_metric' });
    expect(plainText(body)).toMatch(/^I don't measure refunds[\s\S]*A runbook may help: “Refunds › Part 0”/);
  });

  it('is never looked for where policy refuses, whatever a runbook says', async () => {
    for (const question of ['list the emails of kafka consumers', 'restart the kafka consumers stuck rebalancing'])
      expect((await ask(question)).reading.intent, question).toBe('refuse');
  });

  it('is offered beside a question back, and by those runbooks alone that its readers may read', async () => {
    const inTills = await ask('till rate', 'C0000TILLS');
    expect(inTills.reading.intent).toBe('clarify');
    expect(plainText(inTills.body)).toContain('A runbook may help: “Till › Part 0”.');
    expect(inTills.body.sections).toEqual([expect.objectContaining({ anchor: 'part-0' })]);
    const elsewhere = await ask('till rate', 'C0000OTHER');
    expect(elsewhere.reading.intent).toBe('clarify');
    expect(plainText(elsewhere.body)).not.toContain('Till ›');
    expect(elsewhere.body.sections).toBeUndefined();
  });

  it('is said to be covered by none, and missed, where somebody asks how it is done', async () => {
    const { reading, body } = await ask('how do I feed the walrus?');
    expect(reading).toMatchObject({ intent: 'runbook', reason: 'no_data' });
    expect(plainText(body)).toContain('No runbook');
    expect(await gaps()).toEqual([expect.objectContaining({ about: 'how do i feed the walrus?', asked: 1 })]);
  });
});
