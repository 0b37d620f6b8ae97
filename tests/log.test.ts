import { Writable } from 'node:stream';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createLog } from '../src/log.ts';

/** A log whose lines can be read. */
function captureLog(secrets: string[] = []) {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: createLog('debug', secrets, stream), lines };
}

describe('the log', () => {
  it('writes one JSON line per entry', () => {
    const { log, lines } = captureLog();
    log.info({ rows: 3 }, 'imported');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ level: pino.levels.values.info, rows: 3, msg: 'imported' });
  });

  it.each([
    ['a bot token', 'xoxb-123-456-abcdef', 'xoxb-123'],
    ['an app token', 'xapp-1-A0-12-fedcba', 'xapp-1'],
    ['a model key', 'sk-ant-api03-abcdefgh', 'api03'],
    ['a bearer header', 'Authorization: Bearer abc.def.ghijkl', 'abc.def'],
    ['a database password', 'postgres://seepass:hunter2@db:5432/x', 'hunter2'],
  ])('hides %s inside an error of somebody else', (_what, text, leak) => {
    const { log, lines } = captureLog();
    log.error({ err: new Error(`failed with ${text}`), request: { text } }, text);
    expect(lines.join('')).not.toContain(leak);
    expect(lines.join('')).toContain('[secret]');
  });

  it('hides the configured secrets whatever they look like', () => {
    const { log, lines } = captureLog(['plain-words-secret']);
    log.warn({ nested: { deep: ['plain-words-secret'] } }, 'plain-words-secret was used');
    expect(lines.join('')).not.toContain('plain-words-secret');
    expect(() => JSON.parse(lines[0] ?? '')).not.toThrow();
  });
});
