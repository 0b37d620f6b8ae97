import { SeepassError } from '../errors.ts';
import type { Receipt } from '../pipeline/answers.ts';
import { type AnswerValue, decodeAnswer } from './answer-value.ts';
import type { Reader } from './ask-for.ts';
import type { ListenerDeps } from './deps.ts';
import type { BlockAction } from './payloads.ts';
import { isDirect } from './send.ts';
import type { AnswerView } from './views/answer-view.ts';

/** Where a button under an answer was pressed, and who reads what comes of it. */
export interface PressedPlace {
  reader: Reader;
  place: AnswerView['place'];
  /** Only the presser sees the message; it can be replaced through the response_url alone. */
  isEphemeral: boolean;
  /** The thread the message is in or begins; undefined in a direct message outside of any. */
  thread: string | undefined;
}

export function placeOf(pressed: BlockAction): PressedPlace {
  const channel = pressed.channel?.id ?? '';
  const isEphemeral = pressed.container?.is_ephemeral ?? pressed.message == null;
  const { ts, thread_ts } = pressed.message ?? {};
  return {
    reader: { user: pressed.user.id, channel, audience: isEphemeral ? 'asker' : 'thread' },
    place: isDirect(channel) ? 'direct' : isEphemeral ? 'asker' : 'thread',
    isEphemeral,
    thread: thread_ts ?? (isDirect(channel) ? undefined : ts),
  };
}

/** @throws SeepassError `bad_arguments` for a value that is none of ours, `not_found` when the receipt is gone. */
export async function findPressedAnswer(
  deps: ListenerDeps,
  pressed: BlockAction,
): Promise<AnswerValue & { kept: Receipt }> {
  const value = decodeAnswer(pressed.actions[0]?.value ?? '');
  if (!value) throw new SeepassError('bad_arguments', 'That button is not one of mine any more.');
  return { ...value, kept: await findReceipt(deps, value.receipt) };
}

/** @throws SeepassError `not_found` when it is gone. */
export async function findReceipt({ stores }: ListenerDeps, id: string): Promise<Receipt> {
  const receipt = await stores.receipts.find(id);
  if (receipt) return receipt;
  throw new SeepassError('not_found', 'What this answer rests on is not kept any more.', { fix: 'Ask again.' });
}
