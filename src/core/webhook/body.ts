/** What a delivery's text holds, as JSON; what no parser of ours should meet is refused here. */

/** Deeper than any tool nests, and far from what a recursive reader can take. */
const DEEPEST = 100;

export type BodyValue = { value: unknown; reason?: undefined } | { value?: undefined; reason: string };

const TOO_DEEP = { reason: `The body is nested more than ${DEEPEST} levels deep.` };

/**
 * One JSON value, else its lines as an array: each parsed, or its text where it is no JSON.
 * @param mayBeText false where a sender said JSON: then one line at least has to be.
 */
export function readBodyValue(text: string, mayBeText: boolean): BodyValue {
  const body = text.replace(/^\uFEFF/, '');
  if (body.trim() === '') return { reason: 'The body is empty.' };
  if (body.includes('\0')) return { reason: 'The body holds NUL characters: send it as UTF-8.' };
  const whole = parse(body);
  if (whole !== undefined) return isTooDeep(body) ? TOO_DEEP : whole;
  const values: unknown[] = [];
  let parsed = 0;
  for (const line of body.split('\n')) {
    if (line.trim() === '') continue;
    const json = parse(line);
    if (json !== undefined && isTooDeep(line)) return TOO_DEEP;
    if (json !== undefined) parsed += 1;
    values.push(json === undefined ? line.replace(/\r$/, '') : json.value);
  }
  return parsed > 0 || mayBeText ? { value: values } : { reason: 'The body is not valid JSON.' };
}

/** `__proto__` as a key, plain or escaped, could reach an object's prototype when it is copied. */
const proto = /__proto__|\\u005f/i;

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: proto.test(text) ? JSON.parse(text, withoutProto) : JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Undefined leaves a key out. */
function withoutProto(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [BRACE, BRACE_END, BRACKET, BRACKET_END] = [0x7b, 0x7d, 0x5b, 0x5d];

/** @param text valid JSON. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (code === BRACE || code === BRACKET) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (code === BRACE_END || code === BRACKET_END) depth -= 1;
  }
  return false;
}
