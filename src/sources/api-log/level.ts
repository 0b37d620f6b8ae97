import { type Fields, valueAt } from '../payload/fields.ts';

export interface Level {
  name: 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  /** 0-4, 4 worst. */
  severity: number;
}

const LEVELS: readonly (Level & { words: RegExp; from: number })[] = [
  { name: 'fatal', severity: 4, words: /^(?:fatal|critical|crit|emerg|emergency|alert|panic)$/, from: 60 },
  { name: 'error', severity: 3, words: /^(?:error|err|severe)$/, from: 50 },
  { name: 'warn', severity: 2, words: /^warn(?:ing)?$/, from: 40 },
  { name: 'info', severity: 1, words: /^(?:info|information|notice|log)$/, from: 30 },
  { name: 'debug', severity: 0, words: /^(?:debug|trace|verbose|silly)$/, from: Number.NEGATIVE_INFINITY },
];
const NAMES = ['level', 'severity', 'lvl', 'levelname', 'log.level', 'severityText'];
const USUAL: Level = { name: 'info', severity: 1 };

/** The level of a record, in words or in the numbers pino and bunyan use; info where it says none that is known. */
export function levelOf(record: Fields): Level {
  for (const name of NAMES) {
    const sent = valueAt(record, name);
    const word = typeof sent === 'string' ? sent.trim().toLowerCase().slice(0, 20) : undefined;
    const found = LEVELS.find(({ words, from }) =>
      word === undefined ? typeof sent === 'number' && sent >= from : words.test(word),
    );
    if (found !== undefined) return found;
  }
  return USUAL;
}
