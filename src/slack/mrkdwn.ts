/**
 * Text on its way into Slack. `& < >` are what Slack parses for mentions, channels and links, so escaping
 * them also kills `<!channel>` and `<@U…>` in tickets, errors and account names.
 */

/** Escapes words of our own that may quote a person's; their formatting marks stay. */
export function escapeEntities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What a person typed: Slack escapes it before it hands it on. */
export function unescapeEntities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/**
 * Escapes text from outside for one line of mrkdwn: entities, control characters, line breaks and
 * formatting marks (Slack has no escape for these; a zero-width space beside them disarms them).
 */
export function escapeText(text: string): string {
  return escapeEntities(oneLine(text))
    .replace(/[*~`]/g, '\u200b$&\u200b')
    .replace(/(^|[^\p{L}\p{N}])_|_(?=$|[^\p{L}\p{N}])/gu, '$&\u200b');
}

/** One line without control characters, so that a text cannot break out of its place. */
export function oneLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must go
  return text.replace(/[\u0000-\u001f\u007f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ').trim();
}

/** At most `limit` characters (UTF-16 units, as Slack counts), never half a character, `…` when cut. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** Text from outside for one line of mrkdwn, clipped before it is escaped. */
export function quote(text: string, limit: number): string {
  return escapeText(clip(oneLine(text), limit));
}

/** A long name with its middle cut: both the start and the end of a route tell it apart. */
export function shorten(name: string, limit: number): string {
  const line = oneLine(name);
  if (line.length <= limit) return line;
  const head = Math.ceil((limit - 1) * 0.6);
  const tail = limit - 1 - head;
  const start = line.slice(0, head).replace(/[\ud800-\udbff]$/, '');
  const end = line.slice(line.length - tail).replace(/^[\udc00-\udfff]/, '');
  return `${start}…${end}`;
}

/** A link, or only its label where the address is not plain http(s). */
export function link(url: string, label: string): string {
  const text = quote(label, 80);
  if (!/^https?:\/\/[^\s<>|]+$/i.test(url) || url.length > 1000) return text;
  return `<${escapeEntities(url)}|${text}>`;
}
