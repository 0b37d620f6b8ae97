import { Command, CommanderError } from 'commander';
import { v7 as uuidv7 } from 'uuid';
import { type Config, loadConfig } from '../config.ts';
import { SeepassError } from '../errors.ts';
import { createLog } from '../log.ts';
import type { Log } from '../pipeline/ports.ts';
import { version } from '../version.ts';
import { subcommands } from './index.ts';
import type { CliContext } from './subcommand.ts';

const USAGE_ERRORS = new Set(['bad_arguments', 'bad_input', 'bad_config']);

/** Where a command line reads and writes; the process, but for tests. */
interface Streams {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly stdin: NodeJS.ReadableStream;
}

/**
 * Runs one command line to its end.
 * @returns the exit code: 0 done, 1 failed, 2 unusable arguments or input.
 */
export async function runCli(args: readonly string[], streams: Streams = process): Promise<number> {
  let exitCode = 0;
  const { stdout, stderr, stdin } = streams;
  const program = new Command('seepass')
    .description('Turns noisy product signals into what to fix next.')
    .version(version, '-V, --version', 'the version')
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .showHelpAfterError('(seepass help <command> shows what it takes)')
    .showSuggestionAfterError();

  const context = createContext({ stdout, stderr, stdin }, (code) => {
    exitCode = code;
  });
  const named = subcommandIn(args);
  for (const { name, summary, load } of subcommands) {
    const command = program.command(name).description(summary);
    if (name === named) (await load()).configure(command, context);
  }

  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `seepass top | head` closes our stdout early: that is no failure.
    if (error.code === 'EPIPE') return;
    stderr.write(
      `seepass: Standard output cannot be written (${error.code ?? error.message}). Free some space there.\n`,
    );
    process.exit(1);
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const known = error instanceof SeepassError;
    stderr.write(`seepass: ${known ? error.line : 'something went wrong inside Seepass.'}\n`);
    if (!known) context.log.error({ err: error }, 'unexpected failure');
    return known && USAGE_ERRORS.has(error.code) ? 2 : 1;
  }
}

/** The name before which only options of the program stand, none of which takes a value; `help` takes one. */
function subcommandIn(args: readonly string[]): string | undefined {
  const [first, second] = args.filter((arg) => !arg.startsWith('-'));
  return first === 'help' ? second : first;
}

function createContext(
  streams: Pick<CliContext, 'stdout' | 'stderr' | 'stdin'>,
  setExitCode: CliContext['setExitCode'],
): CliContext {
  let config: Config | undefined;
  let log: Log | undefined;
  const context: CliContext = {
    ...streams,
    get config() {
      config ??= loadConfig();
      return config;
    },
    get log() {
      log ??= createCliLog(() => context.config);
      return log;
    },
    serviceLog: () => createLog(context.config.logLevel, secretsOf(context.config)),
    clock: Date.now,
    newId: uuidv7,
    openStores: async (database) => {
      // Loaded here: help, and commands that read files only, need no database.
      const { openStores } = await import('../open-stores.ts');
      const { config, log, clock, newId } = context;
      return openStores(config, database, { log, clock, newId });
    },
    printJson: (value) => {
      streams.stdout.write(`${JSON.stringify(value)}\n`);
    },
    setExitCode,
  };
  return context;
}

/** The command line speaks through its own output; logs are for what goes wrong, unless asked for. */
function createCliLog(config: () => Config): Log {
  try {
    const { logLevel } = config();
    return createLog(logLevel === 'info' ? 'warn' : logLevel, secretsOf(config()));
  } catch {
    return createLog('error');
  }
}

/** Every secret value of the configuration, for the log to hide. */
function secretsOf({ database, pseudonymKey, ingestToken, slack, model, embeddings, tools }: Config): string[] {
  return [
    database.url,
    pseudonymKey,
    ingestToken,
    slack.botToken,
    slack.appToken,
    slack.signingSecret,
    model.apiKey,
    embeddings?.key,
    tools.helpscout.appSecret,
    tools.intercom.token,
    tools.sentry.token,
    tools.posthog.key,
  ].flatMap((secret) => secret?.reveal() ?? []);
}
