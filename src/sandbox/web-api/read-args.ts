/** The arguments of a call, in each of the ways Slack takes them. */
import { readFields } from '../http.ts';
import { isRecord, type JsonRecord, parseJson } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';

export interface SentArgs {
  contentType: string;
  /** What stands in the address; a token there does not count. */
  query: URLSearchParams;
  body: Buffer;
}

async function readBodyArgs({ contentType, body }: SentArgs): Promise<JsonRecord> {
  const [type = ''] = contentType.toLowerCase().split(';');
  switch (type.trim()) {
    case 'application/json': {
      const parsed = body.length === 0 ? {} : parseJson(body.toString('utf8'));
      if (parsed === undefined) throw new SlackRefusal('invalid_json');
      if (!isRecord(parsed)) throw new SlackRefusal('json_not_object');
      return parsed;
    }
    case 'multipart/form-data': {
      const fields = await readFields(body, contentType);
      return Object.fromEntries([...fields].filter(([, value]) => typeof value === 'string'));
    }
    case '':
    case 'text/plain':
    case 'application/x-www-form-urlencoded':
      return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    default:
      throw new SlackRefusal('invalid_post_type');
  }
}

/** @throws SlackRefusal for a body that is not what it says */
export async function readArgs(sent: SentArgs): Promise<JsonRecord> {
  const { token: _token, ...asked } = Object.fromEntries(sent.query);
  return { ...asked, ...(await readBodyArgs(sent)) };
}
