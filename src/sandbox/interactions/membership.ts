import type { Channel, Person } from '../state/roster.ts';
import { APP, type Workspace } from '../state/workspace.ts';
import { composeText } from './compose.ts';

/** Slack's own commands about who is in a channel, and whether the one they name is in it afterwards. */
const COMMANDS: Readonly<Record<string, boolean>> = { '/invite': true, '/remove': false, '/kick': false };

/** Whether a command is Slack's own here, and no app's. */
export const isMembershipCommand = (command: string): boolean => Object.hasOwn(COMMANDS, command);

/**
 * Runs `/invite @Seepass` or `/remove @Seepass`: people are in every channel, so only the app comes and goes.
 * @returns what Slack tells the person where nothing came of it.
 */
export function runMembershipCommand(
  workspace: Workspace,
  asked: { person: Person; channel: Channel; command: string; text: string },
): string | undefined {
  const { person, channel, command, text } = asked;
  if (channel.kind === 'im') return `${command} does not work in direct messages.`;
  if (channel.isArchived || !channel.members.has(person.id))
    return `${command} failed: you cannot write in this channel.`;
  if (composeText(text, workspace).trim() !== `<@${APP.userId}>`)
    return `${command} takes @${APP.name} here: everybody else is in every channel.`;
  const isMember = COMMANDS[command] === true;
  if (workspace.setAppMember(channel, isMember, person.id)) return undefined;
  return `@${APP.name} is ${isMember ? 'already' : 'not'} in this channel.`;
}
