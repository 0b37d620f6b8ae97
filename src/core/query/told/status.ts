/** The bot's own state: what it has, what it has judged, what is open. */

import { countFact, dateFact } from '../../facts/fact.ts';
import { countOf, formatCount, formatDay, formatMoment } from '../../facts/render.ts';
import type { Fact, JsonObject, Source } from '../../records.ts';
import type { AnswerSetting } from '../answer/asked.ts';
import { sourceNames } from '../answer/sources-of.ts';
import { bodyOf, plain, strong } from '../answer/spans.ts';
import { left, right, tableOf } from '../answer/table.ts';
import type { AnswerBody, Span } from '../answer-body.ts';

export interface Status {
  /** `events_total` is null where it is not known how many there were by then. */
  sources: readonly { source: Source; last_event_at: number; events_total: number | null }[];
  /** Of those, silent for longer than they usually are. */
  silent: readonly { source: Source; hours: number }[];
  /** The latest judged day; null where none was. */
  judged: { date: string; surfaces: number; priorities: number } | null;
  /** Hours are judged until then, epoch ms; null where none was. */
  hoursUntil: number | null;
  /** When the next digest is posted, epoch ms; null where no channel gets one. */
  nextDigest: number | null;
  /** Words are a model's. */
  withModel: boolean;
  setting: AnswerSetting;
}

export function writeStatus(status: Status): AnswerBody {
  const { sources, silent, judged, hoursUntil, nextDigest, withModel, setting } = status;
  const facts = factsOf(status);
  return bodyOf(headline(status), {
    sentences: [
      judgedSentence(judged),
      ...(hoursUntil === null ? [] : [[plain(`Hours are judged until ${formatMoment(hoursUntil, setting.zone)}.`)]]),
      [
        plain(
          nextDigest === null
            ? 'No channel gets a digest yet: set SEEPASS_CHANNEL.'
            : `The next digest is due ${formatMoment(nextDigest, setting.zone)}.`,
        ),
      ],
      [
        plain(
          withModel
            ? 'A model words my answers; every figure is computed.'
            : 'I work without a model: templates word my answers.',
        ),
      ],
    ],
    table: tableOf(
      [left('Source'), left('Latest event'), right('Events'), left('State')],
      sources.map(({ source, last_event_at, events_total }) => [
        sourceNames([source]),
        formatMoment(last_event_at, setting.zone),
        events_total === null ? '–' : formatCount(events_total),
        stateOf(silent.find((each) => each.source === source)?.hours),
      ]),
    ),
    context: [`as of ${formatMoment(setting.asOf, setting.zone)}, ${setting.zone}`],
    followUps: [
      ...(judged !== null && judged.priorities > 0
        ? [{ label: 'What is open', question: 'what should we fix first?' }]
        : []),
      { label: 'How are we doing', question: 'how are we doing?' },
    ],
    facts,
    rows: [
      {
        judged_date: judged?.date ?? null,
        surfaces: judged?.surfaces ?? null,
        open_priorities: judged?.priorities ?? null,
        next_digest: nextDigest === null ? null : new Date(nextDigest).toISOString(),
        hours_judged_until: hoursUntil === null ? null : new Date(hoursUntil).toISOString(),
      },
      ...sources.map(
        ({ source, last_event_at, events_total }): JsonObject => ({
          source,
          last_event_at: new Date(last_event_at).toISOString(),
          events_total,
          silent_hours: silent.find((each) => each.source === source)?.hours ?? 0,
        }),
      ),
    ],
  });
}

function headline({ sources, silent, judged }: Status): Span[] {
  if (sources.length === 0)
    return [
      strong('I am running, and have no data yet.'),
      plain(' Import a file (seepass import events.jsonl), or connect a source.'),
    ];
  const open =
    judged === null
      ? 'nothing judged yet'
      : judged.priorities === 0
        ? 'nothing open'
        : `${formatCount(judged.priorities)} open`;
  if (silent.length === 0)
    return [
      strong(`I am running: ${open}.`),
      plain(sources.length === 1 ? ' The only source is fresh.' : ` All ${sources.length} sources are fresh.`),
    ];
  const quiet = silent.map(({ source, hours }) => `${sourceNames([source])} (silent ${duration(hours)})`);
  return [strong(`I am running: ${open}.`), plain(` Data is fresh except ${quiet.join(', ')}.`)];
}

function judgedSentence(judged: Status['judged']): Span[] {
  if (judged === null) return [plain('No day has been judged yet: run seepass run, or wait for the first digest.')];
  const { date, surfaces, priorities } = judged;
  const found = priorities === 0 ? 'nothing outside normal' : countOf(priorities, 'priority', 'priorities');
  return [plain(`The last judged day is ${formatDay(date)}: ${countOf(surfaces, 'page')}, ${found}.`)];
}

const stateOf = (hours: number | undefined): string => (hours === undefined ? 'fresh' : `silent ${duration(hours)}`);
const duration = (hours: number): string => (hours < 48 ? `${hours} h` : countOf(Math.floor(hours / 24), 'day'));

function factsOf({ judged, sources, silent, nextDigest, setting }: Status): Fact[] {
  return [
    countFact('sources', 'Sources', sources.length),
    countFact('silent', 'Silent sources', silent.length),
    ...(nextDigest === null
      ? []
      : [
          dateFact(
            'next_digest',
            'Next digest',
            new Date(nextDigest).toISOString(),
            formatMoment(nextDigest, setting.zone),
          ),
        ]),
    ...(judged === null
      ? []
      : [
          dateFact('judged', 'Last judged day', judged.date, formatDay(judged.date)),
          countFact('open', 'Open priorities', judged.priorities),
        ]),
  ];
}
