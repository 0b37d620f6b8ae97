import { applyCommand } from '../../core/incident/apply-command.ts';
import type { IncidentCommand } from '../../core/incident/command.ts';
import type { Incident } from '../../core/incident/incident.ts';
import { effectiveRoles, type RolePolicy } from '../../core/policy/roles.ts';
import type { Role } from '../../core/records.ts';
import { redact } from '../../core/text/redact.ts';
import { ConflictError, SeepassError } from '../../errors.ts';
import type { IncidentDesk } from '../incidents.ts';
import type { Clock, Log, Stores } from '../ports.ts';
import type { IncidentCharts, IncidentRenderers } from './context.ts';
import { showIncidents } from './show.ts';

const NOTE_LENGTH = 500;
/** Two who press at once: the second looks again at what the first left. */
const TRIES = 5;

interface DeskContext extends Pick<IncidentRenderers, 'renderIncident' | 'renderEntry'>, IncidentCharts {
  stores: Pick<Stores, 'incidents' | 'alerts' | 'outbox' | 'roles' | 'audit'>;
  policy: RolePolicy;
  /** IANA zone of the times in refusals. */
  timezone: string;
  clock: Clock;
  log: Log;
  /** How the platform writes a person; the bare id when left out. */
  mention?: (userId: string) => string;
}

/** Who acts, and from where. */
interface Hand {
  actor: string;
  roles: readonly Role[];
  channel: string | null;
}

const roleOf = ({ roles }: Hand): Role => roles.at(-1) ?? 'viewer';

/** Everybody may act on incidents; only another's incident is handed back by its owner or an admin alone. */
export function createIncidentDesk(context: DeskContext): IncidentDesk {
  const { stores, policy, timezone, clock, log, mention = (userId) => userId } = context;

  async function apply(incident: Incident, command: IncidentCommand, by: Hand): Promise<Incident | undefined> {
    const duplicateOf = command.kind === 'close' && command.closure === 'duplicate' ? command.duplicateOf : undefined;
    const applied = applyCommand(incident, command, {
      actor: by.actor,
      isAdmin: by.roles.includes('admin'),
      at: clock(),
      live: command.kind === 'reopen' ? await stores.incidents.listLive() : [],
      original: duplicateOf === undefined ? undefined : await stores.incidents.find(duplicateOf),
      timezone,
      mention,
    });
    if ('refusal' in applied) {
      const { code, words } = applied.refusal;
      await refused(incident, command, by, code);
      throw code === 'conflict' ? new ConflictError(words) : new SeepassError(code, words);
    }
    const role = roleOf(by);
    const stored = await stores.incidents.save(applied.changes, { actor: by.actor, role, channel: by.channel });
    if (stored === undefined) return undefined;
    // It is done and stored: what is not in the outbox yet is put there by the next beat.
    for (const { id } of stored)
      await showIncidents(context, id).catch((err: unknown) =>
        log.warn({ err, incident: id }, 'the message of an incident is shown anew by the next beat'),
      );
    return stored[0];
  }

  const refused = (incident: Incident, { kind }: IncidentCommand, by: Hand, outcome: string): Promise<void> =>
    stores.audit.append({
      ...{ actor: by.actor, actor_role: roleOf(by), channel: by.channel, action: 'incident.act', outcome },
      ...{ subject_type: 'incident', subject_id: incident.id, details: { number: incident.number, command: kind } },
    });

  return {
    async act(incidentId, command, { actor, channel }) {
      const roles = effectiveRoles(actor, await stores.roles.rolesOf(actor), policy);
      for (let tries = TRIES; tries > 0; tries -= 1) {
        const incident = await stores.incidents.find(incidentId);
        if (incident === undefined) throw new SeepassError('not_found', 'There is no such incident any more.');
        const changed = await apply(incident, withSafeNote(command), { actor, roles, channel });
        if (changed) return changed;
      }
      throw new ConflictError('This incident is being changed by others just now.', { fix: 'Try again in a moment.' });
    },
  };
}

function withSafeNote(command: IncidentCommand): IncidentCommand {
  if (!('note' in command) || command.note === null) return command;
  const note = redact(command.note.slice(0, 2 * NOTE_LENGTH))
    .slice(0, NOTE_LENGTH)
    .trim();
  return { ...command, note: note || null };
}
