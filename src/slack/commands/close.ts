import type { IncidentCommand } from '../../core/incident/command.ts';
import { readIncidentRef } from '../../core/incident/incident-ref.ts';
import { SeepassError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import type { SlackDeps } from '../deps.ts';
import { findIncident, namesIncident } from '../find-incident.ts';
import { actOn, noteOf } from '../incident-command.ts';

export const closeCommand: SlackCommand = {
  name: 'close',
  usage: '<INC-number> false | expected | duplicate of INC-number [note]',
  summary: 'Say that an incident was none. `/seepass close INC-12 expected load test`',
  purpose: 'I could not close it',
  isMeant: namesIncident,
  async run({ text, user, channel }, deps) {
    const { incident, rest } = await findIncident(text, 'close', deps);
    return actOn(incident, await readClosure(rest, deps), { actor: user, channel }, deps);
  },
};

async function readClosure(text: string, { stores }: SlackDeps): Promise<IncidentCommand> {
  const [, word = '', rest = ''] = /^(?:as\s+)?(\S*)\s*([\s\S]*)$/i.exec(text) ?? [];
  if (/^false$/i.test(word)) return { kind: 'close', closure: 'false', note: noteOf(rest.replace(/^alarm\b/i, '')) };
  if (/^expected$/i.test(word)) return { kind: 'close', closure: 'expected', note: noteOf(rest) };
  if (/^duplicate$/i.test(word)) {
    const [, named = '', note = ''] = /^(?:of\s+)?(\S*)\s*([\s\S]*)$/i.exec(rest) ?? [];
    const number = readIncidentRef(named);
    const original = number === undefined ? undefined : await stores.incidents.findByNumber(number);
    if (original) return { kind: 'close', closure: 'duplicate', duplicateOf: original.id, note: noteOf(note) };
  }
  throw new SeepassError('bad_arguments', 'I need what it was: false, expected, or duplicate of another incident.', {
    fix: 'For example `/seepass close INC-12 expected load test` or `/seepass close INC-12 duplicate of INC-9`.',
  });
}
