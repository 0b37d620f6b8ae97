/** A "why" in sentences, strongest evidence first. What each may claim is its rung's; see `claim`. */
import { findDimension } from '../../catalogue/index.ts';
import { joinWords } from '../../facts/render.ts';
import type { Contributor, Fact } from '../../records.ts';
import { labelOf } from '../answer/figure-words.ts';
import { fixed } from '../answer/spans.ts';
import type { Span } from '../answer-body.ts';
import { claim, told } from './claim.ts';
import { listNotKnown } from './not-known.ts';
import { NO_PAGE } from './split.ts';
import { isZoomed, type Why } from './why.ts';
import { scaleOf } from './why-facts.ts';

/** What moved and whether that is more than usual. */
export function whyHeadline(why: Why, facts: readonly Fact[]): Span[] {
  const { test } = why;
  const what = placeOf(why);
  const verb = test.change > 0 ? 'rose' : 'fell';
  const a = scaleOf(why).perDay ? ' a day' : '';
  const spans =
    test.change === 0
      ? claim(
          null,
          facts,
          `**{metric}{scope} did not move:** {now}${a} in both periods, {window} and {compare.window}.`,
        )
      : test.outside
        ? claim(
            null,
            facts,
            `**{metric}{scope} ${verb} {change}**, from {before} to {now}${a}: more than ${what} does most weeks (±{band}).`,
            `**{metric}{scope} ${verb} {change}**, from {before} to {now}${a}: more than ${what} does most weeks.`,
            `**{metric}{scope} ${verb} from {before} to {now}**${a}: more than ${what} does most weeks (±{band}).`,
            `**{metric}{scope} ${verb} from {before} to {now}**${a}: more than ${what} does most weeks.`,
          )
        : test.outside === null
          ? claim(
              null,
              facts,
              `**{metric}{scope} ${verb} {change}**, from {before} to {now}${a}. With {history} before it, nobody can tell whether that is more than usual.`,
              `**{metric}{scope} ${verb} from {before} to {now}**${a}. With {history} before it, nobody can tell whether that is more than usual.`,
            )
          : claim(
              null,
              facts,
              `**{metric}{scope} ${verb} {change}, inside what ${what} does most weeks (±{band}):** from {before} to {now}${a}.`,
              `**{metric}{scope} ${verb} {change}, inside what ${what} does most weeks:** from {before} to {now}${a}.`,
              `**{metric}{scope} ${verb} from {before} to {now}${a}, inside what ${what} does most weeks.**`,
            );
  return spans ?? [{ text: `${why.metric.label} has no figure in one of the periods.` }];
}

/**
 * Contributors, releases, errors, what went along, what people write, what speaks against, what is not known.
 * @param known what was already said of it, which is not said again.
 */
export function whySentences(why: Why, facts: readonly Fact[], known: string): Span[][] {
  if (why.test.outside === false && !isZoomed(why))
    return told(quiet(why, facts), claim(null, facts, 'I would not look for a cause.'), ...noted(why, facts)).map(
      fixed,
    );
  const positive = told(
    ...contributorSentences(why, facts, known),
    trafficSentence(why, facts),
    releaseSentence(why, facts, known),
    ...signatureSentences(why, facts, known),
    ...companionSentences(why, facts),
    ...themeSentences(why, facts),
    ...noted(why, facts),
  );
  const explained = explains(why) || why.priority !== null;
  return [
    ...(explained ? [] : told(claim(null, facts, '**Nothing we measure explains it.**')).map(fixed)),
    ...positive,
    ...told(hit(why, facts)),
    ...told(against(why, facts), notKnown(why, facts, known)).map(fixed),
  ];
}

/** Nothing was asked about, and nothing moved. */
function quiet({ chosen }: Why, facts: readonly Fact[]): Span[] | null {
  return chosen
    ? claim(null, facts, 'Of what is measured there, that moved most; nothing left its usual range.')
    : null;
}

/** Whether anything stands beside the change at all. */
export function explains({ evidence }: Pick<Why, 'evidence'>): boolean {
  const { contributors, companions, releases, signatures, themes } = evidence;
  const parts = (contributors?.explained.length ?? 0) + companions.length + signatures.length + themes.length;
  return parts > 0 || releases.some(({ aligned }) => aligned);
}

function placeOf({ query: { surface, filters } }: Why): string {
  if (Object.keys(filters).length > 0) return 'this';
  return surface === null ? 'the product' : surface.includes('*') ? 'these pages' : 'this page';
}

function contributorSentences(
  { evidence: { contributors }, metric }: Why,
  facts: readonly Fact[],
  known: string,
): (Span[] | null)[] {
  if (!contributors || contributors.change === 0) return [];
  if (contributors.explained.length === 0) {
    if (contributors.searched.length < 2) return [];
    const searched = joinWords(
      contributors.searched.map((id) => labelOf(findDimension(id) ?? { label: id })),
      'or',
    );
    return [
      claim(
        null,
        facts,
        `No single ${searched} holds most of it: what is behind it is common to all of them, or not measured here.`,
      ),
    ];
  }
  const first = contributors.explained.findIndex(({ value }) => !known.includes(value));
  return contributors.explained.slice(0, 3).map((part, index) => {
    const other = contributors.explained.findIndex(({ dimension }) => dimension === part.dimension) === index;
    if (known.includes(part.value) || (index !== first && !other)) return null;
    const id = `contributor.${index + 1}`;
    const makes = `**${nounOf(part, id)} ${part.share >= 0.995 ? 'all of the change' : `{${id}.share} of the change`}**`;
    const byMix = 'numerator' in metric.of && Math.abs(part.mix) > Math.abs(part.rate);
    return byMix
      ? claim('concentrated', facts, `${makes}, by becoming a larger or smaller part of the traffic.`)
      : claim(
          'concentrated',
          facts,
          `${makes}, normally {${id}.usual_share} of the events.`,
          NEW_KINDS.has(part.dimension) ? `${makes} and hardly came up before.` : `${makes}.`,
        );
  });
}

/** What is new where it was not counted before; a plan or page without errors was there all along. */
const NEW_KINDS = new Set(['error_signature', 'ticket_topic', 'endpoint']);

function nounOf({ dimension, value }: Contributor, id: string): string {
  if (value === ONE_ACCOUNT) return 'A single account makes up';
  if (value === NO_PAGE) return 'What names no page makes up';
  if (dimension === 'ticket_topic') return `Tickets about "{${id}}" make up`;
  return dimension === 'plan' ? `The {${id}} plan makes up` : `{${id}} makes up`;
}

/** How an account is called where it may not be named. */
export const ONE_ACCOUNT = 'one account';

/** A part below this of the whole is not worth a figure. */
const NEARLY_ALL = 0.9;

function trafficSentence({ evidence: { traffic, test }, metric }: Why, facts: readonly Fact[]): Span[] | null {
  if (!traffic || test.change === 0) return null;
  const sign = Math.sign(test.change);
  const byTraffic = (sign * traffic.traffic) / (Math.abs(traffic.traffic + traffic.rate) || 1);
  const of = metric.id === 'request_failures' ? 'requests' : 'views';
  const [more, higher] = sign > 0 ? ['more', 'a higher'] : ['fewer', 'a lower'];
  if (byTraffic > NEARLY_ALL)
    return claim(null, facts, `**Nearly all of it** goes with ${more} ${of}, not with ${higher} rate.`);
  if (byTraffic < 1 - NEARLY_ALL)
    return claim(null, facts, `**Nearly all of it** is ${higher} rate; it does not go with ${more} ${of}.`);
  return claim(null, facts, `**Of the change**, {by_traffic} go with ${more} ${of} and {by_rate} with ${higher} rate.`);
}

function releaseSentence({ evidence: { releases } }: Why, facts: readonly Fact[], known: string): Span[] | null {
  const [first] = releases;
  if (first === undefined || known.includes('release')) return null;
  if (first.aligned)
    return claim(
      'release-aligned',
      facts,
      '**It began with release {release.1}** ({release.1.began}): {release.1.under} under it, {release.1.before} before.',
    );
  const came = 'Release {release.1} came out on {release.1.began}';
  return first.under === null
    ? claim(null, facts, `${came}; whether it has to do with it cannot be told.`)
    : claim(
        null,
        facts,
        `${came} but does not set it apart: {release.1.under} under it, {release.1.others} under others.`,
        `${came} but does not set it apart: {release.1.under} under it, {release.1.before} before.`,
      );
}

function signatureSentences({ evidence }: Why, facts: readonly Fact[], known: string): (Span[] | null)[] {
  const named = new Set(evidence.contributors?.explained.map(({ value }) => value));
  return evidence.signatures.slice(0, 2).map(({ value, before }, index) => {
    if (named.has(value) || known.includes(value)) return null;
    const id = `signature.${index + 1}`;
    return before === 0
      ? claim('co-occurs', facts, `{${id}} is new: {${id}.now} times, never in the period before.`)
      : claim('co-occurs', facts, `{${id}} rose with it: {${id}.now} times, {${id}.before} before.`);
  });
}

/** The first of its kind stands out, and so begins a line. */
const leading = (words: string, index: number): string => (index === 0 ? `**${words}**` : words);

function companionSentences({ evidence: { companions } }: Why, facts: readonly Fact[]): (Span[] | null)[] {
  return companions.map(({ precedes, test }, index) => {
    const id = `companion.${index + 1}`;
    const verb = test.change > 0 ? 'rose' : 'fell';
    const from = `from {${id}.before} to {${id}.now}`;
    return precedes
      ? claim('precedes', facts, `**{${id}} ${verb} before it**, on {${id}.onset}: ${from}.`)
      : claim('co-occurs', facts, `${leading(`{${id}} ${verb} with it`, index)}, ${from}.`);
  });
}

function themeSentences({ evidence: { themes, contributors } }: Why, facts: readonly Fact[]): (Span[] | null)[] {
  const named = new Set(contributors?.explained.map(({ value }) => value));
  return themes.slice(0, 2).map(({ value, before }, index) => {
    if (named.has(value)) return null;
    const id = `theme.${index + 1}`;
    const were = before === 0 ? 'none' : `{${id}.before}`;
    const about = leading(`Tickets about "{${id}}" rose with it`, index);
    return claim('co-occurs', facts, `${about}: {${id}.now}, ${were} before.`);
  });
}

function noted({ marks }: Why, facts: readonly Fact[]): (Span[] | null)[] {
  return marks.slice(0, 3).map((_, index) => {
    const id = `mark.${index + 1}`;
    return claim(null, facts, `Noted on {${id}.date} ({${id}.kind}): "{${id}}".`);
  });
}

/** What is counted is whom anything happened to, which is more than the change hit. */
const MET = 'met an error, a drop-off or a ticket';

function hit({ reach }: Why, facts: readonly Fact[]): Span[] | null {
  return reach === null
    ? null
    : claim(
        null,
        facts,
        `**{accounts}** ({users}) ${MET} there.`,
        `**{accounts}** ${MET} there.`,
        `**{users}** ${MET} there.`,
      );
}

function against(why: Why, facts: readonly Fact[]): Span[] | null {
  const { unmoved, steady, contributors } = why.evidence;
  if (unmoved)
    return claim(
      null,
      facts,
      `**Against:** ${unmoved.dimension} {unmoved} stayed as it was: {unmoved.now}, {unmoved.before} before.`,
    );
  if (!explains(why) || steady.length === 0) return null;
  return contributors?.outside || why.evidence.companions.length > 0
    ? claim(null, facts, '**Against:** {steady} stayed in the usual range.')
    : null;
}

function notKnown({ sources, evidence, rows }: Why, facts: readonly Fact[], known: string): Span[] | null {
  const signatures = [
    ...evidence.signatures.map(({ value }) => value),
    ...(evidence.contributors?.explained ?? []).flatMap(({ dimension, value }) =>
      dimension === 'error_signature' ? [value] : [],
    ),
  ];
  const knowsReleases =
    rows.length === 0 || rows.some(({ dimension, value }) => dimension === 'release' && value !== null);
  const parts = listNotKnown({ sources, signatures, knowsReleases }).filter((part) => !known.includes(part));
  return parts.length === 0 ? null : claim(null, facts, `**Not known:** ${parts.join('; ')}.`);
}
