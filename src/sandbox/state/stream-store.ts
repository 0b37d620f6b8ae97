import type { JsonRecord } from '../json.ts';
import type { StoredMessage } from './message-store.ts';

/** One piece of a message that is being written. */
export type StreamChunk =
  | { type: 'markdown_text'; text: string }
  | { type: 'plan_update'; title: string }
  | { type: 'blocks'; blocks: JsonRecord[] }
  | {
      type: 'task_update';
      id: string;
      title: string;
      status: string;
      details?: string | undefined;
      output?: string | undefined;
      sources?: JsonRecord[] | undefined;
    };

const richText = (text: string): JsonRecord => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

/** A message in the making: what came so far, in its order, tasks replaced as they go on. */
export class Stream {
  readonly #mode: 'timeline' | 'plan';
  readonly #parts: JsonRecord[] = [];
  #planTitle: string | undefined;

  constructor(mode: 'timeline' | 'plan') {
    this.#mode = mode;
  }

  append(chunk: StreamChunk): void {
    switch (chunk.type) {
      case 'markdown_text': {
        const last = this.#parts.at(-1);
        if (last?.type === 'markdown') last.text = `${String(last.text)}${chunk.text}`;
        else this.#parts.push({ type: 'markdown', text: chunk.text });
        break;
      }
      case 'plan_update':
        this.#planTitle = chunk.title;
        break;
      case 'blocks':
        this.#parts.push(...chunk.blocks);
        break;
      case 'task_update': {
        const { id, title, status, details, output, sources } = chunk;
        const known = this.#parts.find((part) => part.type === 'task_card' && part.task_id === id);
        const task = {
          ...(known ?? { type: 'task_card', task_id: id }),
          title,
          status,
          ...(details === undefined ? {} : { details: richText(details) }),
          ...(output === undefined ? {} : { output: richText(output) }),
          ...(sources === undefined ? {} : { sources }),
        };
        if (known === undefined) this.#parts.push(task);
        else Object.assign(known, task);
      }
    }
  }

  /** All Markdown so far: the message's fallback text. */
  text(): string {
    return this.#parts.map((part) => (part.type === 'markdown' ? String(part.text) : '')).join('');
  }

  blocks(): JsonRecord[] {
    const tasks = this.#parts.filter((part) => part.type === 'task_card');
    const [first] = tasks;
    if (this.#mode === 'timeline' || first === undefined) return this.#parts.map((part) => ({ ...part }));
    const plan = {
      type: 'plan',
      title: this.#planTitle ?? first.title,
      tasks: tasks.map(({ type: _type, ...task }) => task),
    };
    return this.#parts.flatMap((part) => (part === first ? [plan] : part.type === 'task_card' ? [] : [{ ...part }]));
  }
}

/** Messages that are still being written; an ended one takes no more. */
export class StreamStore {
  readonly #open = new WeakMap<StoredMessage, Stream>();

  open(message: StoredMessage, stream: Stream): void {
    this.#open.set(message, stream);
  }

  find(message: StoredMessage): Stream | undefined {
    return this.#open.get(message);
  }

  isOpen(message: StoredMessage): boolean {
    return this.#open.has(message);
  }

  close(message: StoredMessage): void {
    this.#open.delete(message);
  }
}
