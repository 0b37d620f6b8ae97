import { readMaintenanceRequest } from '../../core/maintenance-request.ts';
import { SeepassError } from '../../errors.ts';
import type { SlackCommand } from '../command.ts';
import { declarerOfMaintenance } from '../declarer.ts';
import type { SlackDeps } from '../deps.ts';
import { buildMaintenanceDeclared, buildMaintenanceList, type ListedWindow, windowRef } from '../views/maintenance.ts';
import { buildNotice } from '../views/notice.ts';

const AHEAD_MS = 400 * 86_400_000;
const FIX =
  'For example `/seepass maintenance /checkout* 22:00-23:00 database move` or `/seepass maintenance everything tomorrow 1:00-2:00 new servers`.';

export const maintenanceCommand: SlackCommand = {
  name: 'maintenance',
  usage: '[<page | everything> <from>-<until> <reason>] | cancel <id>',
  summary:
    'Hours that are not judged: list, declare, cancel. `/seepass maintenance /checkout* 22:00-23:00 database move`',
  purpose: 'I could not read or declare maintenance',
  isMeant: (text) => text === '' || /^(?:\/|everything\s|cancel\s)/i.test(text),
  async run({ text, user, channel }, deps) {
    if (text === '' || /^list$/i.test(text)) return buildMaintenanceList(await listMaintenance(deps), deps.timezone);
    const cancelled = /^cancel\s+(\S+)$/i.exec(text)?.[1];
    if (cancelled !== undefined) return cancel(cancelled, user, channel, deps);
    const read = readMaintenanceRequest(text, { now: deps.clock(), zone: deps.timezone });
    if ('fault' in read) throw new SeepassError('bad_arguments', read.fault, { fix: FIX });
    const by = await declarerOfMaintenance(deps, user, channel);
    return buildMaintenanceDeclared(await deps.stores.maintenance.add(read.window, by), read.zone);
  },
};

/** Windows that are not over. */
export const listMaintenance = ({ stores, clock }: SlackDeps): Promise<ListedWindow[]> =>
  stores.maintenance.list({ start: clock(), end: clock() + AHEAD_MS });

async function cancel(typed: string, user: string, channel: string, deps: SlackDeps) {
  const by = await declarerOfMaintenance(deps, user, channel);
  const found = (await listMaintenance(deps)).filter(({ id }) => windowRef(id) === typed.toLowerCase());
  if (found[0] === undefined || found[1] !== undefined)
    throw new SeepassError('not_found', `I know no maintenance ${typed.slice(0, 40)} that is not over.`, {
      fix: '`/seepass maintenance` lists what is declared.',
    });
  await deps.stores.maintenance.cancel(found[0].id, by);
  return buildNotice(`Cancelled: the maintenance ${windowRef(found[0].id)} counts as never declared.`);
}
