import type { IncidentCommand } from '../core/incident/command.ts';
import type { Incident } from '../core/incident/incident.ts';
import { redact } from '../core/text/redact.ts';
import { SeepassError } from '../errors.ts';
import type { SlackCommand } from './command.ts';
import type { SlackDeps } from './deps.ts';
import { findIncident, namesIncident } from './find-incident.ts';
import { buildIncidentDone, buildRefused } from './views/incident-outcome.ts';
import type { Rendered } from './views/notice.ts';

const NOTE = 300;

/** A subcommand that does one thing to an incident. @param options `of` makes the command of the words after it. */
export function incidentCommand(options: {
  name: string;
  usage: string;
  summary: string;
  purpose: string;
  of: (rest: string) => IncidentCommand;
}): SlackCommand {
  const { name, usage, summary, purpose, of } = options;
  return {
    name,
    usage,
    summary,
    purpose,
    isMeant: (text) => text === '' || namesIncident(text),
    async run({ text, user, channel }, deps) {
      const { incident, rest } = await findIncident(text, name, deps);
      return actOn(incident, of(rest), { actor: user, channel }, deps);
    },
  };
}

/** Does it, and says what was done, or why it was not. */
export async function actOn(
  incident: Incident,
  command: IncidentCommand,
  by: { actor: string; channel: string | null },
  deps: SlackDeps,
): Promise<Rendered> {
  try {
    return buildIncidentDone(command, await deps.desk.act(incident.id, command, by), deps.timezone);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Whoever was first changed it after it was read.
    const now = (await deps.stores.incidents.find(incident.id)) ?? incident;
    return buildRefused(error.line, now);
  }
}

/** What the desk says in its own words to whoever asked. */
export const isRefusal = (error: unknown): error is SeepassError =>
  error instanceof SeepassError && ['conflict', 'forbidden', 'bad_arguments'].includes(error.code);

/** A note as it is kept, without private data; null for none. */
export const noteOf = (text: string): string | null =>
  redact(text.slice(0, 2 * NOTE))
    .slice(0, NOTE)
    .trim() || null;
