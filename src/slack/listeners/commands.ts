import type { App } from '@slack/bolt';
import { groupMetrics } from '../../core/catalogue/groups.ts';
import { askCommand } from '../commands/ask.ts';
import { commands } from '../commands/index.ts';
import type { ListenerDeps } from '../deps.ts';
import { findCommand, readsAsSentence } from '../find-command.ts';
import { ACTIONS, SLASH_COMMAND } from '../ids.ts';
import { unescapeEntities } from '../mrkdwn.ts';
import { blockActionSchema, commandSchema } from '../payloads.ts';
import { respondTo } from '../respond.ts';
import { buildMetricList } from '../views/catalogue.ts';
import { buildHelp, buildUnknownCommand } from '../views/help.ts';
import { guard } from './guard.ts';

/** `/seepass …`: acknowledged at once, answered through the response_url to the asker alone. */
export function registerCommands(app: App, deps: ListenerDeps): void {
  app.command(SLASH_COMMAND, async ({ ack, command }) => {
    await ack();
    const { text, user_id: user, channel_id: channel, response_url: url } = commandSchema.parse(command);
    const typed = unescapeEntities(text);
    const found = findCommand(typed, commands);
    const asking = !found.command && readsAsSentence(typed) ? { command: askCommand, text: typed } : found;
    await guard(deps.log, {
      what: asking.command?.purpose ?? 'I could not answer',
      about: { command: asking.command?.name ?? null, user, channel },
      tell: (notice) => respondTo(url, notice, 'ephemeral'),
      work: async () => {
        const answer = asking.command
          ? await asking.command.run({ user, channel, text: asking.text, audience: 'asker' }, deps)
          : buildUnknownCommand(asking.typed, asking.nearest, commands);
        await respondTo(url, answer, 'ephemeral');
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
