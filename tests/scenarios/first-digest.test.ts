import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding, Priority } from '../../src/core/records.ts';
import type { OpenStores } from '../../src/open-stores.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { textOf } from '../slack/world.ts';
import { JUDGED, MORNING, SETTINGS, writeProduct } from './product.ts';
import { seepass } from './program.ts';
import { embeddedTarget, type Target } from './targets.ts';
import { CHANNEL, freePort, openScenario, sandboxSettings, startApp } from './workspace.ts';

const TIMEOUT_MS = 60_000;
const ROW = 'rank date entity_type entity_key score drivers pattern_record incident_id members'.split(' ');

let folder: string;
let product: { file: string; events: number };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-scenario-'));
  product = await writeProduct(folder, { days: 35, surfaces: 8, events: 10_000 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** On the database that somebody has who has just installed it; killed.test.ts lives through mornings on the server. */
describe('from a file of events to an approved fix', () => {
  let target: Target;
  let opened: OpenStores;
  let priorities: Priority[];
  beforeAll(async () => {
    target = await embeddedTarget.make();
    // As while the app runs: the command line joins the process that has the embedded database open.
    opened = await openScenario(target.database);
  });
  afterAll(async () => {
    await opened?.close();
    await target?.drop();
  });

  it(
    'imports the file, judges its last day and ranks it, on the command line',
    async () => {
      const { file, events } = product;
      const run = async (...args: string[]): Promise<unknown> => {
        const { code, stdout, stderr } = await seepass(folder, [...args, '--database', target.database], SETTINGS);
        expect(code, stderr).toBe(0);
        return args.includes('--json') ? JSON.parse(stdout) : stdout;
      };

      expect(await run('import', file, '--json')).toMatchObject({ read: events, stored: events, rejected: 0 });
      expect(await run('run', '--json')).toMatchObject({ days: [{ date: JUDGED, surfaces: expect.any(Number) }] });

      const [top, findings] = await Promise.all([run('top', '--json'), run('findings', '--json')]);
      priorities = top as Priority[];
      expect(priorities.length).toBeGreaterThan(0);
      for (const [index, row] of priorities.entries()) {
        expect(Object.keys(row)).toEqual(ROW);
        expect(row).toMatchObject({ rank: index + 1, date: JUDGED });
        expect(row.drivers.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(row.score, 6);
        for (const driver of row.drivers)
          expect(Object.keys(driver).sort()).toEqual(['name', 'points', 'unit', 'value']);
      }
      const judged = (findings as Finding[]).map(({ date, entity_key }) => `${date} ${entity_key}`);
      expect(judged).toContain(`${JUDGED} ${priorities[0]?.entity_key}`);
    },
    TIMEOUT_MS,
  );

  it('posts the digest over a socket, opens its details, and lets one approver decide once', async () => {
    const sandbox = await startSandbox({ clock: () => MORNING });
    const app = await startApp(sandboxSettings(sandbox), opened);
    try {
      await app.runDigest(MORNING);
      const digest = await theDigest(sandbox, CHANNEL);
      expect(digest.text).toContain('Seepass for Thu 29 Jan');
      const words = textOf(digest.blocks);
      expect(words).toContain('Seepass · Friday 30 January');
      for (const { entity_key } of priorities) expect(words).toContain(entity_key);

      await sandbox.as('sam').click(digest, 'Details');
      const details = await theDetails(sandbox, 'sam');
      expect(details).toContain(priorities[0]?.entity_key);
      expect(details).toContain('Thu 29 Jan, Europe/Berlin');
      expect(details).toContain('Why it ranks here');

      await sandbox.as('sam').click(digest, 'Approve');
      expect(await told(sandbox, 'sam')).toMatch(/^Only .*approver.* may .* Ask .*<@/);
      expect(textOf(sandbox.messages(CHANNEL)[0]?.blocks)).not.toContain('*Approved*');

      const asSheSeesIt = structuredClone(digest);
      await sandbox.as('jonas').click(digest, 'Approve');
      const { maya, jonas } = sandbox.ids.people;
      const card = await sandbox.until(() => {
        const now = textOf(sandbox.messages(CHANNEL)[0]?.blocks);
        return now.includes('Simulated: would have') ? now : undefined;
      });
      expect(card).toContain(`*Approved* by <@${jonas}>`);

      await sandbox.as('maya').click(asSheSeesIt, 'Approve');
      expect(await told(sandbox, 'maya')).toContain(`<@${jonas}> was first and approved this`);
      expect(sandbox.messages(CHANNEL)).toHaveLength(1);

      const audit = await opened.stores.audit.list(10);
      const seen = audit.map(({ actor, action, outcome }) => `${actor} ${action} ${outcome}`);
      expect(seen.filter((entry) => entry.startsWith(`${jonas} `))).not.toHaveLength(0);
      expect(seen.filter((entry) => entry.startsWith(`${maya} `))).toHaveLength(0);
      expect(seen).toContain(`${sandbox.ids.people.sam} proposal.approve forbidden`);
    } finally {
      await app.stop();
      await sandbox.stop();
    }
  });

  it('does the same over signed HTTP, with the decision made before', async () => {
    const port = await freePort();
    const sandbox = await startSandbox({
      clock: () => MORNING,
      transport: { http: `http://127.0.0.1:${port}/slack/events`, signingSecret: 'the-signing-secret' },
    });
    const settings = sandboxSettings(sandbox, {
      SLACK_SOCKET_MODE: 'false',
      SLACK_APP_TOKEN: '',
      SEEPASS_HTTP_PORT: String(port),
      SEEPASS_CHANNEL: 'eng-oncall',
    });
    const app = await startApp(settings, opened);
    try {
      await app.runDigest(MORNING);
      const digest = await theDigest(sandbox, 'eng-oncall');
      expect(textOf(digest.blocks)).toContain('*Approved* by');
      await sandbox.as('priya').click(digest, 'Details');
      expect(await theDetails(sandbox, 'priya')).toContain(priorities[0]?.entity_key);
    } finally {
      await app.stop();
      await sandbox.stop();
    }
  });
});

describe('the words of the command line', () => {
  it('are the same compiled: help names every command', async () => {
    const { code, stdout } = await seepass(tmpdir(), ['--help']);
    expect(code).toBe(0);
    for (const name of 'demo start migrate seed import run top findings doctor'.split(' '))
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
  });
});

const theDigest = (sandbox: Sandbox, channel: string) => sandbox.until(() => sandbox.messages(channel).at(-1));

/** What the person's modal says, once it is loaded. */
const theDetails = (sandbox: Sandbox, person: string): Promise<string> =>
  sandbox.until(() => {
    const words = textOf(sandbox.views(person).at(-1)?.blocks);
    return words.includes('*Why*') ? words : undefined;
  });

/** What only this person was told in the channel. */
const told = (sandbox: Sandbox, person: string): Promise<string> =>
  sandbox.until(
    () => sandbox.messages(CHANNEL, { as: person }).findLast(({ visible_to }) => visible_to !== undefined)?.text,
  );
