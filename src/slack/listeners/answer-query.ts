import type { App } from '@slack/bolt';
import type { ListenerDeps } from '../deps.ts';
import { ACTIONS, CALLBACKS } from '../ids.ts';
import { blockActionSchema } from '../payloads.ts';
import { findPressedAnswer } from '../pressed-answer.ts';
import { buildQueryModal, QUERY_TITLE } from '../views/query-modal.ts';
import { openModal } from './modal.ts';

/** Show query: what was computed, in words and as the closed query it was. */
export function registerAnswerQuery(app: App, deps: ListenerDeps): void {
  app.action(ACTIONS.answerQuery, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await openModal(deps, pressed, {
      callbackId: CALLBACKS.query,
      title: QUERY_TITLE,
      what: 'I could not look that up',
      fill: async (show) => {
        const { kept } = await findPressedAnswer(deps, pressed);
        await show(buildQueryModal(kept, deps.timezone));
      },
    });
  });
}
