import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { assessInput, assessOutput } from '../../src/anthropic/assess-prompt.ts';
import { explainInput, explainOutput } from '../../src/anthropic/explain-prompt.ts';
import { narrateInput, narrateOutput } from '../../src/anthropic/narrate-prompt.ts';
import { loadPrompt } from '../../src/anthropic/prompts.ts';
import { routeInput, routeOutput } from '../../src/anthropic/route-prompt.ts';

const SHIPPED = {
  assess: { input: assessInput, output: assessOutput },
  'explain-priority': { input: explainInput, output: explainOutput },
  'narrate-answer': { input: narrateInput, output: narrateOutput },
  'route-question': { input: routeInput, output: routeOutput },
};
const PROMPTS = join(import.meta.dirname, '../../prompts');
const SHAPE = { input: z.object({ facts: z.string() }), output: z.object({ summary: z.string(), action: z.string() }) };
const GOOD =
  '---\nid: p\nversion: 2\nmodel: default\nmax_tokens: 100\ninput: facts\noutput: action, summary\n---\n\nWrite.\n';
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-prompts-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('prompt files', () => {
  it('ships prompts that fit their code', async () => {
    expect((await readdir(PROMPTS)).sort()).toEqual(Object.keys(SHIPPED).map((id) => `${id}.md`));
    for (const [id, shape] of Object.entries(SHIPPED))
      expect(await loadPrompt(PROMPTS, id, shape)).toMatchObject({ id, model: 'default' });
  });

  it.each(Object.entries(SHIPPED))(
    'changes %s only on purpose: raise its version with its words',
    async (id, shape) => {
      expect(await loadPrompt(PROMPTS, id, shape)).toMatchSnapshot();
    },
  );

  it('reads the head and the text', async () => {
    await writeFile(join(folder, 'p.md'), GOOD.replaceAll('\n', '\r\n'));
    expect(await loadPrompt(folder, 'p', SHAPE)).toEqual({
      id: 'p',
      version: 2,
      model: 'default',
      maxTokens: 100,
      text: 'Write.',
    });
  });

  it.each([
    ['no front matter', 'Write.', /front matter/],
    ['no version', GOOD.replace('version: 2\n', ''), /version/],
    ['a key nobody knows', GOOD.replace('model:', 'temperature: 1\nmodel:'), /temperature/],
    ['another id', GOOD.replace('id: p', 'id: q'), /its id says q/],
    [
      'fields the code does not send',
      GOOD.replace('input: facts', 'input: facts, secrets'),
      /input lists facts, secrets/,
    ],
    ['fields the code does not read', GOOD.replace('output: action, ', 'output: '), /output lists summary/],
    ['no text', GOOD.replace('\nWrite.\n', ''), /front matter/],
  ])('refuses a prompt with %s', async (_, content, reason) => {
    await writeFile(join(folder, 'p.md'), content);
    await expect(loadPrompt(folder, 'p', SHAPE)).rejects.toMatchObject({
      code: 'bad_config',
      message: expect.stringMatching(reason),
    });
  });

  it('says when the file is not there', async () => {
    await expect(loadPrompt(folder, 'missing', SHAPE)).rejects.toMatchObject({
      code: 'bad_config',
      fix: 'Install Seepass again.',
    });
  });
});
