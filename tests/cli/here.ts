/** The command line in this process: quicker than a process of its own, and the same from its arguments to its exit code. */
import { PassThrough } from 'node:stream';
import { vi } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const SETTING = /^(SEEPASS_|SLACK_|ANTHROPIC_|DATABASE_URL$)/;

/** Runs `seepass` here with these settings and no others. */
export async function seepassHere(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const [stdout, stderr, stdin] = [new PassThrough(), new PassThrough(), new PassThrough()];
  for (const name of Object.keys(process.env).filter((one) => SETTING.test(one))) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries({ SEEPASS_LOG_LEVEL: 'silent', ...settings })) vi.stubEnv(name, value);
  try {
    const code = await runCli(args, { stdout, stderr, stdin });
    return { code, stdout: textOf(stdout), stderr: textOf(stderr) };
  } finally {
    vi.unstubAllEnvs();
  }
}

const textOf = (stream: PassThrough): string => String(stream.read() ?? '');
