import type { App } from '@slack/bolt';
import type { PreviewLine } from '../../core/actions.ts';
import type { DigestItem } from '../../core/delivery/digest-model.ts';
import type { JsonObject } from '../../core/records.ts';
import { isDate } from '../../core/window.ts';
import { SeepassError } from '../../errors.ts';
import { DeliveryError } from '../../pipeline/delivery-error.ts';
import { readItems } from '../../pipeline/digest.ts';
import type { ListenerDeps } from '../deps.ts';
import { ACTIONS, CALLBACKS } from '../ids.ts';
import { messageParameters } from '../messenger.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import { ALL_SHOWN, ALL_TITLE, buildAllPriorities } from '../views/all-priorities.ts';
import { buildChartMessage } from '../views/chart-message.ts';
import { buildDetailsModal, DETAILS_TITLE } from '../views/details-modal.ts';
import { callSlack } from '../web-call.ts';
import { findItem } from './find-item.ts';
import { guard } from './guard.ts';
import { openModal } from './modal.ts';

/** Slack's words for a view it does not take; anything else says nothing about charts. */
const BLOCKS_REFUSED = new Set(['invalid_arguments', 'invalid_blocks']);
const WHAT = 'I could not read the metrics';

/** Details, Show all, and the chart beside the details. */
export function registerDetails(app: App, deps: ListenerDeps): void {
  // Not every workspace takes a chart in a modal yet: that is asked once, by trying.
  let chartInModal = true;

  async function showDetails(
    item: DigestItem,
    { channel, thread }: { channel: string; thread: string | null },
    show: (view: JsonObject) => Promise<void>,
  ) {
    const preview = item.proposal?.state === 'proposed' ? await readPreview(deps, item.proposal.id) : [];
    const text = buildDetailsModal(item, deps, { as: 'text', chartElsewhere: channel !== '', thread }, preview);
    if (!chartInModal) return show(text);
    try {
      await show(buildDetailsModal(item, deps, { as: 'chart', chartElsewhere: false, thread }, preview));
    } catch (error) {
      if (!(error instanceof DeliveryError) || !BLOCKS_REFUSED.has(error.reason ?? '')) throw error;
      chartInModal = false;
      await show(text);
    }
  }

  app.action(ACTIONS.details, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await openModal(deps, pressed, {
      callbackId: CALLBACKS.details,
      title: DETAILS_TITLE,
      what: WHAT,
      fill: async (show) => {
        const item = await findItem(deps, pressed.actions[0]?.value ?? '');
        const channel = pressed.channel?.id ?? pressed.view?.private_metadata ?? '';
        await showDetails(item, { channel, thread: threadOf(pressed) }, show);
      },
    });
  });

  app.action(ACTIONS.showAll, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await openModal(deps, pressed, {
      callbackId: CALLBACKS.allPriorities,
      title: ALL_TITLE,
      what: WHAT,
      fill: async (show) => show(await readAll(deps, pressed.actions[0]?.value ?? '')),
    });
  });

  app.action(ACTIONS.chart, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    const channel = pressed.channel?.id ?? pressed.view?.private_metadata ?? '';
    const user = pressed.user.id;
    const toPresser = (message: { text: string; blocks: JsonObject[] }) =>
      callSlack(deps.client, 'chat.postEphemeral', { channel, user, ...messageParameters(message) }).then(
        () => undefined,
      );
    await guard(deps.log, {
      what: 'I could not show the chart',
      about: { action: ACTIONS.chart, user, channel },
      tell: toPresser,
      work: async () => toPresser(buildChartMessage(await findItem(deps, pressed.actions[0]?.value ?? ''), deps)),
    });
  });
}

/** What approving it would do, or why it could not be done any more. */
async function readPreview({ proposals }: ListenerDeps, id: string): Promise<readonly PreviewLine[]> {
  const { preview, unusable } = await proposals.view(id);
  return unusable === null ? preview : [[unusable]];
}

/** The thread under what was pressed; null in modals and under what only the presser sees. */
function threadOf({ channel, container, message }: BlockAction): string | null {
  if (!channel || !message || container?.is_ephemeral) return null;
  return message.thread_ts ?? message.ts;
}

async function readAll(deps: ListenerDeps, date: string): Promise<JsonObject> {
  if (!isDate(date)) throw new SeepassError('bad_arguments', 'That button is not one of mine any more.');
  const priorities = await deps.stores.priorities.listPriorities(date);
  const items = await readItems(deps, priorities.slice(0, ALL_SHOWN));
  return buildAllPriorities(date, items, priorities.length, deps);
}
