import Anthropic from '@anthropic-ai/sdk';

export interface ModelAccess {
  apiKey: { reveal(): string };
  /** Without `/v1`; Anthropic's own when undefined. */
  baseUrl: string | undefined;
  /** Milliseconds for one try. */
  timeoutMs?: number;
}

const DEFAULT_BASE_URL = 'https://api.anthropic.com';
const TIMEOUT_MS = 20_000;

/** One retry: the SDK repeats timeouts too, and the template is ready anyway. */
const MAX_RETRIES = 1;

/**
 * The SDK with everything it would otherwise read from the environment settled here: one key, one address, no log
 * lines and no traces, which could hold prompts.
 */
export function createAnthropicClient(access: ModelAccess): Anthropic {
  return new Anthropic({
    apiKey: access.apiKey.reveal(),
    baseURL: access.baseUrl ?? DEFAULT_BASE_URL,
    webhookKey: null,
    timeout: access.timeoutMs ?? TIMEOUT_MS,
    maxRetries: MAX_RETRIES,
    logLevel: 'off',
    openTelemetry: false,
  });
}
