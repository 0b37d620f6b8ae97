/** What somebody wrote, as a quote: one line without greeting and sign-off, which name people and say nothing. */

const LONGEST = 240;
const GREETING =
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings)\b[^,.!?:\n]{0,30}[,.!:]?\s*\n?/i;
/** From a closing formula at the start of a line, or as a last short sentence, to the end. */
const SIGN_OFF =
  /(?:^|\n|(?<=[.!?]\s))(?:many thanks|thank you(?: very much)?|thanks(?: a lot| in advance| again)?|best(?: regards| wishes)?|kind regards|regards|cheers|sincerely|yours)\b[^\n]{0,40}(?:\n[\s\S]{0,80})?$/i;

export function quoteOf(text: string): string {
  const body = text
    .trim()
    .replace(SIGN_OFF, '')
    .replace(/^([^:\n]{1,120}: )?/, (subject) => subject)
    .trim();
  const subject = /^[^:\n]{1,120}: /.exec(body)?.[0] ?? '';
  const bare = subject + body.slice(subject.length).replace(GREETING, '');
  const line = bare.replace(/\s+/g, ' ').trim() || text.replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= LONGEST
    ? line
    : `${characters
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`;
}
