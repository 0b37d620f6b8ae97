import { originOf, type Sha256 } from '../../core/audit/chain.ts';
import { createChainVerifier, type Verdict } from '../../core/audit/verify-chain.ts';
import type { Stores } from '../ports.ts';

/** What was found, and what waits to be sealed and cannot be verified yet. */
export type AuditVerdict = Verdict & { unsealed: number };

/**
 * Reads the whole chain and hashes it again.
 * @param known hash of a segment that was kept elsewhere: it has to be in the chain.
 */
export async function verifyAudit(
  { auditChain }: Pick<Stores, 'auditChain'>,
  { workspace, sha256, known }: { workspace: string; sha256: Sha256; known: string | null },
): Promise<AuditVerdict> {
  const { unsealed } = await auditChain.end();
  const verdict = await auditChain.read(0, async (records) => {
    const verifier = createChainVerifier(originOf(workspace, sha256), sha256, known);
    for await (const record of records) {
      if (record.kind === 'entry') verifier.entry(record.entry);
      else verifier.segment(record.segment);
    }
    return verifier.end();
  });
  return { ...verdict, unsealed };
}
