/** People at the buttons of incidents' messages, as the channel shows them. */
import type { EntryKind, IncidentEntry } from '../../src/core/incident/incident.ts';
import type { Rng } from '../../src/core/simulate/rng.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { interactiveElements } from '../../src/sandbox/state/block-ids.ts';
import { decodeIncident, INCIDENT_ACTIONS } from '../../src/slack/incident-ids.ts';

const PEOPLE = ['maya', 'jonas', 'priya'];
/** Of the messages of a channel, the last so many are looked at. */
const IN_SIGHT = 12;
const SNOOZES = ['for 1 hour', 'for 6 hours'];

/** What a person pressed. */
export interface Click {
  incident: string;
  kind: EntryKind;
  actor: string;
}

const ENTRIES: Readonly<Record<string, EntryKind>> = {
  [INCIDENT_ACTIONS.acknowledge]: 'acknowledged',
  [INCIDENT_ACTIONS.snooze]: 'snoozed',
  [INCIDENT_ACTIONS.wake]: 'woken',
  [INCIDENT_ACTIONS.resolve]: 'resolved',
  [INCIDENT_ACTIONS.reopen]: 'reopened',
};

/** Now and then one person, or two at once, at one of the messages in sight. */
export async function clickSomewhere(sandbox: Sandbox, channels: readonly string[], random: Rng): Promise<Click[]> {
  const sight = channels.flatMap((channel) => sandbox.messages(channel).slice(-IN_SIGHT));
  const isReopening = random.chance(0.1);
  const chances = sight.flatMap((message) => {
    const actions = [...interactiveElements(message.blocks ?? [])].map(({ element }) => String(element.action_id));
    const incident = [...interactiveElements(message.blocks ?? [])]
      .map(({ element }) => decodeIncident(String(element.value))?.id)
      .find((id) => id !== undefined);
    return actions
      .filter((action) => action in ENTRIES && (action === INCIDENT_ACTIONS.reopen) === isReopening)
      .flatMap((action) => (incident === undefined ? [] : [{ message, action, incident }]));
  });
  if (chances.length === 0 || random.chance(0.5)) return [];
  const { message, action, incident } = random.pick(chances);
  const first = random.below(PEOPLE.length);
  const people = Array.from({ length: random.chance(0.4) ? 2 : 1 }, (_, n) =>
    sandbox.as(PEOPLE[(first + n) % PEOPLE.length] ?? 'maya'),
  );
  return Promise.all(
    people.map(async (person) => {
      if (action === INCIDENT_ACTIONS.snooze) await person.select(message, action, random.pick(SNOOZES));
      else await person.click(message, action);
      return { incident, kind: ENTRIES[action] ?? 'acknowledged', actor: person.id };
    }),
  );
}

/** What the books say that people did and no one pressed, or did more often than it was pressed, in words. */
export function unpressed(
  books: readonly { incident: { id: string; number: number }; entries: readonly IncidentEntry[] }[],
  clicks: readonly Click[],
): string[] {
  const left = new Map<string, number>();
  const keyOf = ({ incident, kind, actor }: Click): string => `${incident} ${kind} ${actor}`;
  for (const click of clicks) left.set(keyOf(click), (left.get(keyOf(click)) ?? 0) + 1);
  return books.flatMap(({ incident: { id, number }, entries }) =>
    entries.flatMap(({ kind, actor }) => {
      if (actor === 'system') return [];
      const key = keyOf({ incident: id, kind, actor });
      left.set(key, (left.get(key) ?? 0) - 1);
      return (left.get(key) ?? 0) < 0 ? [`INC-${number}: ${kind} by ${actor}, who pressed less`] : [];
    }),
  );
}
