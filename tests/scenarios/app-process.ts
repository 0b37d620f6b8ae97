/** The app as a process that works when it is told to, and can be killed with SIGKILL. */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { bundledProgram } from './bundle.ts';
import { cleanEnvironment } from './program.ts';

/** What a process is told to do at an instant (epoch ms): everything it does by itself, and the tick of an hour. */
export interface Order {
  readonly now: number;
  /** Epoch ms that the hourly tick is stamped with; null between ticks. */
  readonly tick: number | null;
}

const wordSchema = z.discriminatedUnion('is', [
  z.object({ is: z.enum(['loaded', 'started', 'begun', 'gone']) }),
  z.object({ is: z.literal('done'), faults: z.array(z.string()) }),
]);
type Word = z.infer<typeof wordSchema>;

export class AppProcess {
  readonly #child: ChildProcess;
  readonly #words = new EventEmitter();
  readonly #loaded: Promise<Word>;
  readonly #over: Promise<unknown>;

  private constructor(program: string, settings: Readonly<Record<string, string>>, database: string) {
    const order = JSON.stringify({ program, settings, database });
    this.#child = fork(fileURLToPath(new URL('chaos-process.mjs', import.meta.url)), [order], {
      env: cleanEnvironment(),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child.on('message', (message) => this.#words.emit('word', wordSchema.parse(message)));
    this.#over = once(this.#child, 'exit').then(() => this.#words.emit('word', { is: 'gone' } satisfies Word));
    this.#loaded = this.#next('loaded');
  }

  /** Loads the program, which is the longest part of a start; it begins when it is started. */
  static async prepare(settings: Readonly<Record<string, string>>, database: string): Promise<AppProcess> {
    return new AppProcess(await bundledProgram(), settings, database);
  }

  /** Connects everything, at an instant. @throws Error when the app does not start. */
  async start(now: number): Promise<void> {
    await this.#loaded;
    const started = this.#next('started');
    this.#child.send({ now });
    if ((await started).is === 'gone') throw new Error('an app did not start');
  }

  /** Once it is at it, and once it has done it: with what failed, in words; null when it was dead before. */
  work(order: Order): { begun: Promise<unknown>; done: Promise<readonly string[] | null> } {
    const [begun, done] = [this.#next('begun'), this.#next('done')];
    this.#child.send(order);
    return { begun, done: done.then((word) => (word.is === 'done' ? word.faults : null)) };
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#over;
  }

  #next(is: Word['is']): Promise<Word> {
    return new Promise((resolve) => {
      const hear = (word: Word): void => {
        if (word.is !== is && word.is !== 'gone') return;
        this.#words.off('word', hear);
        resolve(word);
      };
      this.#words.on('word', hear);
    });
  }
}
