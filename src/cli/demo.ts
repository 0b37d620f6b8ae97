import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { addDays, dateInZone, judgedDate } from '../core/window.ts';
import { SeepassError } from '../errors.ts';
import type { OpenStores } from '../open-stores.ts';
import { runCycle } from '../pipeline/run-cycle.ts';
import { isServed } from '../postgres/embedded/served.ts';
import type { Sandbox } from '../sandbox/sandbox.ts';
import { Secret } from '../secret.ts';
import { webhooks } from '../sources/index.ts';
import { addCommonOptions, type CommonOptions, wholeNumber } from './options.ts';
import { seedDatabase } from './seed-database.ts';
import { showSeedProgress } from './seed-progress.ts';
import type { CliContext, Subcommand } from './subcommand.ts';
import { untilStopped } from './until-stopped.ts';

const DEMO_DATABASE = join('.seepass', 'demo');
const CHANNEL = 'product-health';
/** Where POST /v1/events is, unless somebody else has that port. */
const HTTP_PORT = 4701;
const DAYS_JUDGED = 28;
/** Known to everybody: the demo listens on loopback only and holds made-up data. */
const DEMO_TOKEN = 'seepass-demo-token';
const DEMO_SECRET = 'seepass-demo-secret';

interface DemoOptions extends CommonOptions {
  port: number;
  events?: number;
}

/** `seepass demo`: the production app in a local Slack workspace, with a made-up product to look at. */
export const demoCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(command, DEMO_DATABASE)
      .option('--port <n>', 'port of the page', wholeNumber(0, 65_535), 4700)
      .option('--events <n>', 'about how many events to make up', wholeNumber(1, 100_000_000))
      .action(async (options: DemoOptions) => {
        const say = (line: string) => context.stderr.write(`${line}\n`);
        // Loaded here: the SDKs and faker would slow down every other subcommand.
        const { startSandbox } = await import('../sandbox/sandbox.ts');
        const { STRICT_PACING } = await import('../sandbox/pacing.ts');
        const { commands } = await import('../slack/commands/index.ts');
        const sandbox = await startSandbox({
          commands: commands.map(({ name, usage, summary }) => ({
            command: `/seepass ${name}`,
            hint: usage,
            description: summary,
          })),
          port: options.port,
          clock: context.clock,
          pacing: STRICT_PACING,
          log: context.log,
        });
        try {
          const database = options.database ?? DEMO_DATABASE;
          await clearOldDemo(database);
          say('Opening the embedded database');
          const opened = await context.openStores(database);
          try {
            await run(sandbox, opened, options, context, say);
          } finally {
            await opened.close();
          }
        } finally {
          await sandbox.stop();
        }
      });
  },
};

async function run(
  sandbox: Sandbox,
  opened: OpenStores,
  options: DemoOptions,
  context: CliContext,
  say: (line: string) => void,
): Promise<void> {
  const { clock, newId, log } = context;
  const config = sandboxConfig(context.config, sandbox, await freePort(HTTP_PORT));
  await seed(opened, config, options, context);
  const { createApp } = await import('../app.ts');
  const app = await createApp({ config, opened, clock, newId, log, schedule: false });
  await app.start();
  try {
    say('Judging the past four weeks and posting the digest');
    await judgePast(opened, config, context);
    await app.runDigest(clock());
    say('Judging the past hours');
    await app.runHours(clock());
    // Before it says so: whoever reads that it is up may stop it at once.
    const stopped = untilStopped();
    if (options.json) context.printJson({ url: sandbox.url });
    else context.stdout.write(`${sandbox.url}\n`);
    say(`Open the page above: today's digest is in #${CHANNEL}. Stop with Ctrl-C.`);
    say(
      `Feed it: curl -H 'Authorization: Bearer ${DEMO_TOKEN}' -H 'Content-Type: application/json' -d @event.json ${app.httpUrl}/v1/events`,
    );
    say(`Let tools send to ${app.httpUrl}/webhooks/<tool>: README, "Connect your tools". Their secret: ${DEMO_SECRET}`);
    await stopped;
  } finally {
    await app.stop();
  }
}

/** Answers know of days that lack data only where they were judged, and people ask about last week and the one before. */
async function judgePast({ stores }: OpenStores, config: Config, { clock, log }: CliContext): Promise<void> {
  const { timezone, currency, ticketClustering, sensitivity } = config;
  const asOf = clock();
  const yesterday = judgedDate(asOf, timezone);
  const chosen = { first: addDays(yesterday, 1 - DAYS_JUDGED), last: yesterday };
  await runCycle({ stores, chosen, asOf, timezone, currency, ticketClustering, sensitivity, clock, log });
}

/** The workspace on the page is new at every start, so what was posted to the last one is history too. */
async function clearOldDemo(database: string): Promise<void> {
  if (database !== DEMO_DATABASE) return;
  if (await isServed(resolve(database)))
    throw new SeepassError('bad_arguments', 'A demo is running in this folder already.', {
      fix: 'Open its page, or stop it first.',
    });
  await rm(database, { recursive: true, force: true });
}

/** What every tool proves itself with here: the README's lines are signed with it. */
export function demoSecrets(): Config['webhookSecrets'] {
  return Object.fromEntries(webhooks.map(({ name }) => [name.toUpperCase(), [new Secret(DEMO_SECRET)]]));
}

function sandboxConfig(config: Config, sandbox: Sandbox, httpPort: number): Config {
  const { maya = '', jonas = '' } = sandbox.ids.people;
  return {
    ...config,
    http: { host: '127.0.0.1', port: httpPort },
    // A newcomer reads the steps; the app's own lines are for whoever asks for them.
    logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel,
    ingestToken: new Secret(DEMO_TOKEN),
    webhookSecrets: demoSecrets(),
    admins: [maya],
    approvers: [maya, jonas],
    digest: { ...config.digest, channel: CHANNEL },
    slack: {
      botToken: new Secret(sandbox.botToken),
      appToken: new Secret(sandbox.appToken),
      signingSecret: new Secret(sandbox.signingSecret),
      socketMode: true,
      apiUrl: sandbox.apiUrl,
    },
  };
}

async function seed(
  { stores, target }: OpenStores,
  config: Config,
  { events }: DemoOptions,
  { clock, stderr }: CliContext,
): Promise<void> {
  const { generateProduct } = await import('../demo/generate.ts');
  const product = generateProduct({
    timezone: config.timezone,
    endDate: dateInZone(clock(), config.timezone),
    ...(events === undefined ? {} : { events }),
  });
  stderr.write('Making up 90 days of a product\n');
  const progress = showSeedProgress(stderr, product.options.events, clock);
  try {
    await seedDatabase(product.events, {
      config,
      target,
      store: stores.events,
      clock,
      onProgress: (soFar) => progress.update(soFar.read, { events: soFar.read }),
    });
  } finally {
    progress.stop();
  }
}

/** The port when it is free, else 0, which takes another. */
async function freePort(port: number): Promise<number> {
  const probe = createServer();
  const free = await new Promise<boolean>((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => resolve(true));
  });
  await new Promise((resolve) => probe.close(resolve));
  return free ? port : 0;
}
