/**
 * Groups errors that are the same fault: by the code the application gave, else by type and top in-app
 * frame, else by the message with everything variable masked (DETECTION.md).
 */
import { normaliseEndpoint } from './route.ts';
import { parseStack } from './stack.ts';

const MAX_LENGTH = 160;

export interface ErrorFacts {
  error_code?: string | undefined;
  message?: string | undefined;
  stack?: string | undefined;
  /** HTTP status of a failed request. */
  status?: number | undefined;
  endpoint?: string | undefined;
  surface?: string | undefined;
}

/** The signature of an error; null where nothing tells one error from another. */
export function errorSignature(facts: ErrorFacts): string | null {
  const code = facts.error_code?.trim();
  if (code) return cap(code);
  return fromStack(facts.stack, facts.message) ?? fromMessage(facts.message) ?? requestSignature(facts);
}

/** The signature of a failed request: its code, else `HTTP_503 POST /api/orders`. */
export function requestSignature(facts: ErrorFacts): string | null {
  const code = facts.error_code?.trim();
  if (code) return cap(code);
  if (facts.status === undefined) return null;
  const where = (facts.endpoint && normaliseEndpoint(facts.endpoint)) || facts.surface;
  return cap(where ? `HTTP_${facts.status} ${where}` : `HTTP_${facts.status}`);
}

function fromStack(stack: string | undefined, message: string | undefined): string | null {
  if (!stack) return null;
  const { type, frame } = parseStack(stack);
  const named = type ?? errorType(message);
  if (frame === undefined) return named === undefined ? null : cap(fromMessage(stack.split('\n', 1)[0]) ?? named);
  return cap(`${named ?? 'Error'} in ${frame}`);
}

function errorType(message: string | undefined): string | undefined {
  return /^((?:[A-Za-z_$][\w$]*\.)*[A-Z][\w$]*(?:Error|Exception|Failure|Timeout|Warning))\b/.exec(message ?? '')?.[1];
}

function fromMessage(message: string | undefined): string | null {
  const line = message?.split('\n').find((part) => part.trim() !== '');
  return line === undefined ? null : cap(maskMessage(line)) || null;
}

/** In the order they run: what holds other shapes goes first. */
const masks: readonly (readonly [RegExp, string])[] = [
  [/\[(email|phone|card|iban|ip|token|secret|cookie|credentials)\]/g, '<$1>'],
  [/"(?:[^"\\]|\\.){0,300}"|(?<!\w)'(?:[^'\\\n]|\\.){0,300}'(?!\w)|`[^`]{0,300}`/g, '<str>'],
  [/\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>)\]]{1,1000}/gi, '<url>'],
  [/[\w.!#$%&*+/=?^{|}~-]{1,64}@[\w.-]{1,200}\.[a-z]{2,24}/gi, '<email>'],
  [/\b[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}\b/gi, '<trace>'],
  [/\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi, '<uuid>'],
  [/\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?/g, '<date>'],
  [/\b\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\b/g, '<time>'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, '<ip>'],
  [/\b(?:localhost|(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,10}):\d+/gi, '<host>'],
  [/\b(?:[a-z0-9-]{1,63}\.){2,6}(?:com|net|org|io|dev|app|local|internal|cloud|co)\b/gi, '<host>'],
  [/(?<![\w.])(?:\/[\w.@%:~+-]{1,100}){2,20}\/?/g, '<path>'],
  [/\b0x[\da-f]+\b/gi, '<hex>'],
  [/\b(?=[a-f]*\d)[\da-f]{7,64}\b/gi, '<hex>'],
  [/\b[A-Za-z]{1,12}(?:_(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{1,64}|-(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{5,64})\b/g, '<id>'],
  [/[+-]?\b\d+(?:[.,]\d+)*\s?(?:ns|us|µs|ms|s|sec|secs|seconds?|min|mins|minutes?|h|hours?|days?)\b/gi, '<duration>'],
  [/[+-]?\b\d+(?:[.,]\d+)*\s?(?:bytes|[kmgt]i?b)\b/gi, '<size>'],
  [/(?<![A-Za-z_])[+-]?\d+(?:[.,]\d+)*%?/g, '<n>'],
];

/** The message with e-mails, URLs, hosts, ids, dates, durations, numbers and quoted texts masked. */
export function maskMessage(message: string): string {
  let masked = message.slice(0, 2000);
  for (const [shape, label] of masks) masked = masked.replace(shape, label);
  return masked
    .replace(/\s+/g, ' ')
    .replace(/(<n>)(?:[ ,]*<n>)+/g, '$1')
    .trim();
}

function cap(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH - 1).trimEnd()}…`;
}
