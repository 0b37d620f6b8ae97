/** `POST /embeddings` as OpenAI has it, which most providers and servers of one's own speak too. */
import { z } from 'zod';
import { type Embedder, EmbedderTrouble } from '../pipeline/embedder.ts';

export interface HttpEmbedderOptions {
  /** Up to where `/embeddings` follows, without a slash at the end. */
  url: string;
  /** Undefined for a server that asks for none. */
  key: { reveal(): string } | undefined;
  model: string;
}

const LONGEST_ANSWER = 50_000_000;
const MOST_NUMBERS = 16_000;
/** What a provider says where a text is too long for it, or nothing it can read, or brings it down. */
const OF_TEXTS = new Set([400, 413, 422, 500]);
const SETTINGS = 'SEEPASS_EMBEDDINGS_URL, SEEPASS_EMBEDDINGS_MODEL and SEEPASS_EMBEDDINGS_KEY';

const answerSchema = z.object({
  data: z.array(
    z.object({
      index: z.number().int().min(0),
      embedding: z.array(z.number()).min(1).max(MOST_NUMBERS),
    }),
  ),
});

export function createHttpEmbedder({ url, key, model }: HttpEmbedderOptions): Embedder {
  const { host } = new URL(url);

  async function ask(texts: readonly string[], signal: AbortSignal): Promise<unknown> {
    const response = await fetch(`${url}/embeddings`, {
      method: 'POST',
      headers: {
        ...{ accept: 'application/json', 'content-type': 'application/json', 'user-agent': 'Seepass' },
        ...(key && { authorization: `Bearer ${key.reveal()}` }),
      },
      body: JSON.stringify({ model, input: texts, encoding_format: 'float' }),
      redirect: 'error',
      signal,
    });
    if (response.ok) return await readJson(response);
    await response.body?.cancel();
    const { status } = response;
    throw new EmbedderTrouble(`${host} gave no embeddings (HTTP ${status}).`, {
      fix: status === 429 || status >= 500 ? 'It is asked again by itself.' : `Check ${SETTINGS}.`,
      mayBeOfTexts: OF_TEXTS.has(status),
    });
  }

  return {
    model: `${model} at ${host}`,
    async embed(texts, signal) {
      try {
        return readEmbeddings(await ask(texts, signal), texts.length, host);
      } catch (error) {
        if (error instanceof EmbedderTrouble) throw error;
        throw new EmbedderTrouble(`${host} did not answer.`, { fix: `Check ${SETTINGS}.`, cause: error });
      }
    },
  };
}

/** In the texts' order, of length 1, all of one dimension. */
function readEmbeddings(answer: unknown, texts: number, host: string): number[][] {
  const unusable = () =>
    new EmbedderTrouble(`${host} answered with something else than embeddings.`, {
      ...{ fix: `Check ${SETTINGS}.`, mayBeOfTexts: true },
    });
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) throw unusable();
  const byIndex = new Map(parsed.data.data.map(({ index, embedding }) => [index, toLengthOne(embedding)]));
  const embeddings = Array.from({ length: texts }, (_, index) => byIndex.get(index) ?? null);
  const dimensions = embeddings[0]?.length;
  return embeddings.map((one) => {
    if (one === null || one.length !== dimensions) throw unusable();
    return one;
  });
}

/** In single precision, as it is kept. Null for one that points nowhere. */
function toLengthOne(embedding: readonly number[]): number[] | null {
  const length = Math.hypot(...embedding);
  return Number.isFinite(length) && length > 0 ? embedding.map((one) => Math.fround(one / length)) : null;
}

/** At most as much as an answer may hold. */
async function readJson(response: Response): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.byteLength;
    if (size > LONGEST_ANSWER) return null;
    parts.push(part);
  }
  return parseJson(Buffer.concat(parts).toString('utf8'));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
