import type { Config } from './config.ts';
import { SeepassError } from './errors.ts';
import type { SlackTransport } from './slack/app.ts';

/**
 * How the app gets into its workspace, from its settings.
 * @throws SeepassError `bad_config` that names the setting to mend.
 */
export function slackAccess({ slack }: Pick<Config, 'slack'>): { botToken: string; transport: SlackTransport } {
  const fix = 'See README, "Connect your workspace". To look around without one: npm run demo';
  if (slack.botToken === undefined)
    throw new SeepassError('bad_config', 'Slack is not connected: SLACK_BOT_TOKEN is not set.', { fix });
  const botToken = slack.botToken.reveal();
  if (slack.socketMode) {
    if (slack.appToken === undefined)
      throw new SeepassError('bad_config', 'Socket mode needs SLACK_APP_TOKEN.', { fix });
    return { botToken, transport: { mode: 'socket', appToken: slack.appToken.reveal() } };
  }
  if (slack.signingSecret === undefined)
    throw new SeepassError('bad_config', 'HTTP mode needs SLACK_SIGNING_SECRET.', { fix });
  return { botToken, transport: { mode: 'http', signingSecret: slack.signingSecret.reveal() } };
}
