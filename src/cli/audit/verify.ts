import type { Verdict } from '../../core/audit/verify-chain.ts';
import { createExportVerifier } from '../../core/audit/verify-export.ts';
import { countOf } from '../../core/facts/render.ts';
import { SeepassError } from '../../errors.ts';
import { verifyAudit } from '../../pipeline/audit/verify-audit.ts';
import { openInput } from '../input-bytes.ts';
import type { CommonOptions } from '../options.ts';
import { decoded } from '../read-records.ts';
import type { CliContext } from '../subcommand.ts';
import { sha256 } from './sha256.ts';

export interface VerifyChoice extends CommonOptions {
  head?: string;
}

/** The database, or an exported file without any database. Exit 1 when something is not as it was sealed. */
export async function verify(file: string | undefined, options: VerifyChoice, context: CliContext): Promise<void> {
  const verdict =
    file === undefined ? await verifyDatabase(options, context) : await verifyFile(file, options, context);
  if (!verdict.sound) context.setExitCode(1);
  if (options.json) return context.printJson(verdict);
  context.stdout.write(describe(verdict));
}

async function verifyDatabase({ database, head }: VerifyChoice, context: CliContext) {
  const { stores, close } = await context.openStores(database);
  try {
    return await verifyAudit(stores, { workspace: context.config.workspace, sha256, known: head ?? null });
  } finally {
    await close();
  }
}

async function verifyFile(path: string, { head }: VerifyChoice, { stdin }: CliContext): Promise<Verdict> {
  const input = await openInput(path, stdin);
  const verifier = createExportVerifier(sha256, head ?? null);
  for await (const line of linesOf(decoded(input.chunks()))) if (!verifier.line(line)) throw noExport(input.name);
  const verdict = verifier.end();
  if (verdict === undefined) throw noExport(input.name);
  return verdict;
}

/** Every byte counts: an empty line, or a last one without its end, is a line as well. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncIterable<string> {
  let carry = '';
  for await (const chunk of chunks) {
    const lines = (carry + chunk).split('\n');
    carry = lines.pop() ?? '';
    yield* lines;
  }
  if (carry !== '') yield carry;
}

const noExport = (name: string): SeepassError =>
  new SeepassError('bad_input', `${name} is no export of an audit.`, {
    fix: 'seepass audit export <file> writes one.',
  });

function describe(verdict: Verdict & { unsealed?: number }): string {
  const { sound, segments, entries, dropped, end, faults, faultCount, unsealed = 0 } = verdict;
  const what = `${countOf(entries, 'entry', 'entries')} in ${countOf(segments, 'segment')}`;
  const gone = dropped === 0 ? '' : `, ${dropped} of them dropped past their time`;
  const head = `The chain ends at segment ${end.number}, ${end.hash}\n`;
  const waiting = unsealed === 0 ? '' : `${countOf(unsealed, 'newer entry', 'newer entries')} not sealed yet.\n`;
  if (sound) return `Whole: ${what}${gone}. ${head}${waiting}`;
  const more = faultCount > faults.length ? `  and ${faultCount - faults.length} more\n` : '';
  const told = faults.map((fault) => `  ${fault}\n`).join('');
  return `NOT as it was sealed: ${countOf(faultCount, 'fault')} among ${what}${gone}.\n${told}${more}${head}${waiting}`;
}
