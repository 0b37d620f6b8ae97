import Anthropic from '@anthropic-ai/sdk';

/** Asks the provider once whether the key is known and the model is there. @returns what went wrong in a few words, or null. */
export async function checkModelKey(settings: {
  apiKey: string;
  baseUrl: string | undefined;
  model: string;
}): Promise<string | null> {
  const client = new Anthropic({
    apiKey: settings.apiKey,
    baseURL: settings.baseUrl ?? null,
    maxRetries: 0,
    timeout: 5_000,
  });
  try {
    await client.models.retrieve(settings.model);
    return null;
  } catch (error) {
    if (error instanceof Anthropic.AuthenticationError) return 'the key was refused';
    if (error instanceof Anthropic.NotFoundError) return `there is no model ${settings.model} for this key`;
    if (error instanceof Anthropic.APIError && error.status !== undefined)
      return `the provider answered ${error.status}`;
    return 'the provider did not answer';
  }
}
