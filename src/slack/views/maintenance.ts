import { countOf, formatMoment } from '../../core/facts/render.ts';
import type { MaintenanceWindow } from '../../core/maintenance.ts';
import { INCIDENT_ACTIONS } from '../incident-ids.ts';
import { quote, shorten } from '../mrkdwn.ts';
import { button, context, section } from './elements.ts';
import { mention } from './mention.ts';
import { buildNotice, type Rendered } from './notice.ts';

const SHOWN = 20;
const NAME = 100;

export interface ListedWindow extends MaintenanceWindow {
  id: string;
  created_by: string;
}

/** What a person types to name a window: the end of its id. */
export const windowRef = (id: string): string => id.slice(-6);

/** Windows that are not over. @param windows by beginning. */
export function buildMaintenanceList(windows: readonly ListedWindow[], timezone: string): Rendered {
  if (windows.length === 0)
    return buildNotice(
      'No maintenance is declared. `/seepass maintenance /checkout* 22:00-23:00 database move` declares some.',
    );
  const shown = windows.slice(0, SHOWN);
  const title = countOf(windows.length, 'maintenance window');
  const cutNote = shown.length < windows.length ? `Showing ${shown.length} of ${windows.length}. ` : '';
  return {
    text: title,
    blocks: [
      section(`*${title}*`),
      ...shown.map((window) =>
        section(
          `${windowLine(window, timezone)} · ${mention(window.created_by)}`,
          button('Cancel', {
            actionId: INCIDENT_ACTIONS.cancelMaintenance,
            value: window.id,
            describedAs: `Cancel the maintenance ${windowRef(window.id)}`,
            confirm: {
              title: 'Cancel this maintenance?',
              text: 'It counts as never declared: these hours are judged like all others.',
              confirm: 'Cancel it',
            },
          }),
        ),
      ),
      context(`${cutNote}\`/seepass maintenance cancel ${windowRef(shown[0]?.id ?? '')}\` does the same.`),
    ],
  };
}

/** "Declared. /checkout*, Sat 7 Feb, 22:00 to Sun 8 Feb, 02:00 Europe/Berlin." */
export const buildMaintenanceDeclared = (window: ListedWindow, timezone: string): Rendered =>
  buildNotice(
    `Declared: ${windowLine(window, timezone)}. What happens then is neither judged nor taken for normal. ` +
      `\`/seepass maintenance cancel ${windowRef(window.id)}\` takes it back.`,
  );

function windowLine({ id, starts_at, ends_at, surface_pattern, reason }: ListedWindow, zone: string): string {
  const pages = surface_pattern === null ? 'every page' : quote(shorten(surface_pattern, NAME), NAME);
  const when = `${formatMoment(starts_at, zone)} to ${formatMoment(ends_at, zone)} ${quote(zone, 60)}`;
  return `*${pages}*, ${when}: ${quote(reason, 200)} (${windowRef(id)})`;
}
