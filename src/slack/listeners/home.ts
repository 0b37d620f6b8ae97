import type { App } from '@slack/bolt';
import type { JsonObject } from '../../core/records.ts';
import { SeepassError } from '../../errors.ts';
import { declarerOf } from '../declarer.ts';
import type { ListenerDeps } from '../deps.ts';
import { HOME_ACTIONS } from '../home-ids.ts';
import { actOn } from '../incident-command.ts';
import { type BlockAction, blockActionSchema, homeEventSchema } from '../payloads.ts';
import { decodeProposal } from '../proposal-ids.ts';
import { publishHome, publishView } from '../publish-home.ts';
import { buildLifted } from '../views/mutes.ts';
import type { Rendered } from '../views/notice.ts';
import { guard } from './guard.ts';
import { findPressed, readPressed } from './incident-press.ts';
import { actOn as actOnProposal } from './proposals.ts';

/** The App Home: shown whenever somebody opens it, and anew after each of its buttons. */
export function registerHome(app: App, deps: ListenerDeps): void {
  app.event('app_home_opened', async ({ event }) => {
    const { user, tab, view } = homeEventSchema.parse(event);
    // The same event comes for the Messages tab, where there is no view to publish.
    if (tab !== 'home') return;
    await guard(deps.log, {
      what: 'I could not read the metrics',
      about: { event: 'app_home_opened', user },
      tell: (notice) => publishView(deps, user, homeOf(notice)),
      work: () => publishHome(deps, user, { hash: view?.hash }),
    });
  });

  /** Does what a button of the Home says, and shows the Home with what came of it. */
  const on = (actionId: string, what: string, work: (pressed: BlockAction) => Promise<Rendered | null>): void => {
    app.action(actionId, async ({ ack, body }) => {
      await ack();
      const pressed = blockActionSchema.parse(body);
      const user = pressed.user.id;
      const showWith = async (notice: Rendered | null): Promise<void> =>
        publishHome(deps, user, { hash: pressed.view?.hash, notice: notice?.blocks ?? [] });
      await guard(deps.log, {
        what,
        about: { action: actionId, user, value: pressed.actions[0]?.value },
        // Where the Home cannot be read either, the words alone are shown.
        tell: (notice) => showWith(notice).catch(() => publishView(deps, user, homeOf(notice))),
        work: async () => showWith(await work(pressed)),
      });
    });
  };

  on(HOME_ACTIONS.refresh, 'I could not read the metrics', async () => null);

  on(HOME_ACTIONS.acknowledge, 'I could not note who is on it', async ({ user, actions }) => {
    const incident = await findPressed(deps, readPressed(actions[0]?.value ?? '').id);
    return actOn(incident, { kind: 'acknowledge' }, { actor: user.id, channel: null }, deps);
  });

  on(HOME_ACTIONS.approve, 'I could not approve that', async ({ user, actions }) => {
    const proposal = decodeProposal(actions[0]?.value ?? '');
    if (proposal === undefined) throw new SeepassError('bad_arguments', 'That button is not one of mine any more.');
    const { id, version } = proposal;
    let told: Rendered | null = null;
    await actOnProposal(
      deps,
      id,
      { kind: 'approve', version },
      {
        ...{ user: user.id, channel: null },
        tell: async (notice) => {
          told = notice;
        },
      },
    );
    return told;
  });

  on(HOME_ACTIONS.liftMute, 'I could not take that back', async ({ user, actions }) => {
    const by = await declarerOf(deps, user.id, '');
    return buildLifted(await deps.stores.mutes.lift(Number(actions[0]?.value), by));
  });

  app.action(HOME_ACTIONS.open, async ({ ack }) => ack());
}

const homeOf = ({ blocks }: Rendered): JsonObject => ({ type: 'home', blocks });
