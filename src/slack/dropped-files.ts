import { addedWords } from '../core/runbook/told.ts';
import { SeepassError } from '../errors.ts';
import type { ListenerDeps } from './deps.ts';
import { escapeEntities } from './mrkdwn.ts';
import type { MessageEvent } from './payloads.ts';
import type { Rendered } from './views/notice.ts';
import { buildAddedRunbooks, buildKeepersOnly } from './views/runbooks.ts';

/** What is wrong with the file itself; the others are looked at all the same. */
const OF_THE_FILE = new Set(['bad_input', 'too_large', 'slack_unavailable']);

/** Files that somebody dropped into their direct messages with us: each becomes a runbook, where they may keep them. */
export async function takeDroppedFiles(
  { runbooks, files, log }: Pick<ListenerDeps, 'runbooks' | 'files' | 'log'>,
  { channel, user = '', files: dropped }: MessageEvent,
): Promise<Rendered> {
  try {
    await runbooks.requireKeeper({ user, channel });
  } catch (error) {
    if (!(error instanceof SeepassError) || error.code !== 'forbidden') throw error;
    return buildKeepersOnly(error.message, runbooks.keepers);
  }
  const lines: string[] = [];
  for (const { id } of dropped) {
    try {
      lines.push(addedWords(await runbooks.add(await files.fetchFile(id), { user, channel })));
    } catch (error) {
      if (!(error instanceof SeepassError) || !OF_THE_FILE.has(error.code)) throw error;
      log.info({ err: error, file: id }, 'a file did not become a runbook');
      lines.push(error.line);
    }
  }
  return buildAddedRunbooks(lines.map(escapeEntities));
}
