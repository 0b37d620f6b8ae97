import { looksLikeTarget } from '../../core/delivery/mute-target.ts';
import { readSnoozeRequest } from '../../core/delivery/snooze-request.ts';
import { incidentName } from '../../core/incident/incident-ref.ts';
import { SeepassError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { declarerOf } from '../declarer.ts';
import { findIncident, namesIncident } from '../find-incident.ts';
import { actOn, noteOf } from '../incident-command.ts';
import { buildMuted } from '../views/mutes.ts';

const EXAMPLES = 'For example `/seepass snooze INC-12 1h` or `/seepass snooze /checkout until Tuesday 9:00`.';

export const snoozeCommand: SlackCommand = {
  name: 'snooze',
  usage: '<INC-number | page | error> <time> [reason]',
  summary: 'Be quiet for a while. `/seepass snooze /checkout until Tuesday 9:00`',
  purpose: 'I could not snooze that',
  isMeant: (text) => text === '' || namesIncident(text) || looksLikeTarget(text.split(/\s/)[0] ?? ''),
  async run({ text, user, channel }, deps) {
    const request = readSnoozeRequest(text, { now: deps.clock(), zone: deps.timezone });
    if ('fault' in request) throw new SeepassError('bad_arguments', request.fault, { fix: EXAMPLES });
    const { of, until } = request;
    const note = noteOf(request.reason ?? '');
    if (of === null || 'incident' in of) {
      const named = of === null ? '' : incidentName(of.incident);
      const { incident } = await findIncident(named, 'snooze', deps);
      return actOn(incident, { kind: 'snooze', until, note }, { actor: user, channel }, deps);
    }
    const by = await declarerOf(deps, user, channel);
    return buildMuted(await deps.stores.mutes.add({ ...of, until, reason: note }, by), deps.timezone);
  },
};
