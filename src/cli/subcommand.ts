import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { OpenStores } from '../open-stores.ts';
import type { Clock, Log, NewId } from '../pipeline/ports.ts';

/** One file a subcommand: adding one is a new file here and its entry in index.ts. */
export interface Subcommand {
  /** Declares arguments and options, and the action that runs. Throw a SeepassError to fail with words. */
  configure(command: Command, context: CliContext): void;
}

/** What a subcommand may touch; tests pass their own. */
export interface CliContext {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly stdin: NodeJS.ReadableStream;
  /** Parsed on first use, so that `--help` works with a faulty environment. */
  readonly config: Config;
  readonly log: Log;
  /** For long-running commands: logs at the configured level. */
  serviceLog(): Log;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Opens the database the options and the environment name, migrated; the caller closes it. */
  openStores(database?: string): Promise<OpenStores>;
  /** One JSON value on stdout and nothing else. */
  printJson(value: unknown): void;
  /** 0 done, 1 failed, 2 unusable arguments or input. */
  setExitCode(code: 0 | 1 | 2): void;
}
