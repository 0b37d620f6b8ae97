/** A time or an event that no calendar tells: "since launch", "during the outage", "two Tuesdays ago". */

import { phrases } from './phrases/phrases.ts';
import type { Sentence } from './sentence.ts';
import { wordList } from './word-list.ts';

const HOUR = '(?:\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)';
/** Days and seasons that differ by place, or that nobody has told us of. */
const NAMED = phrases`
  easter|christmas|xmas|thanksgiving|black friday|cyber monday|new years?(?: eve| day)?|halloween|valentines(?: day)?|hanukkah|diwali|ramadan|eid
  (?:bank|public|school|national|summer|winter) holidays?|holiday season|holidays|labou?r day|memorial day|independence day
  (?:in|over|during|since|last|this|all|late|early) (?:the )?(?:summer|winter|spring|autumn|fall|season|semester|sprint|iteration|term|school year)
  small hours|wee hours|lunch ?(?:time|break|hour)?|tea ?time|dinner ?time|rush hours?|half (?:an )?hour|school hours|pay ?day
  between ${HOUR} and ${HOUR}(?! \w*(?:errors|tickets))
  (?:kw|cw) \d{1,2}
  (?:two|three|four|five|\d) (?:mon|tues|wednes|thurs|fri|satur|sun)days (?:ago|back)
  (?:a|some|a little|quite a) while|the other (?:day|week)|recently enough|back in the day|not long ago|a few (?:days|weeks|months) (?:ago|back)|ages ago
`;
/** Partly read as time: the Friday of "Black Friday". */
const NAMED_WHOLE =
  /\b(?:black friday|cyber monday|(?:two|three|four|five|\d) (?:mon|tues|wednes|thurs|fri|satur|sun)days (?:ago|back)|(?:last|past|previous) (?:two|three|four|five|six|\d) (?:mon|tues|wednes|thurs|fri|satur|sun)days|half (?:an )?hour|(?:last|this) (?:summer|winter|spring|autumn|fall|season)|new years?(?: eve| day)?)\b/u;
/** Units no answer is cut in. */
const GRAIN =
  /\b(?:by|per|every|each) (?:the )?(?:(?:\d+|two|five|ten|fifteen|thirty) )?(?:minutes?|mins?|seconds?|secs?|quarters?|years?|decades?|fortnights?|sprints?|semesters?)\b|\b(?:minutely|yearly|fortnightly|biweekly)\b/u;
/** What was before or after a release has no dates here. */
const AROUND =
  /\b(?:before|since|until|prior to|before and after) (?:the )?(?:release |version |deploy(?:ment)? )?(?:of )?$/iu;
const ANCHOR = wordList('since during until till before after');
/** Moments of their own, whichever day is named beside them. */
const MOMENT = wordList('deploy deployment rollout launch outage migration hotfix upgrade incident relaunch');
const LITTLE = wordList('the a an our my we you they i it last latest new first big recent next just that this');
/** After "before" and "after", words that name no moment. */
const NO_MOMENT = wordList(
  'all and or that then now which who what when is are was were did do does has have had than vs compared to for on in at by they it these those noon submit paying checkout',
);

/** The time as written that was not understood. */
export function findUnknownTime(sentence: Sentence): string | undefined {
  const { whole, plain, tokens, mentions, time } = sentence;
  const named = (NAMED.exec(plain) ?? NAMED_WHOLE.exec(whole))?.[0];
  if (named !== undefined && !mentions.some(({ first, end }) => end - first > 1 && tokens[first]?.word === named))
    return named;
  const grain = GRAIN.exec(plain)?.[0] ?? GRAIN.exec(whole)?.[0];
  if (grain !== undefined && time.grain === null) return grain;
  for (const [at, { word, taken }] of tokens.entries()) {
    if (taken || !ANCHOR.has(word) || isInMention(sentence, at)) continue;
    const next = tokens.findIndex((token, place) => place > at && !(LITTLE.has(token.word) && !token.taken));
    const token = tokens[next];
    if (token === undefined || token.taken || NO_MOMENT.has(token.word) || /^\d/u.test(token.word)) continue;
    if (time.window !== null && (word === 'before' || word === 'after') && !MOMENT.has(token.word)) continue;
    return sentence.text.slice(tokens[at]?.start, token.end);
  }
  return undefined;
}

/** "Errors since web@1.42.0": when that was is not known here. */
export function findReleaseAsTime({ text, written }: Sentence): string | undefined {
  for (const { slot, start, end } of written) {
    const before = slot === 'release' ? AROUND.exec(text.slice(0, start)) : null;
    if (before !== null) return text.slice(before.index, end);
  }
  return undefined;
}

const isInMention = ({ mentions }: Sentence, at: number): boolean =>
  mentions.some(({ first, end }) => first <= at && at < end);
