import { beforeEach, expect, it } from 'vitest';
import type { Audience } from '../../../src/core/policy/audience.ts';
import type { Reading } from '../../../src/core/query/reading.ts';
import type { Role } from '../../../src/core/records.ts';
import { answerAgain } from '../../../src/pipeline/ask/answer-again.ts';
import { createAsk } from '../../../src/pipeline/ask/ask.ts';
import type { AskDeps } from '../../../src/pipeline/ask/ask-deps.ts';
import { replayReceipt } from '../../../src/pipeline/ask/replay.ts';
import { createAuditStore } from '../../../src/postgres/audit.repository.ts';
import type { DatabaseHandle } from '../../../src/postgres/database.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { createStoreContext } from '../../support/store-context.ts';
import { depsOf, metricReading, readingOf, requestOf } from '../ask/asking.ts';

const QUESTION = 'errors by account, ask ann@example.com';
const SECRET = /account|ann@|example/;
const tickets = metricReading({ metric: 'tickets' });
const byAccount = metricReading({ metric: 'errors', group_by: ['account'] });

describeOnOneDatabase('a question', (open) => {
  let handle: DatabaseHandle;
  beforeEach(async () => {
    handle = await open();
  });
  const depsFor = (reading: Reading): AskDeps => depsOf(handle, { read: () => reading });
  const entries = async () => (await createAuditStore(handle.kysely, createStoreContext()).list(20)).reverse();
  const told = async () => (await entries()).map(({ action, outcome }) => `${action} ${outcome}`);

  it('leaves who asked, where and with what outcome, and a hash of its words', async () => {
    const { receipt } = await createAsk(depsFor(tickets))(requestOf(QUESTION));
    const [entry] = await entries();
    expect(entry).toMatchObject({
      ...{ actor: 'U1', actor_role: 'admin', channel: 'C1', action: 'question.ask', outcome: 'answered' },
      ...{ subject_type: 'receipt', subject_id: receipt, details: { intent: 'metric', audience: 'asker' } },
    });
    expect(entry?.details.parameters).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(await entries())).not.toMatch(SECRET);
  });

  it('from the command line leaves that it came from there', async () => {
    await createAsk(depsFor(tickets))(requestOf('tickets', { asker: { user: null, roles: ['admin'] }, channel: null }));
    expect(await entries()).toMatchObject([{ actor: 'cli', channel: null, action: 'question.ask' }]);
  });

  it.each<[string, Role[], Audience, string]>([
    ['shown to an analyst', ['viewer', 'analyst'], 'asker', 'shown'],
    ['refused to a viewer', ['viewer'], 'asker', 'forbidden'],
    ['refused where everybody reads along', ['viewer', 'analyst'], 'public_channel', 'forbidden'],
  ])('about accounts leaves a second entry: %s', async (_, roles, audience, outcome) => {
    await createAsk(depsFor(byAccount))(requestOf(QUESTION, { asker: { user: 'U1', roles }, audience }));
    const answered = outcome === 'shown' ? 'answered' : 'private_data';
    expect(await told()).toEqual([`question.ask ${answered}`, `accounts.view ${outcome}`]);
  });

  it.each([
    ['is refused', readingOf({ intent: 'refuse', reason: 'private_data' }), 'question.ask private_data'],
    ['is out of scope', readingOf({ intent: 'refuse', reason: 'out_of_scope' }), 'question.ask out_of_scope'],
    ['asks for help', readingOf({ intent: 'help' }), 'question.ask answered'],
  ])('leaves an entry where it %s', async (_, reading, expected) => {
    await createAsk(depsFor(reading))(requestOf(QUESTION));
    expect(await told()).toEqual([expected]);
  });

  it('that nobody can read leaves one too', async () => {
    await createAsk(depsFor(tickets))(requestOf('   '));
    expect(await told()).toHaveLength(1);
  });

  it('that fails leaves that it failed', async () => {
    const read = () => Promise.reject(new RangeError('broken'));
    await expect(createAsk(depsOf(handle, { read }))(requestOf(QUESTION))).rejects.toThrow('broken');
    expect(await entries()).toMatchObject([
      { action: 'question.ask', outcome: 'failed', details: { code: 'internal' } },
    ]);
  });

  it('is not answered where that cannot be recorded', async () => {
    const deps = depsFor(tickets);
    const audit = { ...deps.stores.audit, append: () => Promise.reject(new RangeError('the disk is full')) };
    const ask = createAsk({ ...deps, stores: { ...deps.stores, audit } });
    await expect(ask(requestOf(QUESTION))).rejects.toThrow('the disk is full');
  });

  it('leaves an entry each time its answer is shown or computed again, by the rights of whoever looks', async () => {
    const deps = depsFor(byAccount);
    const { receipt } = await createAsk(deps)(requestOf(QUESTION));
    const stored = await deps.stores.receipts.find(receipt ?? '');
    if (!stored) throw new TypeError('The receipt is gone.');
    const by = { asker: { user: 'U2', roles: ['viewer'] as const }, audience: 'asker', channel: 'C2' } as const;
    await answerAgain(deps, { ...by, receipt: stored });
    await replayReceipt(deps, { ...by, receipt: stored.id });
    await expect(replayReceipt(deps, { ...by, receipt: 'NONE' })).rejects.toThrow();
    expect((await told()).slice(2)).toEqual([
      'question.again private_data',
      'accounts.view forbidden',
      'question.replay private_data',
      'accounts.view forbidden',
      'question.replay failed',
    ]);
  });
});
