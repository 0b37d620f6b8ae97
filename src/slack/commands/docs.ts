import { SeepassError } from '../../errors.ts';
import { readersOf } from '../../pipeline/runbooks/readers.ts';
import type { RunbookReaders } from '../../pipeline/runbooks.ts';
import { whoAsks } from '../ask-for.ts';
import type { CommandRequest, SlackCommand } from '../command.ts';
import type { SlackDeps } from '../deps.ts';
import { quote } from '../mrkdwn.ts';
import { buildNotice } from '../views/notice.ts';
import { buildRunbookList, buildRunbookStats, buildStaleRunbooks } from '../views/runbooks.ts';

const MEANT = /^(?:list|stats|stale|remove\s+#?\d+)?$/i;

export const docsCommand: SlackCommand = {
  name: 'docs',
  usage: '[list|stats|stale|remove <number>]',
  summary: 'The runbooks I answer from. Add one by dropping a file into a direct message to me',
  purpose: 'I could not read the runbooks',
  isMeant: (text) => MEANT.test(text),
  async run(request, deps) {
    const { runbooks } = deps;
    const [verb = 'list', number] = request.text.toLowerCase().replace('#', '').split(/\s+/).filter(Boolean);
    if (verb === 'remove' && /^\d{1,9}$/.test(number ?? '')) {
      const { title, version } = await runbooks.remove(Number(number), request);
      const versions = version === 1 ? '' : ` with all its ${version} versions`;
      return buildNotice(
        `Deleted runbook ${Number(number)}, ${quote(title, 150)}${versions}. What was cited stays as it was said.`,
      );
    }
    const readers = await whoReads(request, deps);
    if (verb === 'list') return buildRunbookList(await runbooks.list(readers));
    if (verb === 'stale') return buildStaleRunbooks(await runbooks.stale(readers));
    if (verb === 'stats') return buildRunbookStats(await runbooks.stats(readers));
    throw new SeepassError('bad_arguments', 'I did not understand that.', {
      fix: 'There is `/seepass docs list`, `stats`, `stale` and `remove <number>`; to add one, drop its file into a direct message to me.',
    });
  },
};

/** Who keeps the runbooks sees all of them where nobody reads along; everybody else what they may read. */
async function whoReads(request: CommandRequest, deps: SlackDeps): Promise<RunbookReaders> {
  const by = await whoAsks(deps, request);
  const keeps = by.asker.roles.includes('admin') || by.asker.roles.includes('approver');
  if (by.audience === 'asker' && keeps) return 'operator';
  return readersOf({ runbooks: deps.stores.runbooks, memberships: deps.memberships }, by);
}
