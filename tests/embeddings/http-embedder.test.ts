import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpEmbedder } from '../../src/embeddings/http-embedder.ts';
import { EmbedderTrouble } from '../../src/pipeline/embedder.ts';
import { Secret } from '../../src/secret.ts';
import { json, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const KEY = 'sk-embeddings-0123456789';
let server: ScriptedServer | undefined;
afterEach(() => server?.stop());

const never = () => new AbortController().signal;

/** An embedder at a server that answers so. */
async function embedderOf(answer: (response: ServerResponse) => void) {
  server = await startScriptedServer((_, response) => answer(response));
  const embedder = createHttpEmbedder({
    ...{ url: `${server.url}/v1`, key: new Secret(KEY), model: 'small' },
  });
  return { embedder, asked: server.asked };
}

const troubleOf = async (work: Promise<unknown>): Promise<EmbedderTrouble> => {
  const error = await work.catch((thrown: unknown) => thrown);
  if (error instanceof EmbedderTrouble) return error;
  throw new Error(`not refused: ${String(error)}`);
};

describe('an embedder over HTTP', () => {
  it('asks as OpenAI has it, and gives embeddings of length 1 in the texts’ order', async () => {
    const { embedder, asked } = await embedderOf((response) =>
      json(response, 200, {
        data: [
          { index: 1, embedding: [0, 5] },
          { index: 0, embedding: [3, 4] },
        ],
      }),
    );
    expect(await embedder.embed(['one', 'two'], never())).toEqual([
      [Math.fround(0.6), Math.fround(0.8)],
      [0, 1],
    ]);
    const [request] = asked;
    expect(request).toMatchObject({ method: 'POST', path: '/v1/embeddings' });
    expect(request?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, 'content-type': 'application/json' });
    expect(JSON.parse(request?.body ?? '')).toEqual({
      model: 'small',
      input: ['one', 'two'],
      encoding_format: 'float',
    });
    expect(embedder.model).toBe(`small at ${new URL(server?.url ?? '').host}`);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['no JSON', (response) => response.end('<html>')],
    ['no embeddings', (response) => json(response, 200, { data: [] })],
    ['one too few', (response) => json(response, 200, { data: [{ index: 0, embedding: [1] }] })],
    ['another shape', (response) => json(response, 200, { embeddings: [[1], [1]] })],
    [
      'words for numbers',
      (response) => json(response, 200, { data: [0, 1].map((index) => ({ index, embedding: ['1'] })) }),
    ],
    [
      'nothing but zeros',
      (response) => json(response, 200, { data: [0, 1].map((index) => ({ index, embedding: [0] })) }),
    ],
    [
      'two lengths',
      (response) =>
        json(response, 200, {
          data: [
            { index: 0, embedding: [1] },
            { index: 1, embedding: [1, 1] },
          ],
        }),
    ],
    ['a redirect to somewhere else', (response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end()],
    [
      'half of an answer',
      (response) => response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy()),
    ],
  ])('takes no %s', async (_, answer) => {
    const { embedder } = await embedderOf(answer);
    const trouble = await troubleOf(embedder.embed(['one', 'two'], never()));
    expect(trouble.code).toBe('model_unavailable');
    expect(trouble.line).toMatch(/did not answer|something else than embeddings/);
  });

  it.each([
    { status: 400, mayBeOfTexts: true, fix: 'Check SEEPASS_EMBEDDINGS_URL' },
    { status: 413, mayBeOfTexts: true, fix: 'Check SEEPASS_EMBEDDINGS_URL' },
    { status: 401, mayBeOfTexts: false, fix: 'Check SEEPASS_EMBEDDINGS_URL' },
    { status: 404, mayBeOfTexts: false, fix: 'Check SEEPASS_EMBEDDINGS_URL' },
    { status: 503, mayBeOfTexts: false, fix: 'asked again by itself' },
    { status: 429, mayBeOfTexts: false, fix: 'asked again by itself' },
    { status: 500, mayBeOfTexts: true, fix: 'asked again by itself' },
  ])('says of HTTP $status what to do, and nothing that was said or sent', async ({ status, mayBeOfTexts, fix }) => {
    const { embedder } = await embedderOf((response) => json(response, status, { error: `bad key ${KEY} for walrus` }));
    const trouble = await troubleOf(embedder.embed(['walrus'], never()));
    expect(trouble.mayBeOfTexts).toBe(mayBeOfTexts);
    expect(trouble.line).toContain(`(HTTP ${status})`);
    expect(trouble.line).toContain(fix);
    expect(trouble.line).not.toMatch(/walrus|sk-emb/);
  });

  it('gives up when nobody waits any more', async () => {
    const { embedder } = await embedderOf(() => undefined);
    const trouble = await troubleOf(embedder.embed(['one'], AbortSignal.timeout(50)));
    expect(trouble.line).toContain('did not answer');
  });
});
