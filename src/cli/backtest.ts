import { readFile } from 'node:fs/promises';
import { Option } from 'commander';
import { truthOfLabels } from '../core/backtest/label.ts';
import type { Figure } from '../core/backtest/score.ts';
import type { Truth } from '../core/backtest/truth.ts';
import { truthSchema } from '../core/backtest/truth-file.ts';
import { SENSITIVITIES } from '../core/detect/sensitivity.ts';
import { countOf } from '../core/facts/render.ts';
import { PROFILES, type Profile, type Sensitivity } from '../core/records.ts';
import { addDays } from '../core/window.ts';
import { SeepassError } from '../errors.ts';
import { type Backtest, backtest, foundOn } from '../pipeline/backtest.ts';
import type { Stores } from '../pipeline/ports.ts';
import { addCommonOptions, type CommonOptions, calendarDay, chosenDays, sensitivityOption } from './options.ts';
import type { CliContext, Subcommand } from './subcommand.ts';

interface BacktestOptions extends CommonOptions {
  from: string;
  to: string;
  truth?: string;
  labels?: boolean;
  profile: Profile;
  sensitivity?: Sensitivity;
}

/** `seepass backtest`: how detection would have done on past days, held against a truth file or people's labels. */
export const backtestCommand: Subcommand = {
  configure(command, context) {
    addCommonOptions(command)
      .requiredOption('--from <day>', 'first day', calendarDay)
      .requiredOption('--to <day>', 'last day, included', calendarDay)
      .option('--truth <file>', 'what truly happened: {"incidents":[…],"decoys":[…]}, as seed --truth writes it')
      .option('--labels', 'against what people labelled with /seepass missed and /seepass false')
      .addOption(new Option('--profile <name>', 'which rules').choices(PROFILES).default('default'))
      .addOption(sensitivityOption())
      .action(async (options: BacktestOptions) => {
        const { first, last } = chosenDays(options) ?? { first: options.from, last: options.to };
        const fromFile = options.truth === undefined ? undefined : await readTruth(options.truth);
        if ((fromFile === undefined) === (options.labels !== true))
          throw new SeepassError('bad_arguments', 'A backtest needs one truth to be held against.', {
            fix: 'Give either --truth <file> or --labels.',
          });
        const { stores, close } = await context.openStores(options.database);
        try {
          const truth = fromFile ?? (await readLabels(stores, first, last));
          const { profile } = options;
          const chosen = options.sensitivity ?? context.config.sensitivity;
          const at = (sensitivity: Sensitivity): Promise<Backtest> =>
            backtest({ stores, timezone: context.config.timezone, first, last, truth, profile, sensitivity });
          const result = await at(chosen);
          // Labels are for choosing the knob, so every setting of it is tried on them.
          const levels = options.labels && profile !== 'seed' ? SENSITIVITIES.filter((level) => level !== chosen) : [];
          const others: Candidate[] = [];
          for (const sensitivity of levels) others.push({ sensitivity, result: await at(sensitivity) });
          if (options.json) return context.printJson(toJson(result, profile, chosen, others));
          print(result, { first, last, profile, sensitivity: chosen }, context);
          for (const other of others) context.stdout.write(describeChange(result, other));
        } finally {
          await close();
        }
      });
  },
};

async function readTruth(path: string): Promise<Truth> {
  const refuse = (why: string): SeepassError =>
    new SeepassError('bad_input', `${path} is no truth file: ${why}.`, {
      fix: 'It holds {"incidents":[{"id","kind","entity_type","entity_key","metric","start","end","material"}],"decoys":[]}.',
    });
  const text = await readFile(path, 'utf8').catch(() => {
    throw refuse('it cannot be read');
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refuse('it is not JSON');
  }
  const parsed = truthSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refuse(`${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not understood'}`);
}

async function readLabels(stores: Stores, first: string, last: string): Promise<Truth> {
  const labels = await stores.labels.list({ start: first, end: addDays(last, 1) });
  if (labels.length > 0) return truthOfLabels(labels);
  throw new SeepassError('not_found', `Nobody labelled anything from ${first} to ${last}.`, {
    fix: 'Label a day in Slack: /seepass missed /checkout yesterday, or /seepass false #2.',
  });
}

interface Candidate {
  sensitivity: Sensitivity;
  result: Backtest;
}

/** What another setting of the knob would change. */
function changeOf(now: Backtest, { result }: Candidate) {
  const found = ({ tally }: Backtest): number => tally.incidents.filter(({ delay }) => delay !== null).length;
  const wrong = ({ tally }: Backtest): number => tally.decoys.filter(({ flagged }) => flagged).length;
  return {
    found: found(result) - found(now),
    wrong: wrong(result) - wrong(now),
    told_a_day: (result.told - now.told) / Math.max(1, now.tally.days),
  };
}

function describeChange(now: Backtest, candidate: Candidate): string {
  const { found, wrong, told_a_day: told } = changeOf(now, candidate);
  const signed = (value: number, digits = 0): string => `${value >= 0 ? '+' : '-'}${Math.abs(value).toFixed(digits)}`;
  return `with sensitivity ${candidate.sensitivity}: ${signed(found)} of the missed found, ${signed(wrong)} false told, ${signed(told, 2)} told a day in all\n`;
}

/** The contract's figures by name, each with its interval beside it. */
function toJson(
  { score, tally, surfaces, told }: Backtest,
  profile: Profile,
  sensitivity: Sensitivity,
  others: readonly Candidate[],
): object {
  const figures = {
    precision: score.precision,
    recall: score.recall,
    material_recall: score.materialRecall,
    f1: score.f1,
    false_alarms_per_day: score.falseADay,
    false_alarms_per_surface_month: score.falseAMonth,
    days_to_detect: score.daysToDetect,
  };
  const pick = <T>(of: (figure: Figure) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, of(figure)]));
  return {
    profile,
    sensitivity,
    surfaces,
    days: tally.days,
    ...pick(({ value }) => value),
    intervals: pick(({ low, high }) => (low === null || high === null ? null : [low, high])),
    samples: pick(({ of }) => of),
    incidents: tally.incidents.map((incident) => {
      const { id, kind, entity_type, entity_key, metric, start, end, material } = incident.entry;
      const told = { found_on: foundOn(incident), days_to_detect: incident.delay };
      return { id, kind, entity_type, entity_key, metric, start, end, material, ...told };
    }),
    decoys: tally.decoys.map(({ entry: { id, kind, entity_key, start }, flagged, named }) => ({
      id,
      kind,
      entity_key,
      start,
      flagged,
      named,
    })),
    false_alarms: tally.falseEpisodes,
    told,
    candidates: others.map((other) => ({
      sensitivity: other.sensitivity,
      told: other.result.told,
      change: changeOf({ score, tally, surfaces, told }, other),
    })),
  };
}

function print(
  { score, tally, surfaces }: Backtest,
  { first, last, profile, sensitivity }: { first: string; last: string; profile: Profile; sensitivity: Sensitivity },
  { stdout, config }: CliContext,
): void {
  const line = (name: string, figure: Figure, unit: string, digits = 2): string => {
    const { value, low, high, of } = figure;
    if (value === null || low === null || high === null) return `${name.padEnd(24)} nothing to tell it by\n`;
    return `${name.padEnd(24)} ${value.toFixed(digits)} (95%: ${low.toFixed(digits)} to ${high.toFixed(digits)}), of ${Number(of.toFixed(1))} ${unit}\n`;
  };
  stdout.write(
    `${first} to ${last}, ${config.timezone} · ${countOf(surfaces, 'surface')}, profile ${profile}, sensitivity ${sensitivity}\n`,
  );
  stdout.write(line('precision', score.precision, 'incidents found and false alarms'));
  stdout.write(line('recall', score.recall, 'incidents'));
  stdout.write(line('recall of material ones', score.materialRecall, 'incidents'));
  stdout.write(line('F1', score.f1, 'incidents and false alarms'));
  stdout.write(line('false alarms a day', score.falseADay, 'days'));
  stdout.write(line('days to detect', score.daysToDetect, 'incidents found'));
  for (const incident of tally.incidents.filter(({ delay }) => delay === null))
    stdout.write(`missed: ${incident.entry.kind} on ${incident.entry.entity_key} from ${incident.entry.start}\n`);
  for (const { entry } of tally.decoys.filter(({ flagged }) => flagged))
    stdout.write(`told although it was none: ${entry.kind} on ${entry.entity_key} from ${entry.start}\n`);
}
