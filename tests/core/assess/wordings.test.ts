import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bindFacts } from '../../../src/core/facts/bind.ts';

const FOLDER = join(import.meta.dirname, '../../../src/core/assess');

/** Sentences in quotes that are bound to facts: they end in a full stop and begin with a capital or a placeholder. */
function wordings(): string[] {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /hypotheses.(?:by|release|fault|outside)|unsure/.test(file),
  );
  return files.flatMap((file) => {
    const source = readFileSync(join(FOLDER, file), 'utf8').replace(
      /(?:confirmedBy|refutedBy):\s*(?:'[^']*'|"[^"]*")/g,
      '',
    );
    return [...source.matchAll(/'((?:[A-Z]|\{)[^'\n]*\.)'/g)].map(([, text = '']) => text);
  });
}

it('has no wording that states a figure of its own, as it could never be said', () => {
  const all = wordings();
  expect(all.length).toBeGreaterThan(30);
  const faulty = all.filter((text) => !bindFacts(text.replace(/\{[a-z0-9_.]+\}/g, 'it'), []).ok);
  expect(faulty).toEqual([]);
});
