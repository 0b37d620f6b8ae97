import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sources, webhooks } from '../../src/sources/index.ts';

describe('the registry of sources', () => {
  it('holds every file of its folder, under the name of the file', () => {
    const files = readdirSync(new URL('../../src/sources', import.meta.url))
      .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
      .map((file) => file.replace(/\.ts$/, '').replaceAll('-', '_'));
    expect(sources.map(({ name }) => name).sort()).toEqual(files.sort());
  });

  it('has no name twice', () => expect(new Set(sources.map(({ name }) => name)).size).toBe(sources.length));

  it.each(webhooks)('says how to set up $name, and keeps no header that proves a delivery', (source) => {
    expect(source.setup.join('\n')).toContain('{url}');
    const proving = source.proof.kind === 'hmac' ? [source.proof.header] : source.proof.headers;
    expect(source.keptHeaders.filter((header) => proving.includes(header))).toEqual([]);
    for (const header of [...source.keptHeaders, ...proving]) expect(header).toBe(header.toLowerCase());
  });
});
