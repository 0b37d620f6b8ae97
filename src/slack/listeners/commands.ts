import type { App } from '@slack/bolt';
import { groupMetrics } from '../../core/catalogue/groups.ts';
import type { JsonObject } from '../../core/records.ts';
import { DeliveryError } from '../../pipeline/delivery-error.ts';
import type { CommandRequest } from '../command.ts';
import { askCommand } from '../commands/ask.ts';
import { commands } from '../commands/index.ts';
import type { ListenerDeps } from '../deps.ts';
import { findCommand, readsAsSentence } from '../find-command.ts';
import { ACTIONS, SLASH_COMMAND } from '../ids.ts';
import { unescapeEntities } from '../mrkdwn.ts';
import { blockActionSchema, commandSchema } from '../payloads.ts';
import { respondTo } from '../respond.ts';
import { runCommand } from '../run-command.ts';
import { buildMetricList } from '../views/catalogue.ts';
import { buildHelp, buildUnknownCommand } from '../views/help.ts';
import { callSlack } from '../web-call.ts';
import { guard } from './guard.ts';

/** `/seepass …`: acknowledged at once, answered through the response_url to the asker alone. */
export function registerCommands(app: App, deps: ListenerDeps): void {
  app.command(SLASH_COMMAND, async ({ ack, command }) => {
    await ack();
    const parsed = commandSchema.parse(command);
    const { text, user_id: user, channel_id: channel, response_url: url } = parsed;
    const typed = unescapeEntities(text);
    const found = findCommand(typed, commands);
    const asking = !found.command && readsAsSentence(typed) ? { command: askCommand, text: typed } : found;
    await guard(deps.log, {
      what: asking.command?.purpose ?? 'I could not answer',
      about: { command: asking.command?.name ?? null, user, channel },
      tell: (notice) => respondTo(url, notice, 'ephemeral'),
      work: async () => {
        if (!asking.command) {
          await respondTo(url, buildUnknownCommand(asking.typed, asking.nearest, commands), 'ephemeral');
          return;
        }
        const request: CommandRequest = { user, channel, text: asking.text, audience: 'asker' };
        const form = asking.command.form?.(request, deps) ?? null;
        if (form !== null && (await opens(deps, parsed.trigger_id, form))) return;
        await respondTo(url, await runCommand(asking.command, request, deps), 'ephemeral');
      },
    });
  });

  app.action(ACTIONS.moreHelp, async ({ ack, body }) => {
    await ack();
    const { response_url: url, user } = blockActionSchema.parse(body);
    if (!url) return;
    await guard(deps.log, {
      what: 'I could not list the commands',
      about: { action: ACTIONS.moreHelp, user: user.id },
      tell: (notice) => respondTo(url, notice, 'ephemeral'),
      work: () => respondTo(url, buildHelp(commands, true), 'replace'),
    });
  });

  app.action(ACTIONS.moreMetrics, async ({ ack, body }) => {
    await ack();
    const { response_url: url, user, actions } = blockActionSchema.parse(body);
    if (!url) return;
    await guard(deps.log, {
      what: 'I could not list the metrics',
      about: { action: ACTIONS.moreMetrics, user: user.id },
      tell: (notice) => respondTo(url, notice, 'ephemeral'),
      work: () => respondTo(url, buildMetricList(groupMetrics(), Number(actions[0]?.value) || 1), 'replace'),
    });
  });
}

/** False where Slack does not open it: a trigger lives three seconds. */
async function opens({ client, log }: ListenerDeps, trigger: string, view: JsonObject): Promise<boolean> {
  try {
    await callSlack(client, 'views.open', { trigger_id: trigger, view });
    return true;
  } catch (err) {
    if (!(err instanceof DeliveryError)) throw err;
    log.warn({ err }, 'a form did not open; the command answers instead');
    return false;
  }
}
