import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../../src/core/detect/rules/index.ts';

describe('the rule registry', () => {
  it('holds every file of its folder, under the name of the file', () => {
    const files = readdirSync(new URL('../../../src/core/detect/rules', import.meta.url))
      .filter((file) => file !== 'index.ts')
      .map((file) => file.replace(/\.ts$/, ''));
    expect(RULES.map(({ id }) => id).sort()).toEqual(files.sort());
  });

  it('has no name twice', () => expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length));
});
