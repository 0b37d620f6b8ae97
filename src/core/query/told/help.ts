/** What can be asked, by examples that this workspace has data for. */
import { CATALOGUE } from '../../catalogue/index.ts';
import { formatCount, joinWords } from '../../facts/render.ts';
import { sourcesOf } from '../answer/sources-of.ts';
import { bodyOf, plain, strong } from '../answer/spans.ts';
import type { AnswerBody } from '../answer-body.ts';
import type { Choice } from '../reading.ts';
import type { Vocabulary } from '../vocabulary.ts';

/** Examples in words; the rest are buttons. */
const TOLD = 3;

/** @param choices what the reader offers instead; none for examples of the workspace's own. */
export function writeHelp(vocabulary: Vocabulary, choices: readonly Choice[] = []): AnswerBody {
  const { metrics, dimensions } = CATALOGUE;
  const known = metrics.filter((metric) => sourcesOf(metric).some((source) => vocabulary.sources.includes(source)));
  const measured = known.length > 0 ? known : metrics;
  const examples = choices.length > 0 ? choices : examplesFrom(vocabulary);
  const some = measured.slice(0, 6).map(({ label }) => label.toLowerCase());
  return bodyOf(
    [
      strong('Ask me as you would ask a colleague.'),
      plain(' I answer from your own data, with its definition and dates.'),
    ],
    {
      sentences: [
        [
          plain(
            `For example: ${examples
              .slice(0, TOLD)
              .map(({ question }) => `“${question}”`)
              .join(', ')}.`,
          ),
        ],
        [
          plain(
            `I know ${formatCount(measured.length)} figures (${joinWords(some)}…), cut by ${formatCount(dimensions.length)} dimensions such as page, release and plan.`,
          ),
        ],
        [plain('In a thread, go on: “and for last month?”, “by release”, “why?”. I speak English.')],
      ],
      followUps: examples.slice(0, 5),
    },
  );
}

function examplesFrom({ surfaces, values }: Vocabulary): Choice[] {
  const [first = '/checkout', second = first] = surfaces;
  const topic = values.ticket_topic?.[0];
  return [
    { label: 'What to fix first', question: 'what should we fix first?' },
    { label: 'Error rate, week on week', question: `error rate on ${first} last week vs the week before` },
    { label: 'Why did it change?', question: `why did drop-offs on ${second} change?` },
    { label: 'Pages with most errors', question: 'which pages have the most errors?' },
    topic === undefined
      ? { label: 'What people write', question: 'what are people complaining about?' }
      : { label: 'Read some tickets', question: `show me some tickets about ${topic}` },
    { label: 'How are we doing?', question: 'how are we doing this week?' },
  ];
}
