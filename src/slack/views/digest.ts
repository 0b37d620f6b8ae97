import type { Move } from '../../core/delivery/compare-told.ts';
import { DIGEST_ITEMS, type DigestModel } from '../../core/delivery/digest-model.ts';
import { countOf, formatCount, formatDay, formatLongDay, formatMoment, joinWords } from '../../core/facts/render.ts';
import type { JsonObject, Source } from '../../core/records.ts';
import { ACTIONS } from '../ids.ts';
import { quote, shorten } from '../mrkdwn.ts';
import { buildColdStart } from './cold-start.ts';
import { buildDone } from './done.ts';
import { actions, button, context, divider, header, section } from './elements.ts';
import { fitBlocks } from './fit.ts';
import { heldNotes } from './held-back.ts';
import { describeImprovement } from './improvement.ts';
import type { Rendered } from './notice.ts';
import { buildPriorityItem } from './priority-item.ts';
import { plainLine, type WordedItem, wordItem } from './reading.ts';

const NAMES = 3;

const SOURCE_NAMES: Readonly<Record<Source, string>> = {
  posthog: 'PostHog',
  intercom: 'Intercom',
  helpscout: 'Help Scout',
  api_log: 'API log',
  sentry: 'Sentry',
  app: 'App',
};

/** The daily digest of one judged day; it fits Slack's limits whatever the names in it are. */
export function buildDigestMessage(model: DigestModel): Rendered {
  const items = model.items.slice(0, DIGEST_ITEMS).map((item) => wordItem(item, model));
  return { text: fallbackText(model, items), blocks: fitBlocks((scale) => buildBlocks(model, items, scale)) };
}

function buildBlocks(model: DigestModel, items: readonly WordedItem[], scale: number): JsonObject[] {
  const top = [header(`Seepass · ${formatLongDay(model.writtenOn)}`), context(contextLine(model)), ...buildDone(model)];
  if (model.kind === 'cold_start' && model.coldStart) return [...top, ...buildColdStart(model.coldStart, scale)];
  if (model.kind === 'no_data') return [...top, section(noDataLine(model))];
  if (model.kind === 'maintenance') return [...top, section(maintenanceLine(model))];
  if (model.kind !== 'ranked') return [...top, section(quietLine(model)), ...footer(model)];
  const shown = items.flatMap((item) => [divider(), ...buildPriorityItem(item, model.timezone, scale)]);
  return [...top, ...shown, ...footer(model)];
}

/** When, where and how much was judged, how many need a look, how many of them chance explains, and freshness. */
function contextLine(model: DigestModel): string {
  const judged = `${formatDay(model.date)}, ${model.timezone} · ${countOf(model.surfaces, 'surface')} judged`;
  return [judged, ...(model.kind === 'ranked' ? rankedParts(model) : []), freshness(model)].filter(Boolean).join(' · ');
}

function rankedParts(model: DigestModel): string[] {
  const moves = movesOf(model).filter(Boolean).join(', ');
  const since = moves === '' || !model.changes?.since ? '' : ` since the digest for ${formatDay(model.changes.since)}`;
  return [
    `*${countOf(model.total, 'needs', 'need')} a look*${moves === '' ? '' : `, ${moves}${since}`}`,
    chance(model),
  ];
}

/** Against this channel's digest before, where there is one; against the day before otherwise. */
function movesOf({ changes, newToday, continuing, backToNormal }: DigestModel): string[] {
  if (changes === null || changes.since === null)
    return [
      newToday > 0 ? `${formatCount(newToday)} new` : '',
      continuing > 0 ? `${formatCount(continuing)} continue${continuing === 1 ? 's' : ''}` : '',
      backToNormal.length > 0 ? `${formatCount(backToNormal.length)} back to normal` : '',
    ];
  const moves = Object.values(changes.moves);
  const counted = (move: Move): number => moves.filter((each) => each === move).length;
  const [fresh, worse, better, same] = [counted('new'), counted('worse'), counted('better'), counted('same')];
  return [
    fresh > 0 ? `${formatCount(fresh)} new` : '',
    worse > 0 ? `${formatCount(worse)} worse` : '',
    better > 0 ? `${formatCount(better)} easing` : '',
    same > 0 ? `${formatCount(same)} unchanged` : '',
    changes.resolved.length > 0 ? `${formatCount(changes.resolved.length)} resolved` : '',
  ];
}

function chance({ expectedFalse }: DigestModel): string {
  if (expectedFalse === null) return '';
  if (expectedFalse < 0.05) return 'under 0.1 of these expected by chance';
  return `at most ${expectedFalse < 10 ? expectedFalse.toFixed(1) : formatCount(Math.round(expectedFalse))} of these expected by chance`;
}

function freshness(model: DigestModel): string {
  const beyond =
    model.beyondCap > 0 ? `${countOf(model.beyondCap, 'event')} on pages beyond the cap, counted as one page` : '';
  return [sourceStates(model), beyond].filter(Boolean).join(' · ');
}

function sourceStates({ sources: { fresh, silent, gaps } }: DigestModel): string {
  const gapText = gaps.length > 0 ? `${names(gaps)} sent nothing that day: left out, not counted as zero` : '';
  const silentText = silent
    .filter(({ source }) => !gaps.includes(source))
    .map(
      ({ source, hours }) =>
        `${SOURCE_NAMES[source]} silent ${hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`}`,
    )
    .join(', ');
  if (gapText || silentText) return [silentText, gapText].filter(Boolean).join(' · ');
  return fresh === 0 ? '' : fresh === 1 ? 'its source is fresh' : `all ${fresh} sources fresh`;
}

const names = (sources: readonly Source[]): string => joinWords(sources.map((source) => SOURCE_NAMES[source]));

function quietLine(model: DigestModel): string {
  const held = model.held.belowSeverity + model.held.snoozed.length + model.held.ignored.length;
  const found = held > 0 ? 'Nothing to tell here' : 'Nothing outside normal';
  const { lastIncident } = model;
  const last = lastIncident
    ? ` Last incident: ${quote(shorten(lastIncident.surface, 60), 60)}, over since ${formatMoment(lastIncident.endedAt, model.timezone)}.`
    : '';
  const where = model.sources.gaps.length > 0 ? ' in what came in' : '';
  return `*All quiet.* ${found}${where}.${last}`;
}

/** Silence is not quiet: a feed that stopped must never read as a good day. */
function noDataLine({ date }: DigestModel): string {
  return (
    `*No data for ${formatDay(date)}.* No event of that day names a surface, so nothing could be judged. ` +
    'Check that your tools still send: `seepass doctor` lists each with its last event.'
  );
}

function maintenanceLine({ date, underMaintenance }: DigestModel): string {
  return `*Under maintenance.* ${countOf(underMaintenance, 'surface')} on ${formatDay(date)}, and no other had data: nothing was judged.`;
}

/** What is back to normal or better, what could not be judged, and how many more there are. */
function footer(model: DigestModel): JsonObject[] {
  const more = model.total - model.items.length;
  const notes = [
    resolvedNote(model),
    ...model.improvements.map(describeImprovement),
    model.tooSmall > 0
      ? `${formatCount(model.tooSmall)} of ${countOf(model.surfaces, 'surface')} too small to tell a change within a day`
      : '',
    model.insufficientHistory > 0 ? `${countOf(model.insufficientHistory, 'surface')} without enough history yet` : '',
    model.underMaintenance > 0 ? `${countOf(model.underMaintenance, 'surface')} under maintenance, not judged` : '',
    more > 0 ? `${formatCount(more)} more below the line` : '',
  ].filter(Boolean);
  const held = heldNotes(model);
  return [
    ...(notes.length + held.length > 0 ? [divider()] : []),
    ...(notes.length > 0 ? [context(`Also: ${notes.join(' · ')}`)] : []),
    ...(held.length > 0 ? [context(`Held back: ${held.join(' · ')}`)] : []),
    ...(more > 0
      ? [
          actions([
            button(`Show all ${formatCount(model.total)}`, {
              actionId: ACTIONS.showAll,
              value: model.date,
              describedAs: `Show all ${model.total} priorities of ${formatDay(model.date)}`,
            }),
          ]),
        ]
      : []),
  ];
}

function resolvedNote({ changes, backToNormal }: DigestModel): string {
  const over = changes?.since ? changes.resolved.map(({ entity_key }) => entity_key) : backToNormal;
  return over.length > 0 ? `${listed(over)} back to normal` : '';
}

function listed(surfaces: readonly string[]): string {
  const shown = surfaces.slice(0, NAMES).map((surface) => quote(shorten(surface, 60), 60));
  const rest = surfaces.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${formatCount(rest)} more` : joinWords(shown);
}

/** What a notification and a screen reader say; plain words, because they read no formatting. */
function fallbackText(model: DigestModel, items: readonly WordedItem[]): string {
  const day = formatDay(model.date);
  if (model.kind === 'cold_start') return `Seepass for ${day}: no baselines yet. Top errors and newest themes inside.`;
  if (model.kind === 'no_data') return `Seepass for ${day}: no data, so nothing could be judged.`;
  if (model.kind === 'maintenance') return `Seepass for ${day}: under maintenance, so nothing was judged.`;
  if (model.kind === 'quiet') return `Seepass for ${day}: all quiet, ${countOf(model.surfaces, 'surface')} judged.`;
  return `Seepass for ${day}: ${countOf(model.total, 'needs', 'need')} a look. ${items.map(plainLine).join('; ')}`;
}
