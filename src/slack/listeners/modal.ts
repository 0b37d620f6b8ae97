import type { JsonObject } from '../../core/records.ts';
import { DeliveryError } from '../../pipeline/delivery-error.ts';
import type { ListenerDeps } from '../deps.ts';
import { type BlockAction, openedViewSchema } from '../payloads.ts';
import { buildLoadingModal, buildNoticeModal, type Rendered } from '../views/notice.ts';
import { callSlack, callSlackAgain } from '../web-call.ts';
import { guard } from './guard.ts';
import { tellPresser } from './tell.ts';

export interface ModalRequest {
  callbackId: string;
  title: string;
  /** For words when it fails: "I could not read the metrics". */
  what: string;
  /** What a form carries back; the channel when left out. */
  metadata?: string;
  /** Reads the data and shows it: `show` replaces what the modal holds. */
  fill: (show: (view: JsonObject) => Promise<void>) => Promise<void>;
}

/** Whoever closed the modal before it was filled does not wait for it any more. */
function ignoreClosed(error: unknown): void {
  if (!(error instanceof DeliveryError) || error.reason !== 'not_found') throw error;
}

/**
 * Opens a light view at once, because a trigger lives three seconds, and fills it when the data is there.
 * From inside another modal it is put on top of that one.
 */
export async function openModal(deps: ListenerDeps, pressed: BlockAction, request: ModalRequest): Promise<void> {
  const about = { modal: request.callbackId, user: pressed.user.id, value: pressed.actions[0]?.value };
  let viewId: string | undefined;
  const show = async (view: JsonObject): Promise<void> => {
    const channel = pressed.channel?.id ?? pressed.view?.private_metadata ?? '';
    // The channel travels along, so that a button in the modal knows where it came from.
    const full = { ...view, private_metadata: request.metadata ?? channel };
    if (viewId !== undefined) {
      await callSlackAgain(deps.client, 'views.update', { view_id: viewId, view: full }).catch(ignoreClosed);
      return;
    }
    const method = pressed.view?.type === 'modal' ? 'views.push' : 'views.open';
    const opened = await callSlack(deps.client, method, { trigger_id: pressed.trigger_id, view: full });
    viewId = openedViewSchema.parse(opened).view.id;
  };
  const tell = (notice: Rendered): Promise<void> =>
    viewId === undefined
      ? tellPresser(deps, pressed, notice)
      : show(buildNoticeModal(request.callbackId, request.title, notice));
  await guard(deps.log, {
    what: request.what,
    about,
    tell,
    work: async () => {
      await show(buildLoadingModal(request.callbackId, request.title));
      await request.fill(show);
    },
  });
}
