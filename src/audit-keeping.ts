import { dropOldAudit, sealAudit } from './pipeline/audit/seal-audit.ts';
import type { Log, Stores } from './pipeline/ports.ts';
import { repeatEvery } from './repeat-every.ts';

/** Until an entry is sealed, its removal would not show. */
const SEAL_BEAT_MS = 5 * 60_000;

export interface AuditKeeping {
  /** Seals what is there, and from now on every five minutes. */
  start(): void;
  /** Drops what is past its time. Safe to repeat. */
  drop(asOf: number): Promise<void>;
  /** Seals what is left; never throws. */
  stop(): Promise<void>;
}

/** Seals the audit while a process runs. Any number of processes may: they take turns. */
export function createAuditKeeping({ stores, log }: { stores: Stores; log: Log }): AuditKeeping {
  const tell = (err: unknown): void => log.error({ err }, 'could not seal the audit; it is sealed with the next turn');
  const seal = async (): Promise<void> => {
    await sealAudit(stores, log);
  };
  const beat = repeatEvery(SEAL_BEAT_MS, seal, tell);
  return {
    start() {
      beat.now().catch(tell);
      beat.start();
    },
    async drop(asOf) {
      await dropOldAudit(stores, asOf, log);
    },
    async stop() {
      await beat.stop();
      await seal().catch(tell);
    },
  };
}
