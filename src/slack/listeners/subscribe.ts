import { setTimeout as delay } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import { DeliveryError } from '../../pipeline/delivery-error.ts';
import { WishRefused } from '../../pipeline/subscribe.ts';
import { auditDeed } from '../audit-deed.ts';
import type { ListenerDeps } from '../deps.ts';
import { ACTIONS, CALLBACKS } from '../ids.ts';
import { messageParameters } from '../messenger.ts';
import { blockActionSchema } from '../payloads.ts';
import { isDirect, postMessage } from '../send.ts';
import { errorsOf, readSubscribeForm } from '../subscribe-submission.ts';
import type { Rendered } from '../views/notice.ts';
import { buildSubscribeForm } from '../views/subscribe-form.ts';
import { buildSubscribed, buildUnsubscribed } from '../views/subscriptions.ts';
import { callSlack } from '../web-call.ts';
import { guard } from './guard.ts';
import { tellPresser } from './tell.ts';

/** Slack waits three seconds for the answer to a form. */
const PATIENCE_MS = 2_000;

/** The form that subscribes a channel, and the buttons that open it and end a subscription. */
export function registerSubscribe(app: App, deps: ListenerDeps): void {
  app.action(ACTIONS.openSubscribe, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await guard(deps.log, {
      what: 'I could not open the form',
      about: { action: ACTIONS.openSubscribe, user: pressed.user.id },
      tell: (notice) => tellPresser(deps, pressed, notice),
      work: async () => {
        const view = buildSubscribeForm(deps.subscribing.startIn(pressed.channel?.id ?? ''));
        await callSlack(deps.client, 'views.open', { trigger_id: pressed.trigger_id, view });
      },
    });
  });

  app.action(ACTIONS.endSubscription, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    const channel = pressed.channel?.id ?? '';
    await guard(deps.log, {
      what: 'I could not unsubscribe',
      about: { action: ACTIONS.endSubscription, user: pressed.user.id, value: pressed.actions[0]?.value },
      tell: (notice) => tellPresser(deps, pressed, notice),
      work: async () => {
        const number = Number(pressed.actions[0]?.value);
        const ended = await deps.subscribing.unsubscribe(number, { user: pressed.user.id, channel });
        await tellPresser(deps, pressed, buildUnsubscribed(ended, channel));
      },
    });
  });

  app.view(CALLBACKS.subscribe, async ({ ack, body }) => {
    const submitted = readSubscribeForm(body);
    if (Object.keys(submitted.errors).length > 0) {
      await ack({ response_action: 'errors', errors: submitted.errors });
      return;
    }
    const { user, channel, wish } = submitted;
    const work = deps.subscribing.subscribe(wish, { user, channel });
    // What takes longer is told in the channel, once the form is gone.
    const refused = await Promise.race([work.then(() => null, refusal), delay(PATIENCE_MS, null)]);
    void recordRefusal(deps, work, { user, channel });
    if (refused) {
      await ack({ response_action: 'errors', errors: errorsOf([{ part: refused.part, says: refused.line }]) });
      return;
    }
    await ack();
    await guard(deps.log, {
      what: 'I could not subscribe',
      about: { form: CALLBACKS.subscribe, user, channel },
      tell: (notice) => tellInChannel(deps, { user, channel }, notice),
      work: async () => {
        const subscription = await work;
        const place = { user, channel: subscription.channel };
        await tellInChannel(deps, place, buildSubscribed(subscription, subscription.channel));
      },
    });
  });
}

/** Null for what is nobody's fault in the form: it is told afterwards. */
const refusal = (error: unknown): WishRefused | null => (error instanceof WishRefused ? error : null);

/** A command that was refused is recorded as one; a form is not. */
async function recordRefusal(deps: ListenerDeps, work: Promise<unknown>, by: { user: string; channel: string }) {
  const error = await work.then(() => null, refusal);
  if (error?.code !== 'forbidden') return;
  const deed = { action: 'subscription.add', subject_type: 'subscription', subject_id: '-', outcome: 'forbidden' };
  await auditDeed(deps, { ...deed, ...by, details: { part: error.part } }).catch((err: unknown) =>
    deps.log.error({ err, user: by.user }, 'a refused subscription could not be recorded'),
  );
}

/** To a person alone: in the channel where we are in it, else in their own messages. */
async function tellInChannel(
  { client }: ListenerDeps,
  { user, channel }: { user: string; channel: string },
  notice: Rendered,
): Promise<void> {
  if (!isDirect(channel)) {
    try {
      await callSlack(client, 'chat.postEphemeral', { channel, user, ...messageParameters(notice) });
      return;
    } catch (error) {
      if (!(error instanceof DeliveryError) || error.failure !== 'permanent') throw error;
    }
  }
  await postMessage(client, { channel: isDirect(channel) ? channel : user }, notice);
}
