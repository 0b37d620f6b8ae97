/** Who embeds runbooks and questions. Part of the environment; see config.ts. */
import { z } from 'zod';
import { SeepassError } from './errors.ts';
import { Secret } from './secret.ts';

/** Of one's own machine or network: names without a dot lead nowhere else. */
const OWN_NETWORK = /^(?:[a-z0-9-]+|127\.0\.0\.1|\[::1\])$/i;

/** Runbooks and the key are sent there. */
const isKept = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && OWN_NETWORK.test(hostname));
};

const isPlain = (url: string): boolean => {
  const { username, password, search, hash } = new URL(url);
  return `${username}${password}${search}${hash}` === '';
};

export const embeddingVariables = {
  SEEPASS_EMBEDDINGS_URL: z
    .string()
    .refine(URL.canParse, { error: 'must be a URL such as https://api.openai.com/v1', abort: true })
    .refine(isKept, {
      error:
        'must begin with https://, but for a host of your own network without a dot in its name: runbooks are sent there',
    })
    .refine(isPlain, {
      error: 'must end with its path, without a user, "?" or "#": a key belongs into SEEPASS_EMBEDDINGS_KEY',
    })
    .transform((url) => new URL(url).href.replace(/\/+$/, ''))
    .optional(),
  SEEPASS_EMBEDDINGS_MODEL: z
    .string()
    .regex(/^[\w./:@-]{1,200}$/, { error: 'must be the name of a model, such as text-embedding-3-small' })
    .optional(),
  SEEPASS_EMBEDDINGS_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{8,}$/, {
      error: 'must be at least 8 letters, digits or signs without a blank: an API key of the provider',
    })
    .transform((value) => new Secret(value))
    .optional(),
};

type EmbeddingEnvironment = z.infer<z.ZodObject<typeof embeddingVariables>>;

export interface EmbeddingsConfig {
  /** Without a slash at the end. */
  readonly url: string;
  readonly model: string;
  /** Undefined for a server that asks for none. */
  readonly key: Secret | undefined;
}

/** Null where nobody does. @throws SeepassError `bad_config` where only half of it is set. */
export function readEmbeddings(env: EmbeddingEnvironment): EmbeddingsConfig | null {
  const { SEEPASS_EMBEDDINGS_URL: url, SEEPASS_EMBEDDINGS_MODEL: model, SEEPASS_EMBEDDINGS_KEY: key } = env;
  if (url !== undefined && model !== undefined) return { url, model, key };
  if (url === undefined && model === undefined && key === undefined) return null;
  throw new SeepassError('bad_config', 'Embeddings are set up by half.', {
    fix: 'Set both SEEPASS_EMBEDDINGS_URL and SEEPASS_EMBEDDINGS_MODEL, or nothing that begins with SEEPASS_EMBEDDINGS.',
  });
}
