import type { App } from '@slack/bolt';
import { countOf } from '../../core/facts/render.ts';
import type { Answer } from '../../core/query/answer-body.ts';
import { SeepassError } from '../../errors.ts';
import { DeliveryError } from '../../pipeline/delivery-error.ts';
import { whoAsks } from '../ask-for.ts';
import { auditDeed } from '../audit-deed.ts';
import { rowsToCsv } from '../csv.ts';
import type { ListenerDeps } from '../deps.ts';
import { ACTIONS } from '../ids.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import type { Place } from '../place.ts';
import { findPressedAnswer, placeOf } from '../pressed-answer.ts';
import { postMessage } from '../send.ts';
import { uploadFile } from '../upload.ts';
import { buildAnswerMessage } from '../views/answer.ts';
import { buildNotice } from '../views/notice.ts';
import { guard } from './guard.ts';
import { tellPresser } from './tell.ts';

/** CSV: the answer's rows as a file where the answer is; of an answer that only the presser sees, in private. */
export function registerAnswerFile(app: App, deps: ListenerDeps): void {
  app.action(ACTIONS.answerCsv, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await guard(deps.log, {
      what: 'I could not write the file',
      about: { action: ACTIONS.answerCsv, user: pressed.user.id, value: pressed.actions[0]?.value },
      tell: (notice) => tellPresser(deps, pressed, notice),
      work: () => writeFile(deps, pressed).catch(explainMissingScope),
    });
  });
}

async function writeFile(deps: ListenerDeps, pressed: BlockAction): Promise<void> {
  const { kept } = await findPressedAnswer(deps, pressed);
  const { reader, place, isEphemeral, thread } = placeOf(pressed);
  const answer = await deps.answering.again({ ...(await whoAsks(deps, reader)), receipt: kept });
  if (answer.reading.intent === 'refuse') return tellPresser(deps, pressed, buildAnswerMessage(answer, { place }));
  const { rows } = answer.body;
  if (rows.length === 0) throw new SeepassError('not_found', 'There are no rows any more.', { fix: 'Ask again.' });
  await auditDeed(deps, {
    ...{ user: reader.user, channel: reader.channel, action: 'answer.export', outcome: 'exported' },
    ...{ subject_type: 'receipt', subject_id: kept.id, details: { rows: rows.length } },
  });
  const words = `${countOf(rows.length, 'row')} of receipt ${kept.id}`;
  const where = isEphemeral
    ? await postInPrivate(deps, reader.user, words)
    : { channel: reader.channel, thread_ts: thread };
  await uploadFile(deps.client, where, {
    name: fileName(answer),
    title: fileName(answer),
    content: rowsToCsv(rows),
    comment: words,
  });
  if (isEphemeral) await tellPresser(deps, pressed, buildNotice('The file is in our direct messages.'));
}

/** Posting to a person opens the direct message, and says where it is. */
async function postInPrivate(deps: ListenerDeps, user: string, words: string): Promise<Place> {
  const { channel, ts } = await postMessage(deps.client, { channel: user }, buildNotice(`Your file: ${words}.`));
  return { channel, thread_ts: ts };
}

function fileName({ reading: { query, intent }, receipt }: Answer): string {
  const when = query === null ? '' : `-${query.window.start.slice(0, 10)}`;
  return `seepass-${query?.metric ?? intent}${when}-${receipt}.csv`;
}

function explainMissingScope(error: unknown): never {
  if (error instanceof DeliveryError && error.reason === 'missing_scope')
    throw new SeepassError('forbidden', 'Seepass may not upload files in this workspace.', {
      fix: 'Whoever installed it can install it again with the scope files:write of manifest.yml.',
    });
  throw error;
}
