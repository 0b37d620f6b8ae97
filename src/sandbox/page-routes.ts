/** The page's door over HTTP: `/sandbox/…`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody, readForm, sendJson } from './http.ts';
import { inspectBlocks } from './inspect.ts';
import type { SharedFile } from './interactions/writing.ts';
import { parseJson } from './json.ts';
import type { PageApi } from './page-api.ts';

/** All files of one upload together; Slack takes a gigabyte, a local workspace keeps them in memory. */
const MOST_UPLOADED = 10 * 1024 * 1024;
/** What a multipart form adds around its files. */
const FORM_OVERHEAD = 64 * 1024;

const trialSchema = z.object({ surface: z.enum(['message', 'modal', 'home']), blocks: z.unknown() });

async function readUpload(request: IncomingMessage) {
  const form = await readForm(request, MOST_UPLOADED + FORM_OVERHEAD);
  const files: SharedFile[] = [];
  for (const part of form.getAll('file')) {
    if (typeof part !== 'string') files.push({ name: part.name, content: Buffer.from(await part.arrayBuffer()) });
  }
  const field = (key: string): string | undefined => {
    const given = form.get(key);
    return typeof given === 'string' && given !== '' ? given : undefined;
  };
  const thread = field('thread');
  return {
    as: field('as') ?? '',
    channel: field('channel') ?? '',
    text: field('text') ?? '',
    files,
    ...(thread === undefined ? {} : { thread }),
  };
}

/** Answers a request of the page. @throws SlackRefusal, ZodError or SeepassError for what it cannot do */
export async function answerPage(page: PageApi, url: URL, request: IncomingMessage, response: ServerResponse) {
  const asked = (key: string) => url.searchParams.get(key) ?? undefined;
  const as = asked('as') ?? '';
  switch (`${request.method} ${url.pathname.slice('/sandbox/'.length)}`) {
    case 'GET workspace':
      return sendJson(response, 200, page.describe(as));
    case 'GET messages':
      return sendJson(response, 200, { messages: page.messages(asked('channel') ?? '', as, asked('thread')) });
    case 'GET inspect': {
      const view = asked('view');
      const inspection =
        view === undefined
          ? page.inspectMessage(as, asked('channel') ?? '', asked('ts') ?? '')
          : page.inspectView(as, view);
      return sendJson(response, 200, inspection);
    }
    case 'POST inspect': {
      const { blocks, surface } = trialSchema.parse(parseJson((await readBody(request)).toString('utf8')));
      return sendJson(response, 200, inspectBlocks(blocks, surface));
    }
    case 'POST do':
      return sendJson(response, 200, await page.perform((await readBody(request)).toString('utf8')));
    case 'POST upload':
      return sendJson(response, 200, page.share(await readUpload(request)));
    case 'POST keep':
      return sendJson(response, 200, page.keep(await readUpload(request)));
    default:
      return sendJson(response, 404, { error: 'not_found' });
  }
}
