import type { Mute } from '../../core/delivery/mute.ts';
import { countOf, formatMoment } from '../../core/facts/render.ts';
import { dateInZone } from '../../core/window.ts';
import { INCIDENT_ACTIONS } from '../incident-ids.ts';
import { quote, shorten } from '../mrkdwn.ts';
import { button, context, section } from './elements.ts';
import { mention } from './mention.ts';
import { buildNotice, type Rendered } from './notice.ts';

const SHOWN = 20;
const NAME = 120;

/** What nobody is told of: for good first, then what is snoozed. */
export function buildMuteList(mutes: readonly Mute[], timezone: string): Rendered {
  if (mutes.length === 0)
    return buildNotice('Nothing is ignored or snoozed. `/seepass ignore /health*` keeps a page quiet for good.');
  const sorted = mutes.toSorted((a, b) => (a.until ?? 0) - (b.until ?? 0) || a.number - b.number);
  const shown = sorted.slice(0, SHOWN);
  const forGood = mutes.filter(({ until }) => until === null).length;
  const title = `${countOf(forGood, 'page or error', 'pages and errors')} ignored, ${mutes.length - forGood} snoozed`;
  const cutNote = shown.length < mutes.length ? `Showing ${shown.length} of ${mutes.length}. ` : '';
  return {
    text: title,
    blocks: [
      section(`*${title}*`),
      ...shown.map((mute) =>
        section(
          muteLine(mute, timezone),
          button('Lift', {
            actionId: INCIDENT_ACTIONS.liftMute,
            value: String(mute.number),
            describedAs: `Hear of ${shorten(mute.pattern, 50)} again`,
          }),
        ),
      ),
      context(
        `${cutNote}\`/seepass ignored lift ${shown[0]?.number ?? 1}\` does the same. Times are ${quote(timezone, 60)}.`,
      ),
    ],
  };
}

/** What is quiet, for how long, and who wanted it so. */
export function muteLine({ number, target, pattern, until, reason, createdBy, createdAt }: Mute, zone: string): string {
  const what = `${number} · ${quote(shorten(pattern, NAME), NAME)}${target === 'error_signature' ? ' (error)' : ''}`;
  const how = until === null ? 'for good' : `until ${formatMoment(until, zone)}`;
  const why = reason === null ? '' : ` · "${quote(reason, 200)}"`;
  return `*${what}*\n${how} · ${mention(createdBy)}, ${dateInZone(createdAt, zone)}${why}`;
}

/** "Quiet about /health* for good." */
export function buildMuted({ number, target, pattern, until }: Mute, zone: string): Rendered {
  const what = `${quote(shorten(pattern, NAME), NAME)}${target === 'error_signature' ? ' (error)' : ''}`;
  const how = until === null ? 'for good' : `until ${formatMoment(until, zone)} ${quote(zone, 60)}`;
  const back = until === null ? `\`/seepass ignored lift ${number}\`` : `\`/seepass wake ${number}\``;
  return buildNotice(
    `Quiet about ${what} ${how}: no alerts, and digests say that it is left out. ${back} takes it back.`,
  );
}

export const buildLifted = ({ pattern }: Mute): Rendered =>
  buildNotice(`You hear of ${quote(shorten(pattern, NAME), NAME)} again.`);
