import { looksLikeTarget } from '../../core/delivery/mute-target.ts';
import { incidentName, readIncidentRef } from '../../core/incident/incident-ref.ts';
import { splitWords } from '../../core/text/split-words.ts';
import { SeepassError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { declarerOf } from '../declarer.ts';
import { findIncident, namesIncident } from '../find-incident.ts';
import { actOn } from '../incident-command.ts';
import { buildLifted } from '../views/mutes.ts';

export const wakeCommand: SlackCommand = {
  name: 'wake',
  usage: '<INC-number | page | error>',
  summary: 'End a snooze. `/seepass wake /checkout`',
  purpose: 'I could not end the snooze',
  isMeant: (text) => text === '' || namesIncident(text) || looksLikeTarget(text),
  async run({ text, user, channel }, deps) {
    const [first = ''] = splitWords(text);
    const mutes = (await deps.stores.mutes.list(deps.clock())).filter(({ until }) => until !== null);
    // A number alone is one of the list of what is snoozed; an incident's says so.
    const mute = /^\d+$/.test(first)
      ? mutes.find(({ number }) => number === Number(first))
      : mutes.find(({ pattern }) => pattern === first);
    if (mute) return buildLifted(await deps.stores.mutes.lift(mute.number, await declarerOf(deps, user, channel)));
    if (looksLikeTarget(first) && !(await isOfIncident(first, deps)))
      throw new SeepassError('not_found', `${first.slice(0, 100)} is not snoozed.`, {
        fix: '`/seepass ignored` lists what is.',
      });
    const number = readIncidentRef(first);
    const { incident } = await findIncident(number === undefined ? first : incidentName(number), 'wake', deps);
    return actOn(incident, { kind: 'wake' }, { actor: user, channel }, deps);
  },
};

const isOfIncident = async (page: string, { stores }: Parameters<SlackCommand['run']>[1]): Promise<boolean> =>
  (await stores.incidents.listLive()).some(({ members }) => members.some(({ surface }) => surface === page));
