import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../pipeline/ports.ts';

/** A Web API client's own lines: every refusal is thrown to the caller, who logs it or knows what to do. */
export function createClientLogger(log: Log): Logger {
  const whisper = (...parts: unknown[]): void => log.debug({ from: 'web-api' }, parts.map(inWords).join(' '));
  return { ...createBoltLogger(log), warn: whisper, error: whisper };
}

/** Bolt's log lines through ours. Debug lines are dropped: they hold whole payloads. */
export function createBoltLogger(log: Log): Logger {
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (...parts: unknown[]): void =>
      log[level]({ from: 'bolt' }, parts.map(inWords).join(' '));
  return {
    debug: () => undefined,
    // Bolt's "info" is the SDK talking about itself.
    info: (...parts) => log.debug({ from: 'bolt' }, parts.map(inWords).join(' ')),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

function inWords(part: unknown): string {
  if (part instanceof Error) return part.message;
  return typeof part === 'string' ? part : JSON.stringify(part);
}
