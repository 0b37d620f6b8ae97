import type { App } from '@slack/bolt';
import { commands } from '../commands/index.ts';
import type { ListenerDeps } from '../deps.ts';
import { findCommand } from '../find-command.ts';
import { ACTIONS, SLASH_COMMAND } from '../ids.ts';
import { unescapeEntities } from '../mrkdwn.ts';
import { blockActionSchema, commandSchema } from '../payloads.ts';
import { respondTo } from '../respond.ts';
import { buildHelp, buildUnknownCommand } from '../views/help.ts';
import { guard } from './guard.ts';

/** `/seepass …`: acknowledged at once, answered through the response_url to the asker alone. */
export function registerCommands(app: App, deps: ListenerDeps): void {
  app.command(SLASH_COMMAND, async ({ ack, command }) => {
    await ack();
    const { text, user_id: user, channel_id: channel, response_url: url } = commandSchema.parse(command);
    const found = findCommand(unescapeEntities(text), commands);
    await guard(deps.log, {
      what: found.command?.purpose ?? 'I could not answer',
      about: { command: found.command?.name ?? null, user, channel },
      tell: (notice) => respondTo(url, notice, 'ephemeral'),
      work: async () => {
        const answer = found.command
          ? await found.command.run({ user, channel, text: found.text, audience: 'asker' }, deps)
          : buildUnknownCommand(found.typed, found.nearest, commands);
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
}
