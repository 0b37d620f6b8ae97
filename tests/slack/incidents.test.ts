import { v7 } from 'uuid';
import { afterEach, expect, it, vi } from 'vitest';
import type { Incident } from '../../src/core/incident/incident.ts';
import { deliverOutbox } from '../../src/pipeline/deliver.ts';
import { showIncidents } from '../../src/pipeline/incidents/show.ts';
import { incidentRenderers } from '../../src/slack/incident-renderers.ts';
import { describeOnOneDatabase } from '../support/database.ts';
import { silentLog } from '../support/silent-log.ts';
import { incidentOf, SINCE } from './incident-models.ts';
import { CHANNEL, NOW, startWorld, storesOf, textOf, timezone, type World, type WorldOptions } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const REASON = 'the provider is on it, ask ann@example.com';
const PATIENTLY = { timeoutMs: 8_000 };

describeOnOneDatabase('incidents in a workspace', (open) => {
  let stop = async (): Promise<void> => undefined;
  afterEach(async () => stop());

  async function enter(options: WorldOptions = {}) {
    let now = NOW;
    const handle = await open();
    const world = await startWorld(handle, { stores: () => storesOf(handle, () => now), ...options });
    stop = () => world.stop();
    const passTime = (): number => (now += 5_000);
    return { ...world, ...hands(world, passTime) };
  }

  it('is taken, handed back, snoozed, woken and resolved by buttons, in one message with its history', async () => {
    const { sandbox, post, shows, theMessage } = await enter();
    await post();
    const [maya, sam] = [sandbox.as('maya'), sandbox.as('sam')];
    expect(textOf(theMessage().blocks)).toContain('nobody on it yet');

    await maya.click(theMessage(), "I'm on it");
    await shows(`Acknowledged, <@${maya.id}> on it`);

    await sam.select(theMessage(), 'incident_snooze', 'for 6 hours');
    await shows(`snoozed by <@${sam.id}> until 15:00`);
    await sam.click(theMessage(), 'End snooze');
    await shows('for 6 hours');
    await maya.click(theMessage(), 'Resolve');
    await shows(`Resolved by <@${maya.id}>`);
    await sam.click(theMessage(), 'Reopen');
    await shows('Open, nobody on it yet');
    await vi.waitFor(async () => {
      await shows('Open');
      const thread = sandbox.thread(theMessage()).map(({ text }) => text);
      expect(thread.slice(1).map((text) => text.replace(/ until .*/, ''))).toEqual([
        expect.stringContaining(`<@${maya.id}> is on it.`),
        `<@${sam.id}> snoozed it`,
        `<@${sam.id}> ended the snooze.`,
        `<@${maya.id}> resolved it.`,
        `<@${sam.id}> reopened it.`,
      ]);
    });
  });

  it('tells the second of two who was first, and shows the old message anew', async () => {
    const { sandbox, post, theMessage, told, becomes } = await enter();
    const incident = await post();
    const old = structuredClone(theMessage());
    const [maya, sam] = [sandbox.as('maya'), sandbox.as('sam')];
    await maya.click(old, "I'm on it");
    await becomes(incident.id, { owner: maya.id });
    await sam.click(old, "I'm on it");
    const words = await sandbox.until(() => told('sam'), PATIENTLY);
    expect(words).toContain(`<@${maya.id}> is on`);
    // Nothing was delivered by the outbox: the press itself shows it.
    await sandbox.until(() => textOf(theMessage().blocks).includes(`<@${maya.id}> on it`), PATIENTLY);
    await maya.click(old, "I'm on it");
    expect(await sandbox.until(() => told('maya'), PATIENTLY)).toContain('You are on');
  });

  it('takes one of many presses that come at once', async () => {
    const { sandbox, stores, post, theMessage, told, becomes } = await enter();
    const incident = await post();
    const open = structuredClone(theMessage());
    const people = ['maya', 'sam', 'maya', 'sam', 'maya', 'sam'];
    await Promise.all(people.map((person) => sandbox.as(person).click(open, "I'm on it")));
    await becomes(incident.id, { state: 'acknowledged', revision: 2 });
    await sandbox.until(() => told('maya') ?? told('sam'), PATIENTLY);
    const entries = await stores.incidents.listEntries(incident.id);
    expect(entries.map(({ kind }) => kind)).toEqual(['opened', 'acknowledged']);
  });

  it('asks what it was instead, and for a time, and refuses one in the past within the form', async () => {
    const { sandbox, stores, post, shows, theMessage, becomes } = await enter();
    const incident = await post();
    const other = await post({
      id: v7(),
      number: 0,
      lead: { surface: '/cart', metric: 'error_rate', direction: 'up' },
    });
    const maya = sandbox.as('maya');
    const form = (name: string) =>
      sandbox.until(() => sandbox.views('maya').find(({ blocks }) => JSON.stringify(blocks).includes(name)), PATIENTLY);
    const message = theMessage();

    await maya.select(message, 'incident_snooze', 'until a date …');
    const snooze = await form('snooze_date');
    const past = await maya.submit(snooze, { snooze_date: '2026-01-29', snooze_time: '09:00' });
    expect(past.errors?.snooze_date).toContain('That is in the past');
    expect(
      await maya.submit(snooze, { snooze_date: '2026-02-03', snooze_time: '09:00', snooze_reason: REASON }),
    ).toMatchObject({
      isClosed: true,
    });
    const until = Date.parse('2026-02-03T08:00Z');
    await becomes(incident.id, { snoozedUntil: until });
    await vi.waitFor(async () => {
      await shows('snoozed by');
      expect(sandbox.thread(message).at(-1)?.text).toContain(`"${REASON.replace('ann@example.com', '[email]')}"`);
    });
    const [audit] = await stores.audit.list(1);
    expect(audit).toMatchObject({ action: 'incident.snoozed', details: { note: expect.stringContaining('provider') } });

    await maya.click(message, 'Not an incident');
    const none = await form('none_closure');
    const missing = await maya.submit(none, { none_closure: 'duplicate' });
    expect(missing.errors?.none_duplicate_of).toContain('Choose the incident');
    await maya.submit(none, { none_closure: 'duplicate', none_duplicate_of: other.id });
    await becomes(incident.id, { state: 'closed', closure: 'duplicate', duplicateOf: other.id });
  });

  it('shows its details, and ignores its page for good, once', async () => {
    const { sandbox, stores, post, theMessage, shows } = await enter();
    await post();
    const maya = sandbox.as('maya');
    await maya.click(theMessage(), "I'm on it");
    await shows(`<@${maya.id}> on it`);
    await maya.click(theMessage(), 'Details');
    const details = await sandbox.until(
      () => sandbox.views('maya').find(({ blocks }) => textOf(blocks).includes('What happened')),
      PATIENTLY,
    );
    await maya.click(details, 'Hand back');
    await sandbox.until(
      () => sandbox.views('maya').some(({ blocks }) => textOf(blocks).includes('is handed back')),
      PATIENTLY,
    );
    await maya.click(details, 'Ignore this page');
    await maya.click(details, 'Ignore this page');
    await sandbox.until(() =>
      sandbox.views('maya').some(({ blocks }) => textOf(blocks).includes('Quiet about /checkout')),
    );
    const mutes = await stores.mutes.list(NOW);
    expect(mutes).toMatchObject([{ pattern: '/checkout', until: null, reason: expect.stringMatching(/^INC-\d+$/) }]);
  });

  it('is listed, taken, snoozed and closed by commands', async () => {
    const { post, say, stores } = await enter();
    expect(await say('incidents')).toContain('No live incidents.');
    const incident = await post();
    const name = `INC-${incident.number}`;
    expect(await say('incidents')).toContain(`${name} · ● /checkout: errors 5.2x normal`);
    expect(await say(`incidents ${name}`)).toContain('Open, nobody on it yet');
    expect(await say(`ack #${incident.number}`)).toContain(`${name} (/checkout) is yours.`);
    expect(await say('ack')).toContain('You are on');
    expect(await say(`snooze ${name} until Tuesday 9:00 waiting for a release`)).toContain(
      'snoozed until Tue 3 Feb, 09:00 Europe/Berlin',
    );
    expect(await say(`snooze ${name} until 25:00`)).toContain('is not a time of day');
    expect(await say(`snooze ${name} until yesterday`)).toContain('is in the past');
    expect(await say(`wake ${name}`)).toContain('is over');
    expect(await say('unack /checkout')).toContain('handed back');
    expect(await say(`resolve ${name} rolled back`)).toContain('is resolved');
    expect(await say(`reopen ${name}`)).toContain('is open again');
    expect(await say(`false ${name} a test`)).toContain('a false alarm');
    expect(await say(`close ${name} expected`)).toContain('was closed');
    expect(await say('resolve INC-999')).toContain('There is no INC-999.');
    expect(await say(`close ${name} because`)).toContain('I need what it was');
    const entries = await stores.incidents.listEntries(incident.id);
    expect(entries[2]?.details.note).toBe('waiting for a release');
    const kinds = entries.map(({ kind }) => kind);
    expect(kinds).toEqual(['opened', 'acknowledged', 'snoozed', 'woken', 'released', 'resolved', 'reopened', 'closed']);
  });

  it('keeps pages quiet, and takes that back', async () => {
    const { say, stores, sandbox } = await enter();
    expect(await say('ignored')).toContain('Nothing is ignored');
    expect(await say('ignore /health* only probes')).toContain('for good');
    expect(await say('ignore /health*')).toContain('for good');
    expect(await say('snooze /cart until 2026-02-01 load test')).toContain('until Sun 1 Feb, 09:00');
    expect(await say('ignore *')).toContain('quiet about everything');
    expect(await say('ignored')).toContain('1 page or error ignored, 1 snoozed');
    expect(await say('wake /cart')).toContain('You hear of /cart again.');
    expect(await say('wake /cart')).toContain('/cart is not snoozed.');
    const list = sandbox.messages(CHANNEL, { as: 'maya' }).findLast(({ blocks }) => textOf(blocks).includes('Lift'));
    expect(list).toBeDefined();
    expect(await say('ignored lift 1')).toContain('again');
    expect(await say('ignored lift 1')).not.toContain('again.');
    expect(await stores.mutes.list(NOW)).toEqual([]);
  });

  it('marks moments, and declares maintenance for those who may', async () => {
    const { say, stores } = await enter();
    expect(await say('annotate web@1.42.0 deployed on /checkout* at 8:41')).toContain('Noted for /checkout');
    expect(await stores.why.readAnnotations({ start: NOW - DAY, end: NOW })).toEqual([
      {
        kind: 'release',
        at: Date.parse('2026-01-30T07:41Z'),
        surface_pattern: '/checkout*',
        text: 'web@1.42.0 deployed',
      },
    ]);
    expect(await say('annotate deploy at 2026-12-12 10:00')).toContain('is still to come');
    expect(await say('maintenance')).toContain('No maintenance is declared');
    expect(await say('maintenance /checkout* 22:00-23:00 database move', 'sam')).toContain(
      'Analysts, approvers and admins',
    );
    expect(await say('maintenance /checkout* 22:00-23:00 database move')).toContain('Declared: */checkout');
    expect(await say('maintenance /checkout* 22:00-25:00 database move')).toContain('is not a time of day');
    const id = /\((\w{6})\)/.exec(await say('maintenance'))?.[1];
    expect(await say(`maintenance cancel ${id}`)).toContain('Cancelled');
    expect(await say(`maintenance cancel ${id}`)).toContain('I know no maintenance');
  });

  it('lists its rules, which only an admin restores', async () => {
    const { say } = await enter();
    expect(await say('rules')).toContain('`error_rate`): posts alerts; nobody has judged one yet');
    expect(await say('rules restore error_rate', 'sam')).toContain('Only admins');
  });
});

/** What the tests do over and over. */
function hands({ sandbox, stores, app, channel }: World, passTime: () => number) {
  const context = { stores, log: silentLog, ...incidentRenderers(timezone) };
  const deliver = async (): Promise<void> => {
    const now = passTime();
    await deliverOutbox({ stores, messenger: app.messenger, owner: 'test', clock: () => now, log: silentLog });
  };
  const theMessage = () => {
    const found = sandbox.messages(CHANNEL).find(({ blocks }) => JSON.stringify(blocks ?? []).includes('"incident_'));
    if (!found) throw new Error('No incident is posted.');
    return found;
  };
  const ephemeral = (person: string) =>
    sandbox.messages(CHANNEL, { as: person }).filter(({ visible_to }) => visible_to === sandbox.as(person).id);
  return {
    theMessage,
    /** What a person was told alone, latest. */
    told: (person: string): string | undefined => ephemeral(person).at(-1)?.text,
    async post(change: Partial<Incident> = {}): Promise<Incident> {
      const surface = change.lead?.surface ?? '/checkout';
      const incident = incidentOf({
        id: v7(),
        number: 0,
        members: [{ surface, metric: 'error_rate', since: SINCE - DAY, recovered: false }],
        since: SINCE - DAY,
        openedAt: NOW,
        ...change,
      });
      const entries = [{ at: NOW, actor: 'system', kind: 'opened' as const, details: {} }];
      const [stored] = (await stores.incidents.save([{ from: null, incident, entries }], 'system')) ?? [];
      if (!stored) throw new Error('The incident was not stored.');
      await stores.alerts.put({ incidentId: stored.id, channel, at: NOW, revision: 1, held: null });
      await showIncidents(context);
      await deliver();
      return stored;
    },
    /** Delivers what the outbox holds until the incident's message says so. */
    shows: (words: string): Promise<void> =>
      vi.waitFor(
        async () => {
          await deliver();
          expect(textOf(theMessage().blocks)).toContain(words);
        },
        { timeout: 5_000 },
      ),
    /** Waits until the incident is stored so. */
    becomes: (id: string, what: Partial<Incident>): Promise<void> =>
      vi.waitFor(async () => expect(await stores.incidents.find(id)).toMatchObject(what), { timeout: 5_000 }),
    async say(text: string, person = 'maya'): Promise<string> {
      const before = ephemeral(person).length;
      await sandbox.as(person).slash(CHANNEL, `/seepass ${text}`);
      await sandbox.until(() => ephemeral(person).length > before, PATIENTLY);
      return textOf(ephemeral(person).at(-1)?.blocks);
    },
  };
}
