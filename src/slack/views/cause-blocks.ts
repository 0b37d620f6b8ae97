import { say } from '../../core/explain/say.ts';
import { buildFacts } from '../../core/facts/ledger.ts';
import { joinWords } from '../../core/facts/render.ts';
import type { Fact, JsonObject, PatternRecord, Priority } from '../../core/records.ts';
import { quote, shorten } from '../mrkdwn.ts';
import { context, section } from './elements.ts';
import type { WordingContext } from './reading.ts';

const MEMBERS = 10;

const DIMENSION_WORDS: Readonly<Record<string, string>> = { error_signature: 'error' };
const wordFor = (dimension: string): string => DIMENSION_WORDS[dimension] ?? dimension;

/** What the change is made of, what it cost, and what is told together with it. */
export function buildCauseBlocks(priority: Priority, wording: WordingContext): JsonObject[] {
  const record = priority.pattern_record;
  const facts = buildFacts(priority, wording);
  return [
    ...failingBlocks(facts),
    ...movedBlocks(record, facts),
    ...costBlocks(record, facts),
    ...memberBlocks(priority),
  ];
}

/** Which statuses of which endpoints the failed requests are. */
function failingBlocks(facts: readonly Fact[]): JsonObject[] {
  const lines = [1, 2, 3].flatMap((place) => {
    const id = `failing.${place}`;
    const said = say(facts, `{${id}}: {${id}.count} ({${id}.share})`);
    return said === null ? [] : `• ${quote(said, 300)}`;
  });
  return lines.length === 0 ? [] : [section(`*Failed requests*\n${lines.join('\n')}`)];
}

/** That no dimension explains a change is an answer, and told too. */
function movedBlocks({ contributors }: PatternRecord, facts: readonly Fact[]): JsonObject[] {
  if (!contributors || contributors.searched.length === 0) return [];
  if (contributors.outside) {
    const searched = joinWords(contributors.searched.map(wordFor), 'or');
    return [section(`*What moved*\nNo single ${searched} explains it: it changed alike in all of them.`)];
  }
  const lines = contributors.explained.flatMap(({ dimension }, index) => {
    const id = `contributor.${index + 1}`;
    const said = say(
      facts,
      `{${id}}: {${id}.points} of {contributors.change} ({${id}.share}); it used to hold {${id}.usual_share}`,
    );
    // An account is told as "one account" already.
    const what = dimension === 'account' ? '' : `${wordFor(dimension)} `;
    return said === null ? [] : `• ${what}${quote(said, 300)}`;
  });
  return lines.length === 0 ? [] : [section(`*What moved*\n${lines.join('\n')}`)];
}

/** What an estimated loss and an exposure rest on, so that nobody takes them for more than they are. */
function costBlocks({ loss }: PatternRecord, facts: readonly Fact[]): JsonObject[] {
  const missing = loss?.of === 'pageviews' ? 'views' : 'actions';
  const lines = [
    say(
      facts,
      `Estimated loss {loss.per_day} a day, {loss.total} since {since}: {loss.missing} missing ${missing}, each worth {loss.unit} on average over the 28 days before ({loss.sample}).`,
    ),
    say(facts, 'Since {since} it hit {episode.accounts} different accounts and {episode.users} different users.'),
    say(
      facts,
      '{revenue_at_risk} a month is what the accounts hit that day pay, by the latest revenue event of each: exposure, not loss.',
    ),
  ].flatMap((line) => (line === null ? [] : quote(line, 500)));
  return lines.length === 0 ? [] : [context(lines.join('\n'))];
}

function memberBlocks({ members, entity_key }: Priority): JsonObject[] {
  const others = members.filter((member) => member.entity_key !== entity_key);
  if (others.length === 0) return [];
  const names = others.slice(0, MEMBERS).map((member) => `• ${quote(shorten(member.entity_key, 100), 100)}`);
  const cut = others.length > MEMBERS ? `\nShowing ${MEMBERS} of ${others.length}.` : '';
  return [section(`*Told together with it*\n${names.join('\n')}${cut}`)];
}
