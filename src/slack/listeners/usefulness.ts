import type { App } from '@slack/bolt';
import { declarerOf } from '../declarer.ts';
import type { ListenerDeps } from '../deps.ts';
import { ACTIONS } from '../ids.ts';
import { blockActionSchema } from '../payloads.ts';
import { buildNotice } from '../views/notice.ts';
import { findPriority } from './find-item.ts';
import { guard } from './guard.ts';
import { tellPresser } from './tell.ts';

/** Useful and Not useful under an item of a digest: anybody's last word on it counts, and enters the ranking. */
export function registerUsefulness(app: App, deps: ListenerDeps): void {
  app.action(ACTIONS.useful, async ({ ack, body }) => {
    await ack();
    const pressed = blockActionSchema.parse(body);
    const value = pressed.actions[0]?.value ?? '';
    await guard(deps.log, {
      what: 'I could not note that',
      about: { action: ACTIONS.useful, user: pressed.user.id },
      tell: (notice) => tellPresser(deps, pressed, notice),
      work: async () => {
        const useful = value.startsWith('+');
        const { priority } = await findPriority(deps, value.slice(1));
        const { date, entity_type, entity_key, pattern_record } = priority;
        const metric = pattern_record.findings[0]?.metric ?? '';
        const { actor: voter, ...by } = await declarerOf(deps, pressed.user.id, pressed.channel?.id ?? '');
        await deps.stores.votes.put({ date, entity_type, entity_key, metric, voter, useful }, by);
        await tellPresser(
          deps,
          pressed,
          buildNotice(
            useful
              ? 'Thanks. What helps moves up a little when it comes again.'
              : 'Thanks. It moves down when it comes again. If it was no incident at all: `/seepass false`.',
          ),
        );
      },
    });
  });
}
