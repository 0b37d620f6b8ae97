/** What people read where there is no answer: what I don't do, and the nearest thing I can. */
import { countOf } from '../../facts/render.ts';
import type { AnswerBody, Span } from '../answer-body.ts';
import type { QueryFault } from '../metric-query.ts';
import type { Choice, Reading } from '../reading.ts';
import { labelOf } from './figure-words.ts';
import { bodyOf, noteSentence, plain, strong } from './spans.ts';

/** How often a missing metric was asked for, this time included. */
export interface AskedBefore {
  times: number;
}

/** Words for a refusal, with the reading's own ways on. */
export function refusalBody(reading: Reading, askedBefore: AskedBefore | null = null): AnswerBody {
  return bodyOf(headlineFor(reading, askedBefore), {
    sentences: [...reading.notes.map((note) => [plain(noteSentence(note))]), ...closest(reading.choices)],
    followUps: reading.choices,
  });
}

function headlineFor({ reason, about }: Reading, askedBefore: AskedBefore | null): Span[] {
  switch (reason) {
    case 'private_data':
      return [
        strong(`I don't show ${about ?? 'people’s details'}.`),
        plain(' I count people and accounts; I never name a person or follow one.'),
      ];
    case 'write_request':
      return [
        strong('I only answer questions.'),
        plain(
          about === 'SQL'
            ? ' SQL is not run from here: ask for a figure in plain words.'
            : ' Whatever changes something is a proposal that somebody approves.',
        ),
      ];
    case 'unsupported_metric':
      return [strong(`I don't measure ${about ?? 'that'}${timesAsked(askedBefore)}.`)];
    case 'unsupported_dimension':
      return [strong(`I can't split that by ${about ?? 'what you name'}.`)];
    case 'no_data':
      return [strong(`There is no data${about === null ? '' : ` on ${about}`} yet.`)];
    case 'too_small':
      return [strong(`There is too little to say${about === null ? '' : ` about ${about}`}.`)];
    case 'ambiguous':
      return [strong(about === null ? 'What do you mean?' : `Which “${about}”?`)];
    default:
      return [
        strong(`That is outside what I know${about === null ? '' : `: ${about}`}.`),
        plain(
          ' I answer from what this product measures: usage, errors, speed, tickets and money. I estimate nothing.',
        ),
      ];
  }
}

const timesAsked = (asked: AskedBefore | null): string =>
  asked === null ? '' : asked.times > 1 ? ` (asked ${asked.times} times this month, noted)` : ' (noted)';

function closest(choices: readonly Choice[]): Span[][] {
  if (choices.length === 0) return [];
  const list = choices.map(({ label }) => label).join(', ');
  return [[plain(`Closest: ${list}${/[?.!]$/.test(list) ? '' : '.'}`)]];
}

/** The readings in words, for where there are no buttons. */
export const choicesLine = (choices: readonly Choice[]): string => choices.map(({ label }) => label).join(' · ');

/** One short question back, with a button for each reading. */
export function clarificationBody({ about, choices, notes }: Reading, question: string): AnswerBody {
  return bodyOf([strong(questionBack(about, question))], {
    sentences: [
      ...notes.map((note) => [plain(noteSentence(note))]),
      choices.length > 0
        ? [plain(choicesLine(choices))]
        : [plain('Ask for a figure, a page and a time, such as “error rate on /checkout last week”.')],
    ],
    followUps: choices,
  });
}

/** "Which “rate” do you mean?" of a word that was asked with, else what is unclear. */
function questionBack(about: string | null, question: string): string {
  if (about === null) return 'Which of these do you mean?';
  const said = question.toLowerCase().includes(about.toLowerCase());
  return said ? `Which “${about}” do you mean?` : `One thing is unclear: ${about}.`;
}

/** Why accounts are not listed here, with the same by plan as the nearest answer. */
export function accountsRefusal(why: 'role' | 'audience', nearest: readonly Choice[]): AnswerBody {
  const headline =
    why === 'role'
      ? [strong('Rows about single accounts need the analyst role.'), plain(' An admin can give it to you.')]
      : [strong("I don't list accounts where everybody reads along."), plain(' Ask me in a direct message.')];
  return bodyOf(headline, { sentences: closest(nearest), followUps: nearest });
}

/** A reading whose query does not fit its metric: said plainly, and what the metric can be cut by. */
export function faultBody(fault: QueryFault): AnswerBody {
  switch (fault.kind) {
    case 'unsupported_dimension':
      return bodyOf([
        strong(`I can't split ${labelOf(fault.metric)} by ${fault.dimension.replaceAll('_', ' ')}.`),
        plain(` It is known by ${fault.metric.dimensions.map((id) => id.replaceAll('_', ' ')).join(', ')}.`),
      ]);
    case 'unsupported_grain':
      return bodyOf([
        strong(`I don't have ${labelOf(fault.metric)} by the ${fault.grain}.`),
        plain(` It is known per ${fault.metric.grains.join(', ')}.`),
      ]);
    case 'reversed':
      return bodyOf([strong('That period ends before it begins.'), plain(' Swap its ends.')]);
    case 'too_long':
      return bodyOf([strong('That is more than three years.'), plain(' Ask for a shorter period.')]);
    default:
      return bodyOf([strong('I did not understand that.'), plain(' Ask for a figure, a page and a time.')]);
  }
}

/** What can be asked, by example. */
export function helpBody(choices: readonly Choice[]): AnswerBody {
  const examples = choices.length > 0 ? choices : EXAMPLES;
  return bodyOf(
    [strong('Ask me as you would ask a colleague.'), plain(' I answer from your own data, with dates and definition.')],
    {
      sentences: [
        [plain(`For example: ${examples.map(({ question }) => `“${question}”`).join(', ')}.`)],
        [plain('In a thread, go on: “and for /login?”, “week before”, “by release”, “why?”. I speak English.')],
      ],
      followUps: examples,
    },
  );
}

const EXAMPLES: readonly Choice[] = [
  { label: 'Error rate, last week', question: 'error rate last week vs the week before' },
  { label: 'Pages with most errors', question: 'which pages have the most errors?' },
  { label: 'What to fix next', question: 'what should we fix?' },
];

/** Nothing was asked. */
export function emptyBody(): AnswerBody {
  return { ...helpBody([]), headline: [strong('What would you like to know?')] };
}

/** "1 question is longer than 2,000 characters". */
export function tooLongBody(most: number): AnswerBody {
  return bodyOf([
    strong(`That is longer than ${countOf(most, 'character')}.`),
    plain(' Ask one thing at a time: a figure, a page and a time.'),
  ]);
}

/** For a question that was understood and stopped for taking too long. */
export const tooSlowBody = (what: string, fix: string): AnswerBody =>
  bodyOf([strong(what)], { sentences: fix === '' ? [] : [[plain(fix)]] });
