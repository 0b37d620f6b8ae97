import { hash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 } from 'uuid';
import { simulate } from '../../src/actions/simulate.ts';
import { createActionRegistry } from '../../src/core/actions.ts';
import { WEEKLY_BUDGET } from '../../src/core/delivery/subscription.ts';
import type { Priority } from '../../src/core/records.ts';
import { readDocument } from '../../src/documents/read-document.ts';
import { createAnswering } from '../../src/pipeline/ask/answering.ts';
import type { Narrator } from '../../src/pipeline/ask/ask-deps.ts';
import { localReader } from '../../src/pipeline/ask/local-reader.ts';
import { deliverOutbox } from '../../src/pipeline/deliver.ts';
import { enqueueDigestOf } from '../../src/pipeline/due/digest-poster.ts';
import { createHomeDesk } from '../../src/pipeline/home.ts';
import { createIncidentDesk } from '../../src/pipeline/incidents/desk.ts';
import { listRules, restoreRule } from '../../src/pipeline/incidents/rules.ts';
import { labelDay } from '../../src/pipeline/label.ts';
import type { JudgedDay, Log, Stores } from '../../src/pipeline/ports.ts';
import { createRunbookDesk } from '../../src/pipeline/runbooks/desk.ts';
import type { NewSubscription } from '../../src/pipeline/subscriptions.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/sandbox.ts';
import { createSlackApp, type SlackApp, type SlackAppOptions } from '../../src/slack/app.ts';
import { incidentRenderers } from '../../src/slack/incident-renderers.ts';
import { buildDigestMessage } from '../../src/slack/views/digest.ts';
import { actingOn } from '../support/acting.ts';
import { noAssessments } from '../support/no-assessments.ts';
import { noCycle } from '../support/no-cycle.ts';
import { noOwnerNotices } from '../support/no-owner-notices.ts';
import { silentLog } from '../support/silent-log.ts';
import { DATE, priorityOf } from './models.ts';

export const CHANNEL = 'product-health';
export const NOW = Date.UTC(2026, 0, 30, 8, 0);
export const timezone = 'Europe/Berlin';

/** A database, a workspace and the real app between them. */
export interface World {
  sandbox: Sandbox;
  app: SlackApp;
  stores: Stores;
  channel: string;
  /** Posts what `judge` put into the stores, through the outbox. */
  postDigest(): Promise<void>;
  judge(priorities: readonly Priority[], summary?: Partial<JudgedDay['summary']>): Promise<void>;
  /** A second process on the same database and workspace. */
  startAnother(): Promise<SlackApp>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  transport?: 'socket' | 'http';
  approvers?: (sandbox: Sandbox) => string[];
  /** Nobody where left out. */
  admins?: (sandbox: Sandbox) => string[];
  log?: Log;
  /** Replaces a part of the stores, to make it fail or slow. */
  stores?: (stores: Stores) => Stores;
  sandbox?: SandboxOptions;
  app?: Partial<SlackAppOptions>;
  /** Words answers as a model would. */
  narrator?: Narrator;
}

export function storesOf(handle: DatabaseHandle, clock: () => number = () => NOW): Stores {
  return createStores(handle, { workspace: 'local', timezone, clock, newId: v7, failureStatuses: [], log: silentLog });
}

export async function startWorld(handle: DatabaseHandle, options: WorldOptions = {}): Promise<World> {
  const plain = storesOf(handle);
  const stores = options.stores?.(plain) ?? plain;
  const log = options.log ?? silentLog;
  const http = options.transport === 'http' ? await startHost() : null;
  const sandbox = await startSandbox({
    transport: http ? { http: http.url, signingSecret: 'a-signing-secret' } : 'socket',
    ...options.sandbox,
  });
  const policy = {
    admins: options.admins?.(sandbox) ?? [],
    approvers: options.approvers?.(sandbox) ?? [sandbox.as('maya').id],
  };
  const idles: (() => Promise<void>)[] = [];
  const create = (): SlackApp => {
    const acting = actingOn(stores, {
      policy,
      clock: () => NOW,
      refresh: (where, ts) => app.refreshDigest(where, ts),
      groupMembers: (group) => app.groupMembers(group),
    });
    const app: SlackApp = createSlackApp({
      stores,
      log,
      timezone,
      currency: 'USD',
      clock: () => NOW,
      newId: v7,
      answering: createAnswering({
        stores,
        reader: localReader,
        narrator: options.narrator ?? null,
        clock: () => NOW,
        newId: v7,
        timezone,
        currency: 'USD',
        policy,
        sha256: (text) => hash('sha256', text, 'hex'),
        nextDigest: () => null,
        memberships: () => app.memberships,
        findByMeaning: null,
        pseudonym: (user) => hash('sha256', user, 'hex').slice(0, 22),
        log,
      }),
      botToken: sandbox.botToken,
      apiUrl: sandbox.apiUrl,
      transport: http
        ? { mode: 'http', signingSecret: sandbox.signingSecret }
        : { mode: 'socket', appToken: sandbox.appToken },
      home: createHomeDesk({
        ...{ proposals: acting.desk, actions: async () => createActionRegistry([simulate]) },
        stores,
        policy,
        hasModel: options.narrator !== undefined,
        sensitivity: 'normal',
        clock: () => NOW,
        timezone,
        currency: 'USD',
      }),
      desk: createIncidentDesk({
        stores,
        policy,
        timezone,
        clock: () => NOW,
        log,
        mention: (user) => `<@${user}>`,
        ...incidentRenderers(timezone),
      }),
      chartOf: async () => null,
      rules: {
        list: () => listRules(stores, NOW),
        restore: (name, actor) => restoreRule({ stores, ...incidentRenderers(timezone) }, name, { actor, at: NOW }),
      },
      runbooks: createRunbookDesk({
        stores,
        readDocument,
        policy,
        timezone,
        findByMeaning: null,
        clock: () => NOW,
      }),
      label: (request) => labelDay(request, { stores, policy }),
      proposals: acting.desk,
      stop: acting.stop,
      cycle: noCycle,
      ownerNotices: noOwnerNotices,
      assessments: noAssessments,
      ...options.app,
    });
    idles.push(acting.idle);
    return app;
  };
  const app = create();
  if (http) http.mount(app);
  await app.start();
  const others: SlackApp[] = [];
  const channel = await app.directory.channelId(CHANNEL);

  return {
    sandbox,
    app,
    stores,
    channel,
    judge: (priorities, summary) => judge(plain, priorities, summary),
    async postDigest() {
      const context = { stores: plain, timezone, currency: 'USD', clock: () => NOW };
      const subscription = await plain.subscriptions.add(digestIn(channel), 'system');
      await enqueueDigestOf({ ...context, renderDigest: buildDigestMessage }, subscription, NOW);
      await deliverOutbox({ stores: plain, messenger: app.messenger, owner: 'test', clock: () => NOW, log });
    },
    async startAnother() {
      const other = create();
      others.push(other);
      await other.start();
      return other;
    },
    async stop() {
      for (const idle of idles) await idle();
      for (const one of [app, ...others]) await one.stop();
      await sandbox.stop();
      await http?.close();
    },
  };
}

/** A digest of every page, which is due when a test says so. */
export const digestIn = (channel: string): NewSubscription => ({
  kind: 'digest',
  channel,
  surfaces: [],
  severity: 'low',
  schedule: { minute: 540, weekdays: [1, 2, 3, 4, 5, 6, 7], zone: timezone },
  question: null,
  quiet: null,
  weeklyBudget: WEEKLY_BUDGET,
  nextDueAt: NOW + 86_400_000,
});

export async function judge(
  stores: Stores,
  priorities: readonly Priority[],
  summary: Partial<JudgedDay['summary']> = {},
): Promise<void> {
  const day: JudgedDay = {
    date: DATE,
    as_of: NOW,
    surfaces: 40,
    findings: priorities.length,
    priorities: priorities.length,
    summary: {
      expected_false: 0.2,
      too_small: 1,
      insufficient_history: 0,
      under_maintenance: 0,
      baselines_ready_on: null,
      gap_sources: [],
      back_to_normal: ['/reports'],
      improvements: [],
      ...summary,
    },
  };
  await stores.priorities.replaceDay(day, [], priorities);
}

export const somePriorities = (count: number): Priority[] =>
  Array.from({ length: count }, (_, index) => priorityOf(index + 1, index === 0 ? '/checkout' : `/page/${index}`));

/** The text a reader sees in blocks, joined. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, part]) => (typeof part === 'string' ? (['text', 'title'].includes(key) ? part : '') : textOf(part)))
    .filter(Boolean)
    .join('\n');
}

/** The product's own HTTP server, in short: it owns the port and mounts Slack's listener. */
async function startHost(): Promise<{ url: string; mount(app: SlackApp): void; close(): Promise<void> }> {
  let mounted: SlackApp | undefined;
  const server: Server = createServer((request, response) => {
    if (mounted?.requestListener) mounted.requestListener(request, response);
    else response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    mount: (app) => {
      mounted = app;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
