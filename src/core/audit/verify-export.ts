/** Whether an exported file is as it was written, without the database it came from. */
import { type ChainEnd, originOf, type Sha256 } from './chain.ts';
import { type ExportEnd, readExportLine } from './export-format.ts';
import { type ChainVerifier, createChainVerifier, type Verdict } from './verify-chain.ts';

export interface ExportVerifier {
  /** The next line, without its end. @returns false where the first line is none of an export: then nothing else is. */
  line(text: string): boolean;
  /** Undefined where there was no line at all. */
  end(): Verdict | undefined;
}

/** @param known hash of a segment that was kept elsewhere: it has to be among the lines, or where they begin. */
export function createExportVerifier(sha256: Sha256, known: string | null = null): ExportVerifier {
  let chain: ChainVerifier | undefined;
  let [digest, number] = ['', 0];
  let closing: ExportEnd | undefined;

  const begin = (text: string): boolean => {
    const read = readExportLine(text);
    if (read?.kind !== 'export') return false;
    const { workspace, after } = read.start;
    chain = createChainVerifier(after, sha256, known);
    if (after.number === 0 && !isSame(after, originOf(workspace, sha256)))
      chain.fault(`Line 1: it does not begin where the audit of ${workspace} begins.`);
    return true;
  };

  const take = (text: string, verifier: ChainVerifier): void => {
    const read = readExportLine(text);
    if (closing !== undefined) verifier.fault(`Line ${number}: it stands after the end.`);
    else if (read === undefined) verifier.fault(`Line ${number}: it is not as it was written.`);
    else if (read.kind === 'export') verifier.fault(`Line ${number}: a second beginning.`);
    else if (read.kind === 'segment') verifier.segment(read.segment);
    else if (read.kind === 'entry') verifier.entry(read.entry);
    else if (read.end.digest !== digest) verifier.fault('The lines are not those that were written.');
    if (read?.kind === 'end') closing ??= read.end;
  };

  return {
    line(text) {
      number += 1;
      if (chain !== undefined) take(text, chain);
      else if (!begin(text)) return false;
      if (closing === undefined) digest = sha256(digest + text);
      return true;
    },

    end() {
      if (chain === undefined) return undefined;
      if (closing === undefined) chain.fault('The file is cut off: its last line is missing.');
      const verdict = chain.end();
      return closing === undefined || agrees(closing, verdict) ? verdict : withFault(verdict, OTHER_AUDIT);
    },
  };
}

const OTHER_AUDIT = 'The last line tells of another audit than the lines before it.';

const withFault = (verdict: Verdict, words: string): Verdict => ({
  ...verdict,
  sound: false,
  faultCount: verdict.faultCount + 1,
  faults: [...verdict.faults, words],
});

const isSame = (one: ChainEnd, other: ChainEnd): boolean =>
  one.number === other.number && one.sequence === other.sequence && one.hash === other.hash;

const agrees = (closing: ExportEnd, { segments, entries, end }: Verdict): boolean =>
  closing.segments === segments && closing.entries === entries && isSame(closing.end, end);
