import { type ChainEnd, endOf, originOf, type Sha256 } from '../../core/audit/chain.ts';
import { printEnd, printEntry, printSegment, printStart } from '../../core/audit/export-format.ts';
import { SeepassError } from '../../errors.ts';
import type { Clock, Stores } from '../ports.ts';

export interface ExportOptions {
  workspace: string;
  /** Number of the last segment that is left out; 0 exports all. */
  after: number;
  sha256: Sha256;
  clock: Clock;
  /** Takes a line without its end; it is waited for. */
  write(line: string): Promise<void>;
}

/**
 * Writes the sealed chain as lines, in the order it was sealed, holding one page of it at a time.
 * @throws SeepassError `not_found` where no segment has the number `after`.
 */
export async function exportAudit(
  { auditChain }: Pick<Stores, 'auditChain'>,
  { workspace, after, sha256, clock, write }: ExportOptions,
): Promise<{ segments: number; entries: number; end: ChainEnd }> {
  const start = await startOf({ auditChain }, { workspace, after, sha256 });
  return auditChain.read(after, async (records) => {
    const counts = { segments: 0, entries: 0 };
    let [digest, end] = ['', start];
    const print = async (line: string): Promise<void> => {
      digest = sha256(digest + line);
      await write(line);
    };
    await print(printStart({ workspace, exportedAt: clock(), after: start }));
    for await (const record of records) {
      if (record.kind === 'segment') {
        counts.segments += 1;
        end = endOf(record.segment);
        await print(printSegment(record.segment));
      } else {
        counts.entries += 1;
        await print(printEntry(record.entry));
      }
    }
    await write(printEnd({ ...counts, end, digest }));
    return { ...counts, end };
  });
}

async function startOf(
  { auditChain }: Pick<Stores, 'auditChain'>,
  { workspace, after, sha256 }: Pick<ExportOptions, 'workspace' | 'after' | 'sha256'>,
): Promise<ChainEnd> {
  if (after === 0) return originOf(workspace, sha256);
  return auditChain.read(after - 1, async (records) => {
    for await (const record of records)
      if (record.kind === 'segment' && record.segment.number === after) return endOf(record.segment);
    throw new SeepassError('not_found', `There is no segment ${after}.`, {
      fix: 'seepass audit verify tells the last one.',
    });
  });
}
