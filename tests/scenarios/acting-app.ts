/** The app as people run it, beside a deploy service and a GitHub of a test's own, with time in the test's hands. */
import { v7 as uuidv7 } from 'uuid';
import { simulate } from '../../src/actions/simulate.ts';
import { type App, createApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';
import { createActionRegistry } from '../../src/core/actions.ts';
import type { Risk } from '../../src/core/records.ts';
import { createProposalDesk } from '../../src/pipeline/acting/desk.ts';
import { judgeHours } from '../../src/pipeline/judge-hours.ts';
import type { Stores } from '../../src/pipeline/ports.ts';
import { runCycle } from '../../src/pipeline/run-cycle.ts';
import { applyWorkspaceConfig } from '../../src/pipeline/workspace-config.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { StoredMessage } from '../../src/sandbox/state/message-store.ts';
import { textOf } from '../slack/world.ts';
import { json, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { silentLog } from '../support/silent-log.ts';
import { FAILS_AT, openFailingCheckout } from './failing-checkout.ts';
import { rollOut } from './rolled-out.ts';
import { quickestTarget } from './targets.ts';
import { CHANNEL, hurried, openScenario, sandboxSettings } from './workspace.ts';

const HOUR = 3_600_000;
/** Hours are judged so long after their end. */
const SETTLED = 10 * 60_000;
/** A channel takes a message a second, and the app looks for what is due in seconds: so much faster they pass here. */
const HURRY = 5;
/** A busy machine is no fault. */
const PATIENCE_MS = 40_000;
export const SECRET = 'the-secret-of-the-rollback-hook-';

export interface ActingApp {
  app: App;
  sandbox: Sandbox;
  stores: Stores;
  handle: DatabaseHandle;
  /** What the deploy service was asked, and GitHub. */
  deploys: ScriptedServer;
  github: ScriptedServer;
  now(): number;
  /** Time goes on from there. */
  passUntil(at: number): void;
  /** Lets hours pass and settle, each with its tick. @param hour since it began to fail. */
  afterHour(hour: number): Promise<void>;
  /** The incident's thread in the channel, without its message. */
  thread(): StoredMessage[];
  /** Proposes to mark it down as a simulation, about the incident, in the bot's name. */
  propose(title: string, risk: Risk): Promise<void>;
  /** What only that person was told last, once it says these words. */
  told(person: string, words: string): Promise<string>;
  /** Waits until a message of the thread says all these words, and returns it. */
  said(...words: string[]): Promise<StoredMessage>;
  stop(): Promise<void>;
}

/** Starts it an hour before its checkout begins to fail; maya is admin, maya, jonas and priya may approve. */
export async function startActingApp(workspace: SandboxOptions = {}): Promise<ActingApp> {
  let [base, since] = [FAILS_AT - HOUR, performance.now()];
  const clock = (): number => Math.round(base + (performance.now() - since) * HURRY);
  const passUntil = (at: number): void => {
    [base, since] = [Math.max(clock(), at), performance.now()];
  };
  const target = await quickestTarget.make();
  const opened = await openScenario(target.database, clock);
  const { stores, handle } = opened;
  await openFailingCheckout(handle, stores, 24);
  await rollOut(handle, stores);
  const deploys = await startScriptedServer((_, response) =>
    json(response, 202, { summary: 'Run 4812 began', link: 'https://deploy.example/runs/4812', id: 4812 }),
  );
  const github = await startScriptedServer(({ method }, response) =>
    method === 'POST'
      ? json(response, 201, { number: 412, html_url: 'https://github.com/shop/web/issues/412', id: 1 })
      : json(response, 200, { total_count: 0, items: [] }),
  );
  await applyWorkspaceConfig(stores.settings, declared(deploys.url), 'test');
  const sandbox = await startSandbox({ clock, ...workspace });
  const { maya = '', jonas = '', priya = '' } = sandbox.ids.people;
  const config = loadConfig(
    sandboxSettings(sandbox, {
      SEEPASS_APPROVERS: [maya, jonas, priya].join(', '),
      SEEPASS_HOOK_SECRET_ROLLBACK: SECRET,
      SEEPASS_GITHUB_TOKEN: 'ghp_a_token_of_the_tests',
      SEEPASS_GITHUB_URL: github.url,
    }),
  );
  const common = { stores, clock, log: silentLog };
  const app = await createApp({
    ...{ config, opened, clock, newId: uuidv7, log: silentLog, schedule: false, repeat: hurried(HURRY) },
    judging: {
      runCycle: ({ chosen, asOf, timezone, currency }) => runCycle({ ...common, chosen, asOf, timezone, currency }),
      judgeHours: ({ asOf, timezone, settleMinutes }) => judgeHours({ ...common, asOf, timezone, settleMinutes }),
    },
  });
  await app.start();

  const desk = createProposalDesk({
    ...{ ...common, newId: uuidv7, timezone: config.timezone, wake: () => undefined },
    policy: { admins: config.admins, approvers: config.approvers },
    actions: async () => createActionRegistry([simulate]),
    groupMembers: async () => null,
  });
  const thread = (): StoredMessage[] => {
    const parent = sandbox.messages(CHANNEL).find(({ blocks }) => JSON.stringify(blocks ?? []).includes('"incident_'));
    return parent ? sandbox.thread(parent).slice(1) : [];
  };
  return {
    ...{ app, sandbox, stores, handle, deploys, github, now: clock, passUntil, thread },
    async afterHour(hour) {
      passUntil(FAILS_AT + (hour + 1) * HOUR + SETTLED);
      await app.runHours(clock());
    },
    async propose(title, risk) {
      const [incident] = await stores.incidents.listLive();
      if (!incident) throw new Error('No incident lives.');
      const subject = { kind: 'incident', incidentId: incident.id, surface: incident.lead.surface } as const;
      const parameters = { would_call: 'page.probe', with: {}, expect: title };
      const wish = { subject, action: { type: 'simulate', title, risk, parameters }, why: '', expectation: null };
      await desk.propose(wish, 'system');
    },
    async told(person, words) {
      const last = () =>
        sandbox.messages(CHANNEL, { as: person }).findLast(({ visible_to }) => visible_to !== undefined);
      return sandbox.until(() => (last()?.text.includes(words) ? last()?.text : undefined), { timeoutMs: PATIENCE_MS });
    },
    async said(...words) {
      const says = ({ text, blocks }: StoredMessage): boolean =>
        words.every((word) => text.includes(word) || textOf(blocks).includes(word));
      try {
        return await sandbox.until(() => thread().findLast(says), { timeoutMs: PATIENCE_MS });
      } catch {
        const all = thread().map(({ blocks }) => textOf(blocks));
        throw new Error(`Nobody said "${words.join('", "')}", but:\n\n${all.join('\n--\n')}`);
      }
    },
    async stop() {
      await app.stop();
      await sandbox.stop();
      await Promise.all([deploys.stop(), github.stop()]);
      await opened.close();
      await target.drop();
    },
  };
}

/** What the workspace says it can have done. */
const declared = (deploys: string) => ({
  issues: { repository: 'shop/web', labels: ['seepass'] },
  webhooks: [
    {
      id: 'rollback',
      title: 'Roll back {release}',
      does: 'deploy.rollback' as const,
      url: `${deploys}/rollback`,
      risk: 'high' as const,
      parameters: {
        release: { type: 'text' as const, longest: 100 },
        replicas: { type: 'number' as const, from: 1, to: 20, default: 2 },
      },
    },
  ],
});
