import { checkMessage } from '../block-kit/message.ts';
import { isRecord, type JsonRecord, parseJson, recordOf, recordsOf, textOf } from './json.ts';
import type { StoredMessage } from './state/message-store.ts';
import type { Workspace } from './state/workspace.ts';

const LIFE_MS = 30 * 60_000;
const USES = 5;
export const RESPONSE_PATH = '/response/';

interface Issued {
  channel: string;
  userId: string;
  /** The message the person acted on, where there is one. */
  source: StoredMessage | undefined;
  at: number;
  left: number;
}

/** response_url: five messages within thirty minutes of what the person did, ephemeral unless said otherwise. */
export class ResponseUrls {
  readonly #issued = new Map<string, Issued>();
  readonly #workspace: Workspace;

  constructor(workspace: Workspace) {
    this.#workspace = workspace;
  }

  issue(channel: string, userId: string, source?: StoredMessage): string {
    const key = this.#workspace.ids.next('R');
    this.#issued.set(key, { channel, userId, source, at: this.#workspace.clock(), left: USES });
    return `${this.#workspace.origin}${RESPONSE_PATH}${key}`;
  }

  /** Takes a post to the URL with this key. */
  receive(key: string, body: string): { status: number; body: JsonRecord } {
    const issued = this.#issued.get(key);
    if (issued === undefined) return { status: 404, body: { ok: false, error: 'no_such_url' } };
    if (this.#workspace.clock() - issued.at > LIFE_MS)
      return { status: 404, body: { ok: false, error: 'expired_url' } };
    if (issued.left === 0) return { status: 404, body: { ok: false, error: 'used_url' } };
    const message = parseJson(body);
    if (!isRecord(message)) return { status: 400, body: { ok: false, error: 'invalid_json' } };
    const fault = this.respond(issued.channel, issued.userId, message, issued.source);
    if (fault !== undefined) return { status: 400, body: { ok: false, ...fault } };
    issued.left -= 1;
    return { status: 200, body: { ok: true } };
  }

  /** Does what a response says; returns the refusal, if it is one. */
  respond(channel: string, userId: string, body: JsonRecord, source?: StoredMessage): JsonRecord | undefined {
    const workspace = this.#workspace;
    if (body.delete_original === true && source !== undefined) {
      workspace.remove(source);
      return undefined;
    }
    const text = textOf(body.text) ?? '';
    const fault = checkMessage({ text, blocks: body.blocks, attachments: body.attachments });
    if (fault?.error === 'invalid_blocks') {
      return { error: fault.error, errors: fault.faults.map((one) => `${one.message} [json-pointer:${one.pointer}]`) };
    }
    if (fault !== null) return { error: fault.error };
    const content = {
      text,
      ...(body.blocks === undefined ? {} : { blocks: recordsOf(body.blocks) }),
      ...(body.attachments === undefined ? {} : { attachments: recordsOf(body.attachments) }),
      ...(body.metadata === undefined ? {} : { metadata: recordOf(body.metadata) }),
    };
    if (body.replace_original === true && source !== undefined) {
      workspace.edit(source, { blocks: [], ...content });
      return undefined;
    }
    const threadTs = textOf(body.thread_ts);
    workspace.postAsApp({
      channel,
      ...content,
      ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      ...(body.response_type === 'in_channel' ? {} : { visible_to: userId }),
    });
    return undefined;
  }
}
