import { InvalidArgumentError } from 'commander';
import { createCalendar } from '../core/detect/series/calendar.ts';
import { createSeriesDetector } from '../core/detect/series/detector.ts';
import type { PointVerdict } from '../core/detect/series/point.ts';
import type { SeriesRow } from '../core/detect/series/row.ts';
import { countOf } from '../core/facts/render.ts';
import { openInput } from './input-bytes.ts';
import { readSeries } from './read-series.ts';
import type { CliContext, Subcommand } from './subcommand.ts';

interface DetectOptions {
  json?: boolean;
  timezone: string;
}

/** Verdicts are written in pieces of so many: one write each would cost more than the verdict. */
const PIECE = 1_000;

/** `seepass detect`: the engine on a series of one's own, without a database. */
export const detectCommand: Subcommand = {
  configure(command, context) {
    command
      .argument('<series.csv>', 'the file, or - for standard input; the grain is found from the timestamps')
      .option('--timezone <zone>', 'IANA zone of hours, weekdays and times without an offset', timeZone, 'UTC')
      .option('--json', 'one JSON array on stdout, a verdict a point, and nothing else')
      .action(async (file: string, { timezone, json }: DetectOptions) => {
        const input = await openInput(file, context.stdin);
        const { rows, notes } = await readSeries(input, timezone);
        for (const note of notes) context.stderr.write(`${note}\n`);
        const detector = createSeriesDetector({ zone: timezone, asOf: context.clock() });
        if (json) writeVerdicts(rows, detector.judge, context);
        else writeEpisodes(rows, detector.judge, timezone, context);
      });
  },
};

type Judge = (point: SeriesRow['point']) => PointVerdict;

function timeZone(value: string): string {
  try {
    createCalendar(value);
    return value;
  } catch {
    throw new InvalidArgumentError('It must be an IANA time zone such as Europe/Berlin.');
  }
}

/** The contract's array. */
function writeVerdicts(rows: readonly SeriesRow[], judge: Judge, { stdout }: CliContext): void {
  stdout.write('[');
  for (let from = 0; from < rows.length; from += PIECE) {
    const piece = rows.slice(from, from + PIECE).map(({ timestamp, point }) => {
      const { flagged, score, expected, lower, upper, reason } = judge(point);
      return JSON.stringify({ timestamp, flagged, score, expected, lower, upper, reason });
    });
    stdout.write(`${from === 0 ? '' : ','}\n${piece.join(',\n')}`);
  }
  stdout.write('\n]\n');
}

function writeEpisodes(rows: readonly SeriesRow[], judge: Judge, zone: string, { stdout }: CliContext): void {
  const { label } = createCalendar(zone);
  let open: { start: number; end: number; reason: string } | undefined;
  let episodes = 0;
  let learning = 0;
  const close = (): void => {
    if (open === undefined) return;
    if (episodes++ === 0)
      stdout.write(`${'first point'.padEnd(18)}${'last out of line'.padEnd(18)}what was seen first\n`);
    stdout.write(`${label(open.start).padEnd(18)}${label(open.end).padEnd(18)}${open.reason}\n`);
    open = undefined;
  };
  for (const { point } of rows) {
    const { at, lower, upper, reason, state } = judge(point);
    if (state === 'learning') learning++;
    if (state === 'onset' || state === 'normal') close();
    if (state === 'onset') open = { start: at, end: at, reason };
    if (state === 'ongoing' && open !== undefined && (point.value < lower || point.value > upper)) open.end = at;
  }
  close();
  const judged = rows.length - learning;
  const verdict =
    judged === 0
      ? `Too early to tell: all ${countOf(learning, 'point')} went into learning what is normal`
      : `${countOf(episodes, 'episode')} in ${countOf(judged, 'judged point')}, after ${countOf(learning, 'point')} of learning`;
  stdout.write(`${verdict} (${zone}).\n`);
}
