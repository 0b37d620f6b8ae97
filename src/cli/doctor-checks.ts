import { describeDrill } from '../core/backtest/drill.ts';
import { SeepassError } from '../errors.ts';
import { readManifest } from '../manifest.ts';
import { checkAudit } from './audit/check.ts';
import { type Check, fail, ok, warn } from './check.ts';
import { checkDeliveries } from './check-deliveries.ts';
import { checkIdentity, checkSources, checkSurfaces } from './check-sources.ts';
import type { CliContext } from './subcommand.ts';

/** Slack refuses signatures older than five minutes; well before that, something is wrong with the clock. */
const CLOCK_TOLERANCE_MS = 30_000;

export function checkConfig(context: CliContext): Check[] {
  try {
    const { timezone, currency, pseudonymKey, deliveryKeys, webhookSecrets } = context.config;
    const checks = [ok('settings', `zone ${timezone}, currency ${currency}`)];
    if (pseudonymKey === undefined)
      checks.push(
        warn(
          'pseudonym key',
          'not set: one is made and kept beside the database, in a file pseudonym-key',
          'For production set SEEPASS_PSEUDONYM_KEY: openssl rand -hex 32',
        ),
      );
    if (deliveryKeys.length === 0 && Object.keys(webhookSecrets).length > 0)
      checks.push(
        warn(
          'key of the deliveries',
          'not set: one is made and kept beside the database, in a file delivery-key',
          'For production set SEEPASS_DELIVERY_KEY: openssl rand -hex 32',
        ),
      );
    return checks;
  } catch (error) {
    if (error instanceof SeepassError)
      return [fail('settings', error.message, error.fix?.trim() ?? 'See .env.example.')];
    throw error;
  }
}

export async function checkDatabase(context: CliContext, database: string | undefined): Promise<Check[]> {
  try {
    const { handle, stores, close } = await context.openStores(database);
    try {
      const checks = [ok('database', `${handle.description} answers, migrations applied`)];
      const sources = await stores.freshness.list();
      if (sources.length === 0)
        checks.push(
          warn(
            'events',
            'none yet',
            'Import a file (seepass import events.jsonl), post to /v1/events, or look at the demo: npm run demo',
          ),
        );
      const { timezone } = context.config;
      checks.push(...(await checkSources(stores, context.clock(), timezone)));
      checks.push(...(await checkSurfaces(stores, context.clock(), timezone)));
      checks.push(...(await checkIdentity(stores, context.clock())));
      const held = await stores.outbox.held();
      if (held)
        checks.push(
          fail(
            'messages',
            `Slack has refused all of them since ${new Date(held.since).toISOString()} (${held.reason}); they wait`,
            'Install the app again and set the new tokens; nothing is lost.',
          ),
        );
      const day = await stores.priorities.latestDay();
      checks.push(
        day
          ? ok('latest digest day', `${day.date}: ${day.surfaces} surfaces judged, ${day.priorities} priorities`)
          : warn('latest digest day', 'nothing judged yet', 'Run: seepass run'),
      );
      const drill = await stores.drills.latest();
      checks.push(
        drill
          ? ok('fire drill', `${new Date(drill.ran_at).toISOString().slice(0, 10)}: ${describeDrill(drill)}`)
          : warn('fire drill', 'none yet', 'See what detection finds on your own data: seepass drill'),
      );
      checks.push(await checkDeliveries(stores, context.clock()));
      checks.push(await checkAudit(stores, context.clock()));
      return checks;
    } finally {
      await close();
    }
  } catch (error) {
    if (error instanceof SeepassError) return [fail('database', error.message, error.fix ?? 'See the message.')];
    throw error;
  }
}

export async function checkSlack(context: CliContext): Promise<Check[]> {
  const { slack, digest } = context.config;
  if (slack.botToken === undefined)
    return [
      warn(
        'Slack',
        'not connected',
        'Create the app from manifest.yml, then set SLACK_BOT_TOKEN (see README, "Connect your workspace").',
      ),
    ];
  const checks: Check[] = [];
  if (slack.socketMode && slack.appToken === undefined)
    checks.push(
      fail(
        'Slack app token',
        'socket mode needs one',
        'Set SLACK_APP_TOKEN, or SLACK_SOCKET_MODE=false with SLACK_SIGNING_SECRET.',
      ),
    );
  if (!slack.socketMode && slack.signingSecret === undefined)
    checks.push(
      fail(
        'Slack signing secret',
        'HTTP mode needs one',
        'Set SLACK_SIGNING_SECRET: Basic Information -> Signing Secret.',
      ),
    );
  if (digest.channel === undefined)
    checks.push(
      warn(
        'digest channel',
        'not chosen: nothing is posted by itself',
        'Set SEEPASS_CHANNEL and invite the bot there.',
      ),
    );
  try {
    const { checkSlackConnection } = await import('../slack/check-connection.ts');
    const connection = await checkSlackConnection(
      { botToken: slack.botToken.reveal(), appToken: slack.appToken?.reveal(), apiUrl: slack.apiUrl },
      context.clock,
    );
    if (connection.botTokenError !== null)
      checks.push(
        fail(
          'Slack bot token',
          `Slack says ${connection.botTokenError}`,
          'Copy the Bot User OAuth Token again; reinstall the app if it was revoked.',
        ),
      );
    else checks.push(ok('Slack bot token', `${connection.bot} in ${connection.team}`), checkScopes(connection.scopes));
    if (connection.appTokenError)
      checks.push(
        fail(
          'Slack app token',
          `Slack says ${connection.appTokenError}`,
          'Make an app-level token with connections:write under Basic Information.',
        ),
      );
    else if (connection.appTokenError === null) checks.push(ok('Slack app token', 'opens a socket'));
    if (connection.clockSkewMs !== null) checks.push(checkClock(connection.clockSkewMs));
  } catch {
    checks.push(fail('Slack', `${slack.apiUrl} did not answer`, 'Check the network, and SLACK_API_URL if you set it.'));
  }
  return checks;
}

function checkScopes(granted: readonly string[]): Check {
  const missing = readManifest().scopes.filter((scope) => !granted.includes(scope));
  return missing.length === 0
    ? ok('Slack scopes', `all ${granted.length} granted`)
    : fail(
        'Slack scopes',
        `missing ${missing.join(', ')}`,
        'Update the app from manifest.yml, then reinstall it to the workspace.',
      );
}

function checkClock(skewMs: number): Check {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  return Math.abs(skewMs) <= CLOCK_TOLERANCE_MS
    ? ok('clock', 'agrees with Slack')
    : fail(
        'clock',
        `${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} Slack`,
        'Turn on time synchronisation (NTP): Slack refuses requests signed at the wrong time.',
      );
}

export async function checkModel(context: CliContext): Promise<Check[]> {
  const { apiKey, baseUrl, name } = context.config.model;
  if (apiKey === undefined)
    return [ok('language model', 'no key: explanations come from templates, everything else is the same')];
  const { checkModelKey } = await import('../anthropic/check-key.ts');
  const fault = await checkModelKey({ apiKey: apiKey.reveal(), baseUrl, model: name });
  return [
    fault === null
      ? ok('language model', `${name} answers`)
      : fail('language model', fault, 'Check ANTHROPIC_API_KEY and ANTHROPIC_MODEL; until then templates are used.'),
  ];
}
