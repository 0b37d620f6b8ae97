import { ACTIONS, SLASH_COMMAND } from '../ids.ts';
import { escapeEntities } from '../mrkdwn.ts';
import { actions, button, context, section } from './elements.ts';
import type { Rendered } from './notice.ts';

/** What help needs to know of a command. */
export interface HelpEntry {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
}

const FIRST = 5;

/** Five commands first, the rest under More; the full list when `all` is asked for. */
export function buildHelp(entries: readonly HelpEntry[], all = false): Rendered {
  const shown = all ? entries : entries.slice(0, FIRST);
  const hidden = entries.length - shown.length;
  const lines = shown.map(helpLine);
  return {
    text: `What Seepass understands: ${entries.map((entry) => `${SLASH_COMMAND} ${entry.name}`).join(', ')}`,
    blocks: [
      section(`*What I understand*\n${lines.join('\n')}`),
      context('Answers to a command are for you alone. The daily digest goes to the channel.'),
      ...(hidden > 0 ? [actions([button(`More (${hidden})`, { actionId: ACTIONS.moreHelp, value: 'all' })])] : []),
    ],
  };
}

/** Says which command is meant by a word that is none, or only that it is none. */
export function buildUnknownCommand(typed: string, nearest: string | null, entries: readonly HelpEntry[]): Rendered {
  const suggestion = nearest ? ` Did you mean \`${SLASH_COMMAND} ${nearest}\`?` : '';
  const help = buildHelp(entries);
  const text = `I don't know \`${escapeEntities(typed)}\`.${suggestion}`;
  return { text, blocks: [section(text), ...help.blocks] };
}

function helpLine({ name, usage, summary }: HelpEntry): string {
  const call = [SLASH_COMMAND, name, usage].filter(Boolean).join(' ');
  return `\`${escapeEntities(call)}\`  ${escapeEntities(summary)}`;
}
