import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { createPayloadAcceptance, createPreparation } from '../../src/event-acceptance.ts';
import { runBackfill } from '../../src/pipeline/backfill/run-backfill.ts';
import { ToolTrouble } from '../../src/pipeline/backfill/tool-trouble.ts';
import { ingest } from '../../src/pipeline/ingest.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { getSource } from '../../src/sources/index.ts';
import { createToolReader } from '../../src/tool-access.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { TOO_MUCH_S } from './made-up-tool.ts';
import { type MadeUp, madeUpTools, SINCE } from './made-up-tools.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');

describeOnOneDatabase('a backfill', (open) => {
  let handle: DatabaseHandle;
  let now: number;
  const clock = () => now;
  beforeEach(async () => {
    handle = await open();
    now = NOW;
  });

  function storesNow() {
    const context = {
      workspace: 'local',
      timezone: 'UTC',
      clock,
      newId: randomUUID,
      failureStatuses: [],
      log: silentLog,
    };
    return createStores(handle, context);
  }

  function acceptOf(name: string, config = loadConfig({})) {
    const source = getSource(name);
    if (source.kind !== 'payloads') throw new Error(`${name} reads no payloads`);
    return createPayloadAcceptance(createPreparation(config, { kind: 'memory' }, clock))(source);
  }

  /** One run, with a clock that moves only by waiting. */
  function createRun({ name, settings }: MadeUp, url: string) {
    const config = loadConfig(settings(url));
    const waits: number[] = [];
    const wait = async (ms: number) => {
      waits.push(ms);
      now += ms;
    };
    const stores = storesNow();
    const reader = createToolReader(config.tools, name, clock, { wait });
    const run = () =>
      runBackfill({
        ...{ source: name, since: Date.parse(SINCE), reader, clock, actor: 'cli:test' },
        ...{ accept: acceptOf(name, config), events: stores.events, backfills: stores.backfills },
      });
    return { run, waits };
  }

  async function start(made: MadeUp) {
    const tool = await made.start();
    onTestFinished(() => tool.stop());
    return tool;
  }

  const storedIds = async () =>
    (await handle.pool.query('SELECT source_id FROM events')).rows.map(({ source_id }) => String(source_id)).sort();

  describe.each(madeUpTools.map((made) => [made.name, made] as const))('of %s', (_name, made) => {
    const expected = made.ids.toSorted();

    it('stores everything since that day once, however often, and asks for nothing but documented reads', async () => {
      const tool = await start(made);
      const report = await createRun(made, tool.url).run();
      expect(await storedIds()).toEqual(expected);
      expect(report).toMatchObject({ stored: expected.length, duplicates: 0, rejected: 0, resumed: false });
      const again = await createRun(made, tool.url).run();
      expect(again).toMatchObject({ resumed: false, stored: 0, duplicates: expected.length });
      expect(await storedIds()).toEqual(expected);
      expect(tool.refused).toEqual([]);
      for (const { method, path } of tool.asked)
        if (method !== 'GET')
          expect(path).toMatch(
            /^\/(?:v2\/oauth2\/token|(?:conversations|tickets)\/search|api\/projects\/17\/query\/)$/,
          );
    });

    it('waits as long as it is told, and asks again for what broke', async () => {
      const tool = await start(made);
      const troubles = [null, 'too much', 'half', null, 'broken', 'gone'] as const;
      tool.troubles((n) => (n < 40 ? (troubles[n % troubles.length] ?? null) : null));
      const { run, waits } = createRun(made, tool.url);
      expect((await run()).stored).toBe(expected.length);
      expect(await storedIds()).toEqual(expected);
      expect(waits).toContain(TOO_MUCH_S * 1_000);
    });

    it('that fails half way goes on from there, without loss or doubles', async () => {
      const tool = await start(made);
      const whole = await start(made);
      await createRun(made, whole.url).run();
      const requests = whole.asked.length;
      await handle.pool.query('TRUNCATE events, backfills');
      for (const share of [0.4, 0.3]) {
        tool.troubles((n) => (n > requests * share ? 'gone' : null));
        const failed = await createRun(made, tool.url)
          .run()
          .catch((error: unknown) => error);
        expect(failed).toBeInstanceOf(ToolTrouble);
      }
      const before = tool.asked.length;
      tool.troubles(() => null);
      const report = await createRun(made, tool.url).run();
      expect(report.resumed).toBe(true);
      expect(tool.asked.length - before).toBeLessThan(requests);
      expect(await storedIds()).toEqual(expected);
    });

    it('says what to check when its credential is refused, and waits for nothing', async () => {
      const tool = await start(made);
      const wrong = { ...made, settings: (url: string) => changeSecrets(made.settings(url)) };
      const { run, waits } = createRun(wrong, tool.url);
      await expect(run()).rejects.toMatchObject({ code: 'tool_unavailable', fix: expect.stringMatching(/SEEPASS_/) });
      expect(waits).toEqual([]);
    });
  });

  it('finds what webhooks brought, and stores it once', async () => {
    const pushed = [{ topic: 'conversation.user.created', app_id: 'abc123', data: { item: conversationOfIntercom() } }];
    const stores = storesNow();
    const records = pushed.map((value, index) => ({ line: index + 1, value }));
    await ingest([records], { store: stores.events, accept: acceptOf('intercom'), clock });
    const [, made] = madeUpTools;
    if (made === undefined) throw new Error('there is no Intercom');
    const tool = await start(made);
    expect(await createRun(made, tool.url).run()).toMatchObject({ stored: made.ids.length - 1, duplicates: 1 });
    expect(await storedIds()).toEqual(made.ids.toSorted());
  });

  it('of two at once lets one go on, and neither stores anything twice', async () => {
    const [made] = madeUpTools;
    if (made === undefined) throw new Error('there is no Help Scout');
    const tool = await start(made);
    const outcomes = await Promise.allSettled([createRun(made, tool.url).run(), createRun(made, tool.url).run()]);
    const lost = outcomes.filter(({ status }) => status === 'rejected');
    expect(lost).toMatchObject([{ reason: { code: 'conflict' } }]);
    expect(await storedIds()).toEqual(made.ids.toSorted());
  });
});

function changeSecrets(settings: Record<string, string>): Record<string, string> {
  const changed = Object.entries(settings).map(([name, value]) => [
    name,
    /TOKEN|KEY|SECRET/.test(name) ? 'another-credential' : value,
  ]);
  return Object.fromEntries(changed);
}

/** The second one the made-up Intercom holds, as its notification has it. */
function conversationOfIntercom(): object {
  const began = Date.parse(SINCE) / 1_000;
  return {
    ...{ type: 'conversation', id: '9001', created_at: began, updated_at: began },
    source: { type: 'conversation', body: '<p>It fails</p>', author: { type: 'user', id: 'c-1' }, url: null },
    contacts: { contacts: [{ type: 'contact', id: 'c-1', external_id: 'user_1' }] },
  };
}
