/**
 * Groups errors that are the same fault: by the code the application gave, else by type and top in-app
 * frame, else by the message with everything variable masked (DETECTION.md). Messages are grouped further at
 * ingest, where the known groups are: see grouping/message-groups.ts.
 */
import { normaliseEndpoint } from './route.ts';
import { maskMessage } from './signature-mask.ts';
import { parseStack } from './stack.ts';

/** Stored with every signature: which rules made it. */
export const SIGNATURE_VERSION = 2;

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

export interface ErrorSignature {
  readonly signature: string;
  /** The whole masked message, where the signature is made of it. */
  readonly masked?: string;
}

/** The signature of an error; null where nothing tells one error from another. */
export function errorSignature(facts: ErrorFacts): ErrorSignature | null {
  const code = facts.error_code?.trim();
  if (code) return { signature: cap(code) };
  return fromStack(facts.stack, facts.message) ?? fromMessage(facts.message) ?? requestSignature(facts);
}

/** The signature of a failed request: its code, else `HTTP_503 POST /api/orders`. */
export function requestSignature(facts: ErrorFacts): ErrorSignature | null {
  const code = facts.error_code?.trim();
  if (code) return { signature: cap(code) };
  if (facts.status === undefined) return null;
  const where = (facts.endpoint && normaliseEndpoint(facts.endpoint)) || facts.surface;
  return { signature: cap(where ? `HTTP_${facts.status} ${where}` : `HTTP_${facts.status}`) };
}

/** Some senders put the stack into the message: it says more than its first line. */
function fromStack(stack: string | undefined, message: string | undefined): ErrorSignature | null {
  const inMessage = stack === undefined && message?.includes('\n');
  const text = inMessage ? message : stack;
  if (!text) return null;
  const { type, frame, headline } = parseStack(text);
  const named = type ?? errorType(message);
  if (frame !== undefined && !minified.test(frame)) return { signature: cap(`${named ?? 'Error'} in ${frame}`) };
  return named === undefined ? null : (fromMessage(headline) ?? { signature: cap(named) });
}

/** Names that a bundler makes anew with every release. */
const minified = /^(?:[A-Za-z_$][\w$]?\.)?[A-Za-z_$][\w$]? \(\S+\.[cm]?js\)$/;

function errorType(message: string | undefined): string | undefined {
  return /^((?:[A-Za-z_$][\w$]*\.)*[A-Z][\w$]*(?:Error|Exception|Failure|Timeout|Warning))\b/.exec(message ?? '')?.[1];
}

function fromMessage(message: string | undefined): ErrorSignature | null {
  const line = (spokenIn(message) ?? message)?.split('\n').find((part) => part.trim() !== '');
  const masked = line === undefined ? '' : maskMessage(line.trim().replace(wrapping, ''));
  return masked === '' ? null : { signature: cap(masked), masked };
}

/** What a browser or a runtime puts before the error itself. */
const wrapping = /^(?:uncaught (?:\(in promise\) )?|unhandled (?:promise )?rejection(?: at)?:? )(?=\S)/i;

/** A message that is a JSON object says what happened in one of its texts. */
function spokenIn(message: string | undefined): string | undefined {
  if (!message?.trimStart().startsWith('{')) return undefined;
  const text =
    /"(?:message|msg|error_description|detail|error|title|reason)"\s{0,5}:\s{0,5}"((?:[^"\\]|\\.){1,2000})"/.exec(
      message.slice(0, 4000),
    )?.[1];
  return text?.replace(/\\(["\\/])/g, '$1').replace(/\\[nrt]/g, ' ');
}

function cap(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH - 1).trimEnd()}…`;
}
