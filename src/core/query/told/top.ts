/** What to fix next, ranked, of one judged day. */
import { evidenceChips, headline as priorityHeadline, trendWord, whoIsHit } from '../../explain/describe.ts';
import { buildFacts } from '../../facts/ledger.ts';
import { countOf, formatCount, formatDay, SEVERITY_SHAPES } from '../../facts/render.ts';
import { severityOf } from '../../rank/severity.ts';
import type { Fact, JsonObject, Priority } from '../../records.ts';
import type { AnswerSetting } from '../answer/asked.ts';
import { scopeWords } from '../answer/scope-words.ts';
import { bodyOf, plain, strong } from '../answer/spans.ts';
import { left, right, tableOf } from '../answer/table.ts';
import type { AnswerBody, Span } from '../answer-body.ts';
import type { MetricQuery } from '../metric-query.ts';

export interface Top {
  query: MetricQuery;
  /** YYYY-MM-DD. */
  date: string;
  surfaces: number;
  /** Those that match, best first. */
  priorities: readonly Priority[];
  /** All of that day. */
  total: number;
  /** Filters that priorities are not kept by, in words; null for none. */
  ignored: string | null;
  /** Why nothing is outside normal; null where something is. */
  quiet: string | null;
  setting: AnswerSetting;
}

const TOLD = 3;

export function writeTop(top: Top): AnswerBody {
  const { query, date, priorities, surfaces, setting } = top;
  const shown = priorities.slice(0, query.limit);
  const worded = shown.map((priority) => {
    const facts = buildFacts(priority, { timezone: setting.zone, currency: setting.currency });
    return { priority, facts, line: priorityHeadline(priority, facts) };
  });
  const context = [`${formatDay(date)}, ${setting.zone}`, `${countOf(surfaces, 'page')} judged`];
  const [first] = worded;
  if (first === undefined) return bodyOf(nothing(top), { context });
  return bodyOf([strong(`First: ${first.line}.`), plain(` ${capital(trendWord(first.priority))}${countWords(top)}`)], {
    sentences: [
      ...worded.slice(0, TOLD).flatMap((each) => detail(each)),
      ...(top.ignored === null
        ? []
        : [[plain(`Priorities are not kept ${top.ignored}: this is the list for everybody.`)]]),
    ],
    table: tableOf(
      [right('#'), left('What'), left('How bad'), left('Since')],
      worded.map(({ priority, line }) => [
        String(priority.rank),
        line,
        `${SEVERITY_SHAPES[severityOf(priority)]} ${severityOf(priority)}`,
        trendWord(priority),
      ]),
      shown.length < priorities.length ? `Showing ${shown.length} of ${formatCount(priorities.length)}` : null,
    ),
    context,
    links: first.priority.pattern_record.links.slice(0, 3),
    followUps: followUps(worded.map(({ priority }) => priority)),
    facts: worded.flatMap(({ priority, facts }) =>
      facts.map((fact): Fact => ({ ...fact, id: `priority.${priority.rank}.${fact.id}` })),
    ),
    rows: shown.map(toRow),
  });
}

function countWords({ priorities }: Top): string {
  return priorities.length === 1
    ? '; nothing else is outside normal.'
    : `; ${countOf(priorities.length - 1, 'more', 'more')} below.`;
}

function detail({ priority, facts }: { priority: Priority; facts: readonly Fact[] }): Span[][] {
  const parts = [
    whoIsHit(facts),
    ...evidenceChips(priority, facts)
      .slice(0, 2)
      .map((chip) => `${capital(chip)}.`),
  ].filter((part) => part !== null);
  return parts.length === 0 ? [] : [[strong(`${priority.rank}. `), plain(parts.join(' '))]];
}

function nothing({ query, date, total, quiet }: Top): Span[] {
  if (quiet !== null) return [strong(`Nothing to fix on ${formatDay(date)}.`), plain(` ${quiet}`)];
  return [
    strong(`Nothing is outside normal${scopeWords(query)} on ${formatDay(date)}.`),
    plain(total > 0 ? ` ${countOf(total, 'priority', 'priorities')} elsewhere.` : ''),
  ];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function toRow(priority: Priority): JsonObject {
  const { rank, entity_type, entity_key, score, drivers, incident_id, members } = priority;
  return {
    rank,
    entity_type,
    entity_key,
    score,
    drivers: drivers.map((driver) => ({ ...driver })),
    incident_id,
    members: members.map((member) => ({ ...member })),
  };
}

/** "#2" means the second that was listed: offered only where the ranks say the same. */
function followUps(priorities: readonly Priority[]) {
  const [first] = priorities;
  if (first === undefined) return [];
  const about = first.entity_type === 'surface' ? `on ${first.entity_key}` : `of ${first.entity_key}`;
  const ranked = priorities.slice(0, 2).filter(({ rank }, index) => rank === index + 1);
  return [
    ...ranked.map(({ rank }) => ({ label: `Why is #${rank}?`, question: `why is #${rank}?` })),
    { label: 'Example errors', question: `show example errors ${about}` },
    { label: 'How are we doing?', question: 'how are we doing?' },
  ];
}
