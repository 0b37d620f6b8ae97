import type { App } from '@slack/bolt';
import { SeepassError } from '../../errors.ts';
import { DeliveryError } from '../../pipeline/delivery-error.ts';
import { whoAsks } from '../ask-for.ts';
import type { ListenerDeps } from '../deps.ts';
import { ACTIONS } from '../ids.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import { findPressedAnswer, placeOf } from '../pressed-answer.ts';
import { respondTo } from '../respond.ts';
import { postMessage } from '../send.ts';
import { returnTo } from '../thread-start.ts';
import { buildAnswerMessage } from '../views/answer.ts';
import { buildNotice, type Rendered } from '../views/notice.ts';
import { guard } from './guard.ts';
import { tellPresser } from './tell.ts';

/** Where Seepass was not invited it can still answer through the button's own address. */
const NOT_THERE = new Set(['not_in_channel', 'channel_not_found']);

/** Share: the same answer for the whole channel, once, as far as the channel may see it. */
export function registerAnswerSharing(app: App, deps: ListenerDeps): void {
  app.action(ACTIONS.answerShare, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await guard(deps.log, {
      what: 'I could not share that',
      about: { action: ACTIONS.answerShare, user: pressed.user.id, value: pressed.actions[0]?.value },
      tell: (notice) => tellPresser(deps, pressed, notice),
      work: () => share(deps, pressed),
    });
  });
}

async function share(deps: ListenerDeps, pressed: BlockAction): Promise<void> {
  const { kept } = await findPressedAnswer(deps, pressed);
  const { reader, isEphemeral } = placeOf(pressed);
  const { channel, user } = reader;
  const by = await whoAsks(deps, { ...reader, audience: 'thread' });
  // Read before it is marked as shared, so that a failed read leaves the button working.
  const answer = await deps.answering.again({ ...by, receipt: kept });
  if (answer.reading.intent === 'refuse')
    return tellPresser(deps, pressed, buildAnswerMessage(answer, { place: 'asker' }));
  if (!(await deps.stores.firstDelivery(`share:${channel}:${kept.id}`)))
    throw new SeepassError('conflict', 'This answer was shared already.');
  const ts = await post(deps, pressed, channel, buildAnswerMessage(answer, { place: 'thread', sharedBy: user }));
  // Whoever replies to it goes on from what it says.
  if (ts !== undefined) await returnTo(deps.stores, { channel, thread: ts }, kept);
  const done = buildNotice('Shared with the channel.');
  if (isEphemeral && pressed.response_url) return respondTo(pressed.response_url, done, 'replace');
  await tellPresser(deps, pressed, done);
}

async function post(
  deps: ListenerDeps,
  pressed: BlockAction,
  channel: string,
  message: Rendered,
): Promise<string | undefined> {
  try {
    return (await postMessage(deps.client, { channel }, message)).ts;
  } catch (error) {
    const isThere = !(error instanceof DeliveryError && NOT_THERE.has(error.reason ?? ''));
    if (isThere || !pressed.response_url) throw error;
    await respondTo(pressed.response_url, message, 'in_channel');
    return undefined;
  }
}
