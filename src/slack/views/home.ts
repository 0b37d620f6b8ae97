import { isComplete } from '../../core/delivery/home-checklist.ts';
import type { HomeModel } from '../../core/delivery/home-model.ts';
import { formatMoment } from '../../core/facts/render.ts';
import type { JsonObject } from '../../core/records.ts';
import { HOME_ACTIONS } from '../home-ids.ts';
import { SLASH_COMMAND } from '../ids.ts';
import { quote } from '../mrkdwn.ts';
import { actions, button, context, divider, section } from './elements.ts';
import { fitBlocks } from './fit.ts';
import { buildChecklist } from './home/checklist.ts';
import { buildIncidents } from './home/incidents.ts';
import { buildLatest } from './home/latest.ts';
import { buildMutes } from './home/mutes.ts';
import { buildReport } from './home/report.ts';
import { buildSources } from './home/sources.ts';
import { buildSubscriptions } from './home/subscriptions.ts';
import { topLine } from './home/top-line.ts';
import { buildStopped, buildWaiting } from './home/waiting.ts';
import { buildWeek } from './home/week.ts';
import { mention } from './mention.ts';

/** Admins that are named. */
const ADMINS = 5;

/**
 * The App Home of one person: what is open, what is theirs, what was told, and how well that goes.
 * @param notice what came of a button of it, shown first.
 */
export function buildHome(model: HomeModel, notice: readonly JsonObject[] = []): JsonObject {
  return {
    type: 'home',
    blocks: [...notice, ...(notice.length > 0 ? [divider()] : []), ...fitBlocks((scale) => body(model, scale))],
  };
}

/** @param scale 1 as a rule; less where it would not fit: names get shorter, then lists. */
function body(model: HomeModel, scale: number): JsonObject[] {
  return [
    ...buildStopped(model),
    section(`*${topLine(model)}*`),
    context(
      `As of ${formatMoment(model.now, model.timezone)} ${quote(model.timezone, 60)}. Times are in that zone, deadlines in yours.`,
    ),
    actions([
      button('Refresh', { actionId: HOME_ACTIONS.refresh, value: 'now', describedAs: 'Read everything anew' }),
      ...(model.isAdmin
        ? [
            button('Settings', { actionId: HOME_ACTIONS.settings, value: 'open' }),
            button('Approvals', {
              ...{ actionId: HOME_ACTIONS.approvals, value: 'open', describedAs: 'Approvals: who approves what' },
            }),
          ]
        : []),
    ]),
    ...(isComplete(model.checklist) ? [] : buildChecklist(model)),
    ...buildWaiting(model),
    ...buildIncidents(model, scale),
    ...buildLatest(model, scale),
    ...buildWeek(model, scale),
    ...buildSubscriptions(model, scale),
    ...buildMutes(model, scale),
    ...buildSources(model),
    ...buildReport(model),
    divider(),
    context(`${whoDecides(model)}\n\`${SLASH_COMMAND} help\` lists what I understand.`),
  ];
}

function whoDecides({ admins, isAdmin, viewer }: HomeModel): string {
  if (admins.length === 0) return 'Nobody is an admin yet: SEEPASS_ADMINS names who may change settings.';
  const others = admins.filter((admin) => admin !== viewer);
  const names = others.slice(0, ADMINS).map(mention).join(', ');
  const more = others.length > ADMINS ? ` and ${others.length - ADMINS} more` : '';
  if (isAdmin) return others.length === 0 ? 'You are the only admin.' : `You are an admin, with ${names}${more}.`;
  return `Settings are changed by the admins: ${names}${more}.`;
}
