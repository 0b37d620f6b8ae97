/** A message that shows how something goes on, in the place it was asked for or, where that is none, to whoever asked. */
import type { WebClient } from '@slack/web-api';
import type { Forbidden } from '../core/policy/channel-policy.ts';
import { DeliveryError } from '../pipeline/delivery-error.ts';
import { postMessage, updateMessage } from './send.ts';
import type { Rendered } from './views/notice.ts';

/** Shows the first time, and changes the same message from then on. */
export type ShowProgress = (message: Rendered) => Promise<void>;

export function createProgressPoster(
  client: WebClient,
  whyForbidden: (channel: string) => Promise<Forbidden | null>,
): (asked: { user: string; channel: string }) => ShowProgress {
  return ({ user, channel }) => {
    let at: { channel: string; ts: string } | undefined;
    const post = async (message: Rendered): Promise<{ channel: string; ts: string }> => {
      if (channel === '' || (await whyForbidden(channel)) !== null)
        return postMessage(client, { channel: user }, message);
      try {
        return await postMessage(client, { channel }, message);
      } catch (error) {
        // It is not in that channel: whoever asked can be told all the same.
        if (!(error instanceof DeliveryError) || error.failure !== 'permanent') throw error;
        return postMessage(client, { channel: user }, message);
      }
    };
    return async (message) => {
      if (at) await updateMessage(client, at, message);
      else at = await post(message);
    };
  };
}
