/** People who press buttons of incidents, and what they were told came of it. */
import type { IncidentCommand } from '../../src/core/incident/command.ts';
import type { EntryKind, Incident } from '../../src/core/incident/incident.ts';
import type { Rng } from '../../src/core/simulate/rng.ts';
import { SeepassError } from '../../src/errors.ts';
import type { IncidentDesk } from '../../src/pipeline/incidents.ts';
import { HOUR } from '../core/incident/made-up.ts';
import { Killed } from './mortal.ts';

const PEOPLE = ['U_MAYA', 'U_SAM', 'U_LENA'];

export interface Press {
  incident: string;
  kind: EntryKind;
  actor: string;
  at: number;
  /** `killed`: nobody heard what came of it. */
  outcome: 'done' | 'refused' | 'killed';
}

type Intent = Pick<Press, 'incident' | 'kind' | 'actor' | 'at'> & { command: IncidentCommand };

const ENTRIES: Readonly<Record<IncidentCommand['kind'], EntryKind>> = {
  acknowledge: 'acknowledged',
  release: 'released',
  snooze: 'snoozed',
  wake: 'woken',
  resolve: 'resolved',
  reopen: 'reopened',
  close: 'closed',
};

/** Now and then one person, or several at once, about one of the incidents that there are. */
export function intend(random: Rng, at: number, { live, ended }: { live: Incident[]; ended: Incident[] }): Intent[] {
  const isReopening = random.chance(0.1);
  const among = isReopening ? ended : live;
  if (among.length === 0 || random.chance(0.5)) return [];
  const { id } = random.pick(among);
  const first = random.below(PEOPLE.length);
  const together = random.chance(0.4) ? 2 : 1;
  return Array.from({ length: together }, (_, n) => {
    const command: IncidentCommand = isReopening ? { kind: 'reopen' } : draw(random, at);
    const actor = PEOPLE[(first + n) % PEOPLE.length] ?? 'U_MAYA';
    return { incident: id, kind: ENTRIES[command.kind], actor, at, command };
  });
}

/** Mostly what says that an alert was of use, so that its rule is not demoted for good. */
function draw(random: Rng, at: number): IncidentCommand {
  const commands: IncidentCommand[] = [
    { kind: 'acknowledge' },
    { kind: 'acknowledge' },
    { kind: 'acknowledge' },
    { kind: 'snooze', until: at + (1 + random.below(8)) * HOUR, note: null },
    { kind: 'wake' },
    { kind: 'release' },
    { kind: 'resolve', note: null },
    { kind: 'close', closure: random.chance(0.3) ? 'false' : 'expected', note: null },
  ];
  return random.pick(commands);
}

export async function press(desk: IncidentDesk, { command, ...intent }: Intent): Promise<Press> {
  try {
    await desk.act(intent.incident, command, { actor: intent.actor, channel: null });
    return { ...intent, outcome: 'done' };
  } catch (error) {
    if (error instanceof Killed) return { ...intent, outcome: 'killed' };
    if (error instanceof SeepassError) return { ...intent, outcome: 'refused' };
    throw error;
  }
}
