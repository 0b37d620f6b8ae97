import { joinWords } from '../core/facts/render.ts';
import type { Incident } from '../core/incident/incident.ts';
import { incidentName, readIncidentRef } from '../core/incident/incident-ref.ts';
import { splitWords } from '../core/text/split-words.ts';
import { SeepassError } from '../errors.ts';
import type { SlackDeps } from './deps.ts';

/** Whether words in a conversation begin with an incident or a page: a question does not. */
export const namesIncident = (text: string): boolean => /^(?:inc[-_ ]?\d|#\d|\/)/i.test(text);

/**
 * The incident that the first word names, by its number or by a page of a live one, and the words after it. Where
 * nothing is named and one incident lives, that one.
 * @param command for the example in what is said back.
 * @throws SeepassError `not_found`, or `bad_arguments` that says how to name one.
 */
export async function findIncident(
  text: string,
  command: string,
  { stores }: SlackDeps,
): Promise<{ incident: Incident; rest: string }> {
  const [first = '', ...words] = splitWords(text.replace(/^inc[ _](?=\d)/i, 'INC-'));
  const number = readIncidentRef(first);
  if (number !== undefined) {
    const incident = await stores.incidents.findByNumber(number);
    if (incident) return { incident, rest: words.join(' ') };
    throw new SeepassError('not_found', `There is no ${incidentName(number)}.`, {
      fix: '`/seepass incidents` lists those that live.',
    });
  }
  const live = await stores.incidents.listLive();
  if (first.startsWith('/')) {
    const about = live.filter(({ members }) => members.some(({ surface }) => surface === first));
    if (about[0]) return { incident: only(about, command), rest: words.join(' ') };
    throw new SeepassError('not_found', `No live incident is about ${first.slice(0, 100)}.`, {
      fix: '`/seepass incidents` lists those that live.',
    });
  }
  return { incident: only(live, command), rest: [first, ...words].join(' ').trim() };
}

function only(incidents: readonly Incident[], command: string): Incident {
  const [incident, second] = incidents;
  if (incident === undefined)
    throw new SeepassError('not_found', 'No incident lives at the moment.', {
      fix: `Name one by its number: \`/seepass ${command} INC-12\`.`,
    });
  if (second === undefined) return incident;
  const names = incidents.slice(0, 5).map(({ number }) => incidentName(number));
  throw new SeepassError(
    'bad_arguments',
    `Which one? ${joinWords(names, 'or')}${incidents.length > 5 ? ', or another' : ''}.`,
    {
      fix: `For example \`/seepass ${command} ${names[0]}\`.`,
    },
  );
}
