import type { App } from '@slack/bolt';
import type { Answer } from '../../core/query/answer-body.ts';
import { SeepassError } from '../../errors.ts';
import { type AskerPart, whoAsks } from '../ask-for.ts';
import type { ListenerDeps } from '../deps.ts';
import { ACTIONS } from '../ids.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import { findPressedAnswer, placeOf } from '../pressed-answer.ts';
import { respondTo } from '../respond.ts';
import { updateMessage } from '../send.ts';
import { buildAnswerMessage } from '../views/answer.ts';
import { hasDays } from '../views/answer-buttons.ts';
import { drawAnswer } from '../views/answer-chart.ts';
import type { Rendered } from '../views/notice.ts';
import { guard } from './guard.ts';
import { tellPresser } from './tell.ts';

const BUTTONS = [
  { actionId: ACTIONS.answerChart, show: 'chart', what: 'I could not draw that' },
  { actionId: ACTIONS.answerTable, show: 'table', what: 'I could not read the figures' },
] as const;

/** Chart and Table: the same message shows the same answer the other way. */
export function registerAnswerDrawing(app: App, deps: ListenerDeps): void {
  for (const { actionId, show, what } of BUTTONS) {
    app.action(actionId, async ({ ack, body }) => {
      await ack();
      const pressed = blockActionSchema.parse(body);
      await guard(deps.log, {
        what,
        about: { action: actionId, user: pressed.user.id, value: pressed.actions[0]?.value },
        tell: (notice) => tellPresser(deps, pressed, notice),
        work: () => redraw(deps, pressed, show),
      });
    });
  }
}

async function redraw(deps: ListenerDeps, pressed: BlockAction, show: 'chart' | 'table'): Promise<void> {
  const { kept, sharedBy, askedBy } = await findPressedAnswer(deps, pressed);
  const { reader, place } = placeOf(pressed);
  const by = await whoAsks(deps, reader);
  const answer = await deps.answering.again({ ...by, receipt: kept });
  const asked = askedBy === null ? null : { by: askedBy, question: kept.question };
  // The others keep what they see: only the presser is told that it is not for them.
  if (answer.reading.intent === 'refuse') return tellPresser(deps, pressed, buildAnswerMessage(answer, { place }));
  const drawn = show === 'chart' ? await withDays(deps, answer, { ...by, receipt: kept }) : answer;
  if (show === 'chart' && drawAnswer(drawn) === null)
    throw new SeepassError('not_found', 'There are not two points to draw.');
  await replace(deps, pressed, buildAnswerMessage(drawn, { place, show, sharedBy, asked }));
}

/** A single figure is drawn by the days it is made of. */
async function withDays(
  { answering }: ListenerDeps,
  answer: Answer,
  request: AskerPart & Pick<Parameters<ListenerDeps['answering']['again']>[0], 'receipt'>,
): Promise<Answer> {
  const { query } = answer.reading;
  if (answer.body.series !== null || query === null || query.group_by.length > 0 || !hasDays(query)) return answer;
  const { body } = await answering.again({ ...request, grain: 'day' });
  return { ...answer, body: { ...answer.body, series: body.series } };
}

async function replace(deps: ListenerDeps, pressed: BlockAction, message: Rendered): Promise<void> {
  const { isEphemeral, reader } = placeOf(pressed);
  const ts = pressed.message?.ts;
  if (!isEphemeral && ts !== undefined) return updateMessage(deps.client, { channel: reader.channel, ts }, message);
  if (pressed.response_url) await respondTo(pressed.response_url, message, 'replace');
}
