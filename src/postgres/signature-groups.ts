import { type Kysely, sql } from 'kysely';
import type { StorableEvent } from '../core/records.ts';
import { MessageGroups } from '../core/text/grouping/message-groups.ts';
import { type SignatureRow, signatureRowsOf } from './signature-rows.ts';
import type { Database } from './tables.ts';

/** Stored groups a process starts from: the latest seen. */
const LOADED = 2_000;

/** Events under the signatures of their groups, and what they tell about those. */
export interface SignedBatch {
  readonly events: readonly StorableEvent[];
  readonly signatures: readonly SignatureRow[];
}

/**
 * The message groups of one workspace as this process knows them. What other processes stored is read once an
 * import. Two that import at the same time may each make a group of one fault: both stay, each with its own events,
 * until the next cycle counts them as one; from the next import on the older one takes what is new.
 */
export class SignatureGroups {
  readonly #db: Kysely<Database>;
  readonly #workspace: string;
  readonly #groups = new MessageGroups();
  /** As PostgreSQL wrote it: what changed before has been read. */
  #readUpTo = '-infinity';

  constructor(db: Kysely<Database>, workspace: string) {
    this.#db = db;
    this.#workspace = workspace;
  }

  /** Reads the groups that were stored or widened since the last time; a minute again, as transactions take time. */
  async refresh(): Promise<void> {
    const { rows } = await sql<{ signature: string | null; template: string[]; now: string }>`
      SELECT signature, template, now.now::text AS now
      FROM (SELECT clock_timestamp() AS now) AS now
      LEFT JOIN (
        SELECT signature, template, first_seen FROM error_signatures
        WHERE workspace_id = ${this.#workspace} AND template IS NOT NULL
          AND template_changed_at >= ${this.#readUpTo}::timestamptz - interval '1 minute'
        ORDER BY last_seen DESC, signature COLLATE "C" LIMIT ${LOADED}::int
      ) AS stored ON true
      ORDER BY first_seen, signature COLLATE "C"`.execute(this.#db);
    this.#groups.add(rows.flatMap(({ signature, template }) => (signature === null ? [] : { signature, template })));
    this.#readUpTo = rows[0]?.now ?? this.#readUpTo;
  }

  /** Puts every event under its group's signature. */
  sign(batch: readonly StorableEvent[]): SignedBatch {
    const messages = batch.flatMap((event) => {
      const { masked_message: masked, error_signature: signature } = event;
      return masked === undefined || signature === null ? [] : { event, masked, signature };
    });
    const templates = new Map<string, readonly string[]>();
    const signed = new Map<StorableEvent, StorableEvent>();
    this.#groups.group(messages).forEach(({ signature, template }, index) => {
      templates.set(signature, template);
      const event = messages[index]?.event;
      if (event !== undefined && event.error_signature !== signature)
        signed.set(event, { ...event, error_signature: signature });
    });
    const events = signed.size === 0 ? batch : batch.map((event) => signed.get(event) ?? event);
    return { events, signatures: signatureRowsOf(events, templates) };
  }
}
