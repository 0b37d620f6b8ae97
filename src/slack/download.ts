import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { SeepassError } from '../errors.ts';
import type { DocumentFile } from '../pipeline/runbooks.ts';
import { callSlack } from './web-call.ts';

const TIMEOUT_MS = 60_000;
/** Nothing that is read has more; see documents. */
const MOST_BYTES = 20 * 1024 * 1024;

const infoSchema = z.object({
  file: z.object({
    name: z.string().nullish(),
    size: z.number().default(0),
    url_private_download: z.string().optional(),
    url_private: z.string().optional(),
  }),
});

/** How files are fetched: with our token, and only from the platform itself. */
export interface FileAccess {
  /** Called with a file's id. @throws SeepassError that says what to do; DeliveryError where Slack refuses the call. */
  fetchFile(id: string): Promise<DocumentFile>;
}

/** @param apiUrl where the Web API is: files come from its own host or, for Slack's, from slack.com. */
export function createFileAccess(
  client: WebClient,
  { botToken, apiUrl }: { botToken: string; apiUrl: string },
): FileAccess {
  return {
    async fetchFile(id) {
      const { file } = infoSchema.parse(await callSlack(client, 'files.info', { file: id }));
      const name = file.name ?? id;
      const url = file.url_private_download ?? file.url_private;
      if (url === undefined || !isPlatforms(url, apiUrl))
        throw new SeepassError('bad_input', `${name} is kept somewhere else than in Slack.`, {
          fix: 'Upload the file itself.',
        });
      if (file.size > MOST_BYTES) throw tooLarge(name);
      return { name, bytes: await download(url, botToken, name) };
    },
  };
}

/** The token goes to nobody else, whatever address a file object names. */
export function isPlatforms(url: string, apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const [file, api] = [new URL(url), new URL(apiUrl)];
  if (!/(?:^|\.)slack\.com$/.test(api.hostname)) return file.origin === api.origin;
  return file.protocol === 'https:' && file.port === '' && /(?:^|\.)slack\.com$/.test(file.hostname);
}

async function download(url: string, botToken: string, name: string): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: { authorization: `Bearer ${botToken}` },
      // Without the right to a file Slack sends to its login page, and another host must not get the token.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw notHandedOver(name, cause);
  }
  if (!response.ok || /^text\/html/.test(response.headers.get('content-type') ?? '')) throw notHandedOver(name);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw tooLarge(name);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const notHandedOver = (name: string, cause?: unknown): SeepassError =>
  new SeepassError('slack_unavailable', `Slack did not hand over ${name}.`, {
    fix: 'Send it again; if that fails, the app lacks the scope files:read of manifest.yml.',
    cause,
  });

const tooLarge = (name: string): SeepassError =>
  new SeepassError('too_large', `${name} has more than 20 MB.`, { fix: 'Send the part that people need on call.' });
