import { exportAudit } from '../../pipeline/audit/export-audit.ts';
import { sealAudit } from '../../pipeline/audit/seal-audit.ts';
import type { Stores } from '../../pipeline/ports.ts';
import { cliActor } from '../actor.ts';
import type { CommonOptions } from '../options.ts';
import type { CliContext } from '../subcommand.ts';
import { openOutput } from './output.ts';
import { sha256 } from './sha256.ts';

export interface ExportChoice extends CommonOptions {
  after: number;
}

/** That it was exported is recorded and sealed first, so that the file tells of itself. */
export async function exportToFile(file: string, options: ExportChoice, context: CliContext): Promise<void> {
  const { stores, close } = await context.openStores(options.database);
  try {
    await recordExport(stores, options.after);
    await sealAudit(stores, context.log);
    const output = await openOutput(file, context.stdout);
    const written = await exportAudit(stores, {
      ...{ workspace: context.config.workspace, after: options.after, sha256, clock: context.clock },
      write: output.write,
    }).catch(async (error: unknown) => {
      await output.abandon();
      throw error;
    });
    await output.finish();
    const { segments, entries, end } = written;
    const words = `${entries} entries in ${segments} segments, up to segment ${end.number}, ${end.hash}`;
    // Standard output may be the file.
    if (file === '-') context.stderr.write(`${words}\n`);
    else if (options.json) context.printJson({ file, segments, entries, head: end });
    else context.stdout.write(`${file}: ${words}\n`);
  } finally {
    await close();
  }
}

const recordExport = (stores: Stores, after: number): Promise<void> =>
  stores.audit.append({
    ...{ actor: cliActor(), actor_role: 'admin', action: 'audit.export', subject_type: 'audit', subject_id: '-' },
    ...{ channel: null, outcome: 'exported', details: { after } },
  });
