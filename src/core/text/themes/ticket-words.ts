/**
 * The words of a ticket that say what it is about: without greeting, signature, quoted mail, links, redacted
 * parts, numbers and ids, which are alike or unlike for reasons of their own.
 */

/** What is read of a ticket: people say what is wrong first. */
const READ = 1_000;

/** Subject and body as one text; a body that repeats its subject is read once. */
export function joinTicketText(subject: string | null, body: string | null): string {
  if (!subject || body?.includes(subject)) return body ?? '';
  return body ? `${subject}\n${body}` : subject;
}

/** Lower-case words in the order they were written; none where nothing is left. */
export function ticketWords(text: string): string[] {
  const plain = cutTail(text.slice(0, READ))
    .normalize('NFKC')
    .replace(/^\s*>.*$/gm, ' ')
    .replace(/\[[a-z]{2,12}\]/g, ' ')
    .replace(/\b(?:https?:\/\/|www\.)\S+/gi, ' ')
    .replace(/\S+@\S+/g, ' ')
    .replace(greeting, ' ')
    .toLowerCase();
  const words: string[] = [];
  for (const [word] of plain.matchAll(wordShape)) {
    if (/\p{N}/u.test(word)) continue;
    if (unspaced.test(word)) words.push(...segment(word));
    else words.push(word.replaceAll('’', "'"));
  }
  return words;
}

/** Letters with what may stand between them; a token with a digit is matched whole, so that all of it is dropped. */
const wordShape = /[\p{L}\p{M}\p{N}]+(?:['’_-][\p{L}\p{M}\p{N}]+)*/gu;

const greeting =
  /^[\s\p{P}]*(?:hi|hello|hey|dear|greetings|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen)|moin|liebes|bonjour|hola|buenos d[ií]as|ciao|ol[aá])\b(?:(?: \p{L}+){0,3}[,!.:]|[ ]there\b|[ ]team\b)?/gimu;

/** Mail quoted below, and everything from a closing that stands on a line of its own: names, companies, telephones. */
function cutTail(text: string): string {
  const quoted = text.search(quotedMail);
  const own = quoted > 0 ? text.slice(0, quoted) : text;
  const closed = own.search(closing);
  return closed > 0 ? own.slice(0, closed) : own;
}

const quotedMail =
  /^(?:-{2,} ?(?:original message|forwarded).*|on .{5,120} wrote:|am .{5,120} schrieb.*:|le .{5,120} a écrit ?:)\s*$/im;
const closing =
  /\n\s*(?:--\s*$|(?:(?:best|kind|warm|many|with) )?(?:regards|wishes|thanks)|best|cheers|sincerely(?: yours)?|yours (?:sincerely|faithfully|truly)|thank you(?: (?:so|very) much)?|thx|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|(?:viele|beste|liebe) gr(?:ü|ue)(?:ß|ss)e|mfg|vg|lg|cordialement|bien à vous|merci(?: d'avance)?|saludos(?: cordiales)?|un saludo|gracias|cordiali saluti|atenciosamente|met vriendelijke groet(?:en)?)[,.!]*\s*(?:\n|$)/imu;

/** Scripts that put no space between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

function segment(run: string): string[] {
  return [...segmenter.segment(run)].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment] : []));
}
