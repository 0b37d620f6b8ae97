import type { App } from '@slack/bolt';
import { dateInZone } from '../../core/window.ts';
import { SeepassError } from '../../errors.ts';
import { readerAlone } from '../../pipeline/runbooks/readers.ts';
import type { ListenerDeps } from '../deps.ts';
import { CALLBACKS, decodeSection, READ_SECTION_ACTION } from '../ids.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import { isDirect } from '../send.ts';
import { buildRunbookSection, SECTION_TITLE } from '../views/runbook-section.ts';
import { openModal } from './modal.ts';

/** Read: the whole section, for whoever presses, if they may read it now. */
export function registerRunbookSections(app: App, deps: ListenerDeps): void {
  app.action(READ_SECTION_ACTION, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await openModal(deps, pressed, {
      callbackId: CALLBACKS.runbookSection,
      title: SECTION_TITLE,
      what: 'I could not open that section',
      fill: async (show) => {
        const at = decodeSection(pressed.actions[0]?.value ?? '');
        if (at === undefined) throw new SeepassError('bad_arguments', 'That button is not one of mine any more.');
        const section = await deps.runbooks.section(at, await readersOfPress(deps, pressed));
        const today = dateInZone(deps.clock(), deps.timezone);
        await show(
          buildRunbookSection({ ...section, isOverdue: section.reviewBy !== null && section.reviewBy < today }),
        );
      },
    });
  });
}

/** Whoever presses reads alone; in a channel shared with another company it may be one of theirs. */
async function readersOfPress({ stores, memberships }: ListenerDeps, { user, channel }: BlockAction) {
  const reader = await readerAlone({ runbooks: stores.runbooks, memberships }, user.id);
  if (channel === undefined || channel === null || isDirect(channel.id)) return reader;
  return { ...reader, hasStrangers: await memberships.hasStrangers(channel.id) };
}
