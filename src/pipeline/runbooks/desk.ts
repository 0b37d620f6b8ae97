import { effectiveRoles, type RolePolicy, whoMayApprove } from '../../core/policy/roles.ts';
import type { AnswerBody } from '../../core/query/answer-body.ts';
import { SeepassError } from '../../errors.ts';
import type { Declarer } from '../declarer.ts';
import type { Clock, Stores } from '../ports.ts';
import type { DocumentFile, DocumentReader, ReadSection, Runbook, RunbookReaders, SectionAt } from '../runbooks.ts';
import { type AddedDocument, addDocument } from './add.ts';
import { answerFromRunbooks } from './answer.ts';
import type { FindByMeaning } from './find-by-meaning.ts';
import { listStale, type RunbookStats, readStats, type StaleRunbook } from './report.ts';

/** Somebody at the platform, where they stand. */
interface Visitor {
  user: string;
  channel: string;
}

/** Where people add, list and remove runbooks. */
export interface RunbookDesk {
  /**
   * Says who may add and remove, before a file is fetched.
   * @throws SeepassError `forbidden`, which is audited.
   */
  requireKeeper(visitor: Visitor): Promise<Declarer>;
  /** Some who may, by the platform's ids; none where only grants in the database name any. */
  readonly keepers: readonly string[];
  /** @throws SeepassError `forbidden`, `bad_input`, `too_large`: nothing was kept. */
  add(file: DocumentFile, visitor: Visitor): Promise<AddedDocument>;
  /** @throws SeepassError `forbidden`, `not_found`. */
  remove(number: number, visitor: Visitor): Promise<Runbook>;
  /** What runbooks say about it, or that none does, which is counted. */
  answer(words: string, readers: RunbookReaders): Promise<AnswerBody>;
  /** @throws SeepassError `not_found` also where the readers may not read it: that it is there is not told. */
  section(at: SectionAt, readers: RunbookReaders): Promise<ReadSection>;
  list(readers: RunbookReaders): Promise<Runbook[]>;
  stale(readers: RunbookReaders): Promise<StaleRunbook[]>;
  stats(readers: RunbookReaders): Promise<RunbookStats>;
}

interface RunbookDeskDeps {
  stores: Pick<Stores, 'runbooks' | 'roles' | 'audit'>;
  readDocument: DocumentReader;
  policy: RolePolicy;
  /** IANA zone of the workspace. */
  timezone: string;
  /** Null where nobody is set up to embed. */
  findByMeaning: FindByMeaning | null;
  clock: Clock;
}

export function createRunbookDesk(deps: RunbookDeskDeps): RunbookDesk {
  const { stores, readDocument, policy, timezone, findByMeaning, clock } = deps;
  const { runbooks } = stores;
  const setting = () => ({ runbooks, timezone, asOf: clock() });
  const requireKeeper = (visitor: Visitor) => keeperOf(deps, visitor);
  return {
    requireKeeper,
    keepers: whoMayApprove(policy),
    add: async (file, visitor) => addDocument({ runbooks, readDocument }, file, await requireKeeper(visitor)),
    remove: async (number, visitor) => runbooks.remove(number, await requireKeeper(visitor)),
    answer: async (words, readers) => {
      const asked = { words, readers, asOf: clock() };
      return (await answerFromRunbooks({ runbooks, timezone, findByMeaning }, asked)).body;
    },
    section: async (at, readers) => {
      const section = await runbooks.readSection(at, readers);
      if (section !== undefined) return section;
      throw new SeepassError('not_found', 'That section is not there any more, or is not for you to read.', {
        fix: 'Ask again to see what there is now.',
      });
    },
    list: (readers) => runbooks.list(readers),
    stale: (readers) => listStale(setting(), readers),
    stats: (readers) => readStats(setting(), readers),
  };
}

async function keeperOf({ stores, policy }: RunbookDeskDeps, { user, channel }: Visitor): Promise<Declarer> {
  const roles = effectiveRoles(user, await stores.roles.rolesOf(user), policy);
  const by: Declarer = { actor: user, role: roles.at(-1) ?? 'viewer', channel };
  if (roles.includes('approver') || roles.includes('admin')) return by;
  await stores.audit.append({
    ...{ actor: user, actor_role: by.role, channel, action: 'runbook.add' },
    ...{ subject_type: 'runbook', subject_id: '-', outcome: 'forbidden', details: {} },
  });
  throw new SeepassError('forbidden', 'Approvers and admins keep the runbooks: everybody is sent by what they say.', {
    fix: 'Ask one of them.',
  });
}
