/** What the page's block inspector shows: the JSON behind a message or view, and which limits it uses. */
import { checkMessage } from '../block-kit/message.ts';
import { measureUse } from '../block-kit/usage.ts';
import { type BlockFault, validateBlocks } from '../block-kit/validate.ts';
import type { JsonRecord } from './json.ts';
import type { PageInspection } from './page-protocol.ts';
import type { StoredMessage } from './state/message-store.ts';
import type { StoredView } from './state/view-store.ts';
import type { Workspace } from './state/workspace.ts';

export function inspectMessage(message: StoredMessage, workspace: Workspace): PageInspection {
  const payload = workspace.toSlack(message, { metadata: true });
  return { surface: 'message', payload, uses: measureUse(payload, 'message'), faults: faultsOfMessage(payload) };
}

export function inspectView(view: StoredView): PageInspection {
  return {
    surface: view.type,
    payload: view,
    uses: measureUse(view, view.type),
    faults: validateBlocks(view.blocks, view.type),
  };
}

/** Blocks somebody is trying out. */
export function inspectBlocks(blocks: unknown, surface: PageInspection['surface']): PageInspection {
  const payload = { blocks };
  const faults = surface === 'message' ? faultsOfMessage({ ...payload, text: '.' }) : validateBlocks(blocks, surface);
  return { surface, payload, uses: measureUse(payload, surface), faults };
}

function faultsOfMessage(payload: JsonRecord): BlockFault[] {
  const fault = checkMessage({ text: String(payload.text), blocks: payload.blocks, files: [] });
  if (fault === null || fault.error === 'no_text') return [];
  return fault.error === 'invalid_blocks' ? fault.faults : [{ pointer: '/', message: fault.error }];
}
