import { type DestinationStream, pino } from 'pino';
import type { Config } from './config.ts';
import type { Log } from './pipeline/ports.ts';

/** Shapes of credentials that may turn up in an error text of somebody else's. */
const credentialShapes = [
  /\bx(?:ox[abeprs]|app)-[\w-]{6,}/g,
  /\bsk-[\w-]{8,}/g,
  /\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi,
  /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"]+:)[^\s/@"]+@/gi,
];

/**
 * Structured logs as JSON lines on stderr, so that stdout stays clean for `--json`.
 * Every line is scrubbed of the configured secrets and of anything that looks like a credential.
 */
export function createLog(
  level: Config['logLevel'],
  secrets: readonly string[] = [],
  stream: DestinationStream = pino.destination(2),
): Log {
  const scrub = (line: string): string => {
    let clean = line;
    for (const secret of secrets) clean = clean.replaceAll(secret, '[secret]');
    for (const shape of credentialShapes)
      clean = clean.replace(shape, (_whole, kept: unknown) =>
        typeof kept !== 'string' ? '[secret]' : kept.endsWith(':') ? `${kept}[secret]@` : `${kept} [secret]`,
      );
    return clean;
  };
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, hooks: { streamWrite: scrub } }, stream);
}
