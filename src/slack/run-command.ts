import { parametersHash } from '../core/audit/parameters-hash.ts';
import { SeepassError } from '../errors.ts';
import { auditDeed } from './audit-deed.ts';
import type { CommandRequest, SlackCommand } from './command.ts';
import type { SlackDeps } from './deps.ts';
import { sha256 } from './sha256.ts';
import type { Rendered } from './views/notice.ts';

/** The one way in which a subcommand runs: whatever comes of it, an entry tells that it was used. */
export async function runCommand(command: SlackCommand, request: CommandRequest, deps: SlackDeps): Promise<Rendered> {
  if (command.auditsItself) return command.run(request, deps);
  const record = (outcome: string): Promise<void> => recordUse(command, request, outcome, deps);
  try {
    const answer = await command.run(request, deps);
    await record('done');
    return answer;
  } catch (error) {
    await record(error instanceof SeepassError ? error.code : 'failed');
    throw error;
  }
}

/** What a command changed has an entry of its own, with the change: without this one it is still done. */
async function recordUse(
  { name }: SlackCommand,
  { user, channel, text }: CommandRequest,
  outcome: string,
  deps: SlackDeps,
): Promise<void> {
  const details = parametersHash(text, sha256);
  const deed = { action: 'command.run', subject_type: 'command', subject_id: name, outcome, details };
  await auditDeed(deps, { ...deed, user, channel }).catch((err: unknown) =>
    deps.log.error({ err, command: name, user }, 'the use of a command could not be recorded'),
  );
}
