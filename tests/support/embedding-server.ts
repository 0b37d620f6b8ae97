/** A provider of embeddings on this machine: knows a few matters, in whatever words they are told. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { createHttpEmbedder } from '../../src/embeddings/http-embedder.ts';
import type { Embedder } from '../../src/pipeline/embedder.ts';
import { json, type ScriptedServer, startScriptedServer } from './scripted-server.ts';

const MATTERS = [/walrus|walross|morse/i, /otter|loutre/i, /heron|reiher/i, /zeppelin|luftschiff|airship/i];
/** What a text is about besides, so that no two are alike. */
const OTHERS = 60;

const requestSchema = z.object({ model: z.string(), input: z.array(z.string()).max(32) });

export interface EmbeddingServer extends ScriptedServer {
  embedder: Embedder;
  /** Every text that it was given. */
  texts(): string[];
  /** From now on it answers so; null for embeddings again. */
  fail(status: number | null): void;
}

/** @param refuses a text that makes it refuse the whole request, with the status `refusal`. */
export async function startEmbeddingServer({
  refuses = /$^/,
  refusal = 400,
}: {
  refuses?: RegExp;
  refusal?: number;
} = {}): Promise<EmbeddingServer> {
  let failing: number | null = null;
  const server = await startScriptedServer(({ body }, response) => {
    const { input } = requestSchema.parse(JSON.parse(body));
    if (failing !== null) return json(response, failing, { error: { message: 'no' } });
    if (input.some((text) => refuses.test(text))) return json(response, refusal, { error: { message: 'too long' } });
    return json(response, 200, { data: input.map((text, index) => ({ index, embedding: embed(text) })) });
  });
  return {
    ...server,
    embedder: createHttpEmbedder({ url: server.url, key: undefined, model: 'matters' }),
    texts: () => server.asked.flatMap(({ body }) => requestSchema.parse(JSON.parse(body)).input),
    fail(status) {
      failing = status;
    },
  };
}

function embed(text: string): number[] {
  const noise = createHash('shake256', { outputLength: OTHERS }).update(text).digest();
  return [...MATTERS.map((matter) => (matter.test(text) ? 4 : 0)), ...[...noise].map((byte) => byte / 127.5 - 1)];
}
