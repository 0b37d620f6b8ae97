import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SeepassError } from '../errors.ts';

/** A prompt file: what it says to the model, and what it takes and gives. */
export interface Prompt {
  id: string;
  version: number;
  /** `default` is the configured model; anything else names one. */
  model: string;
  maxTokens: number;
  text: string;
}

/** The fields a prompt's code sends and expects; the file must list the same. */
export interface PromptShape {
  input: z.ZodObject;
  output: z.ZodObject;
}

const fields = z.string().transform((list) =>
  list
    .split(',')
    .map((field) => field.trim())
    .sort(),
);

const headSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  version: z.coerce.number().int().positive(),
  model: z.string().min(1),
  max_tokens: z.coerce.number().int().min(1).max(8192),
  input: fields,
  output: fields,
});

/**
 * Reads `<folder>/<id>.md`: `key: value` lines between two `---` lines, then the text.
 * @throws SeepassError `bad_config` when it is missing, malformed, or out of step with the code's fields.
 */
export async function loadPrompt(folder: string, id: string, shape: PromptShape): Promise<Prompt> {
  const file = join(folder, `${id}.md`);
  const source = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SeepassError('bad_config', `The prompt ${id}.md cannot be read.`, {
      cause,
      fix: 'Install Seepass again.',
    });
  });
  const [, head, text] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]+)$/.exec(source) ?? [];
  if (head === undefined || text === undefined)
    throw fault(id, 'it needs front matter between two --- lines, then text');
  const parsed = headSchema.safeParse(readHead(head));
  if (!parsed.success) {
    throw fault(id, parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '));
  }
  const { max_tokens: maxTokens, input, output, ...rest } = parsed.data;
  if (rest.id !== id) throw fault(id, `its id says ${rest.id}`);
  requireSameFields(id, 'input', input, shape.input);
  requireSameFields(id, 'output', output, shape.output);
  return { ...rest, maxTokens, text: text.trim() };
}

function readHead(head: string): Record<string, string> {
  return Object.fromEntries(
    head.split(/\r?\n/).map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, Math.max(colon, 0)).trim(), line.slice(colon + 1).trim()];
    }),
  );
}

function requireSameFields(id: string, side: 'input' | 'output', listed: readonly string[], schema: z.ZodObject): void {
  const coded = Object.keys(schema.shape).sort();
  if (listed.join() !== coded.join())
    throw fault(id, `its ${side} lists ${listed.join(', ')}, the code has ${coded.join(', ')}`);
}

function fault(id: string, what: string): SeepassError {
  return new SeepassError('bad_config', `The prompt ${id}.md is not usable: ${what}.`);
}
