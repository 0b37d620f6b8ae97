/** What people write, in bulk: themes with their counts and where they are going. */

import { countFact, name } from '../../facts/fact.ts';
import { countOf, formatCount, formatDay } from '../../facts/render.ts';
import type { Fact, JsonObject } from '../../records.ts';
import { type AnswerSetting, todayOf } from '../answer/asked.ts';
import { formatShortWindow, formatWindow, periodPhrase } from '../answer/period-words.ts';
import { scopeWords } from '../answer/scope-words.ts';
import { bodyOf, plain, strong } from '../answer/spans.ts';
import { left, right, tableOf } from '../answer/table.ts';
import type { AnswerBody, Span } from '../answer-body.ts';
import type { MetricQuery } from '../metric-query.ts';
import type { ChangeTest } from '../why/change-test.ts';
import { claim, told } from '../why/claim.ts';
import type { Counted } from '../why/split.ts';
import type { WhyWindows } from '../why/windows.ts';

export interface TicketThemes {
  query: MetricQuery;
  windows: WhyWindows;
  /** Most tickets first; those of no theme are not among them. */
  themes: readonly Counted[];
  /** Those of them that are new or came up more than chance makes likely, the largest rise first. */
  risen: readonly Counted[];
  total: { now: number; before: number };
  /** Whether the total moved more than it does anyway. */
  test: ChangeTest;
  /** Tickets of the period that no agent has replied to; null where replies are not known. */
  unanswered: number | null;
  quotes: readonly string[];
  freshness: readonly string[];
  setting: AnswerSetting;
}

export function writeTicketThemes(tickets: TicketThemes): AnswerBody {
  const { query, windows, themes, total, quotes, setting } = tickets;
  const facts = factsOf(tickets);
  const listed = themes.slice(0, query.limit);
  const today = todayOf(setting);
  return bodyOf(headline(tickets, facts), {
    sentences: sentences(tickets, facts),
    quotes,
    table: tableOf(
      [left('Theme'), right('Tickets'), right('Before')],
      listed.map(({ value, now, before }) => [value, formatCount(now), before === 0 ? 'new' : formatCount(before)]),
      listed.length < themes.length ? `Showing ${listed.length} of ${formatCount(themes.length)} themes` : null,
    ),
    context: [
      'tickets v1 = number of support conversations opened, by the topic of their tool or the theme they were grouped into',
      `${formatWindow(windows.now, today)} against ${formatShortWindow(windows.before, today)}, ${setting.zone}`,
      ...(windows.without.length === 0
        ? []
        : [`without ${windows.without.map(formatDay).join(', ')}, when data is missing`]),
      ...tickets.freshness,
    ],
    followUps: followUps(tickets),
    facts,
    rows: [
      {
        tickets: total.now,
        before: total.before,
        p_value: tickets.test.p,
        outside_normal: tickets.test.outside,
        unanswered: tickets.unanswered,
      },
      ...listed.map(({ value, now, before }): JsonObject => ({ ticket_topic: value, tickets: now, before })),
    ],
  });
}

function headline({ themes, total }: TicketThemes, facts: readonly Fact[]): Span[] {
  const first = themes[0];
  const spans =
    total.now === 0
      ? claim(null, facts, '**No tickets{scope} {window}.**')
      : first === undefined
        ? claim(null, facts, '**{total} tickets{scope} {window}**, none of them in a theme yet.')
        : total.now === 1
          ? claim(null, facts, '**1 ticket{scope} {window}**, about "{theme.1}".')
          : claim(null, facts, '**{total} tickets{scope} {window}**, {theme.1.now} of them about "{theme.1}".');
  return spans ?? [{ text: 'No tickets.' }];
}

function sentences({ total, test, risen, themes, unanswered }: TicketThemes, facts: readonly Fact[]): Span[][] {
  if (total.now === 0) return [];
  const moved = total.now === total.before ? 'As many as' : total.now > total.before ? 'Up from' : 'Down from';
  const verdict =
    test.outside === null ? '' : test.outside ? ', more than it moves most weeks' : ', within what it moves most weeks';
  return told(
    claim(null, facts, `${moved} {total.before} in the period before${verdict}.`),
    ...risen.slice(0, 3).map(({ value, before }) => {
      const id = `theme.${themes.findIndex((theme) => theme.value === value) + 1}`;
      return before === 0
        ? claim(null, facts, `**New:** "{${id}}", {${id}.now} times.`)
        : claim(null, facts, `**Rising:** "{${id}}", {${id}.now} against {${id}.before}.`);
    }),
    unanswered === null ? null : waiting(unanswered, total.now, facts),
  );
}

function waiting(unanswered: number, total: number, facts: readonly Fact[]): Span[] | null {
  if (unanswered === 0) return claim(null, facts, total === 1 ? 'It has a reply.' : 'All of them have a reply.');
  if (total === 1) return claim(null, facts, 'It has no reply yet.');
  return claim(null, facts, `{unanswered} of them ${unanswered === 1 ? 'has' : 'have'} no reply yet.`);
}

/** Daily totals that a team imported say how many tickets there were, and nothing of what they are about. */
export function writeUntoldTickets(
  { query, windows, setting }: Pick<TicketThemes, 'query' | 'windows' | 'setting'>,
  count: number,
): AnswerBody {
  const { phrase } = periodPhrase(windows.now, todayOf(setting));
  return bodyOf(
    [
      strong(`${countOf(count, 'ticket')}${scopeWords(query)} ${phrase}`),
      plain(count === 1 ? '; what it is about was not sent.' : '; what they are about was not sent.'),
    ],
    { context: [`${formatWindow(windows.now, todayOf(setting))}, ${setting.zone}`] },
  );
}

function factsOf({ query, windows, themes, total, unanswered, setting }: TicketThemes): Fact[] {
  return [
    { id: 'scope', label: 'Where', value: scopeWords(query).trim(), unit: 'name', text: scopeWords(query) },
    {
      id: 'window',
      label: 'Period',
      value: windows.now.start,
      unit: 'date',
      text: periodPhrase(windows.now, todayOf(setting)).phrase,
    },
    countFact('total', 'Tickets', total.now),
    countFact('total.before', 'Tickets in the period before', total.before),
    ...(unanswered === null ? [] : [countFact('unanswered', 'Without a reply', unanswered)]),
    ...themes
      .slice(0, 50)
      .flatMap(({ value, now, before }, index) => [
        name(`theme.${index + 1}`, 'Theme', value),
        countFact(`theme.${index + 1}.now`, 'Tickets', now),
        countFact(`theme.${index + 1}.before`, 'Tickets before', before),
      ]),
  ];
}

function followUps({ query, themes }: TicketThemes) {
  const where = scopeWords(query);
  const [first] = themes;
  return [
    ...(first === undefined
      ? []
      : [{ label: 'Read some', question: `show some tickets about ${first.value}${where}` }]),
    { label: 'Why?', question: `why did tickets${where} change?` },
    ...(query.surface === null ? [{ label: 'By page', question: `tickets${where} by page` }] : []),
    { label: 'Per day', question: `tickets${where} per day` },
  ];
}
