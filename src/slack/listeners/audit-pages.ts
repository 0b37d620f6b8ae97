import type { App } from '@slack/bolt';
import { SeepassError } from '../../errors.ts';
import { decodeAuditPage } from '../audit-value.ts';
import { showAuditPage } from '../commands/audit.ts';
import type { ListenerDeps } from '../deps.ts';
import { ACTIONS } from '../ids.ts';
import { blockActionSchema } from '../payloads.ts';
import { respondTo } from '../respond.ts';
import { guard } from './guard.ts';
import { tellPresser } from './tell.ts';

/** Older under a page of the audit: the page takes its place. */
export function registerAuditPages(app: App, deps: ListenerDeps): void {
  app.action(ACTIONS.olderAudit, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    await guard(deps.log, {
      what: 'I could not read the audit',
      about: { action: ACTIONS.olderAudit, user: pressed.user.id },
      tell: (notice) => tellPresser(deps, pressed, notice),
      work: async () => {
        const page = decodeAuditPage(pressed.actions[0]?.value ?? '');
        if (!page) throw new SeepassError('bad_arguments', 'That button is not one of mine any more.');
        const shown = await showAuditPage({ user: pressed.user.id, channel: pressed.channel?.id ?? '' }, page, deps);
        if (pressed.response_url) await respondTo(pressed.response_url, shown, 'replace');
      },
    });
  });
}
