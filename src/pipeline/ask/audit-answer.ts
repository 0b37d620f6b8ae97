/** Every question leaves an entry, answered or not; whoever saw or was refused account-level data leaves another. */
import { parametersHash } from '../../core/audit/parameters-hash.ts';
import { accountsForbidden } from '../../core/policy/account-answers.ts';
import type { Intent, Reading, Reason } from '../../core/query/reading.ts';
import type { AuditEntry, Json } from '../../core/records.ts';
import { SeepassError } from '../../errors.ts';
import type { AskDeps, AskRequest } from './ask-deps.ts';

type By = Pick<AskRequest, 'asker' | 'audience' | 'channel'>;

/** What became of it: how it was read, and how it was answered. */
export interface Answered {
  asked: Reading;
  intent: Intent;
  reason: Reason | null;
  receipt: string | null;
}

interface Audited {
  action: 'question.ask' | 'question.again' | 'question.replay';
  by: By;
  /** Kept as a hash. */
  parameters: Json;
  /** The receipt it is about, where there is one before it is answered. */
  receipt: string | null;
}

/**
 * Does the work and records it. An answer that cannot be recorded is not given.
 * @param work its value, and what became of the question.
 */
export async function audited<T>(
  deps: Pick<AskDeps, 'stores' | 'sha256'>,
  about: Audited,
  work: () => Promise<{ value: T; answered: Answered }>,
): Promise<T> {
  const { stores, sha256 } = deps;
  const entry = entryOf(about, parametersHash(about.parameters, sha256));
  try {
    const { value, answered } = await work();
    const { intent, reason, receipt } = answered;
    const subject_id = receipt ?? about.receipt ?? '-';
    const outcome = reason ?? (intent === 'refuse' ? 'refused' : 'answered');
    await stores.audit.append({ ...entry, subject_id, outcome, details: { ...entry.details, intent } });
    if (isAboutAccounts(answered.asked, about.by))
      await stores.audit.append({
        ...{ ...entry, action: 'accounts.view', subject_id },
        outcome: intent === 'refuse' ? 'forbidden' : 'shown',
      });
    return value;
  } catch (error) {
    const code = error instanceof SeepassError ? error.code : 'internal';
    // What the person is told is what went wrong first.
    await stores.audit
      .append({ ...entry, outcome: 'failed', details: { ...entry.details, code } })
      .catch(() => undefined);
    throw error;
  }
}

function entryOf({ action, by, receipt }: Audited, parameters: { parameters: string }): Omit<AuditEntry, 'id' | 'at'> {
  const { asker, audience, channel } = by;
  return {
    actor: asker.user ?? 'cli',
    actor_role: asker.roles.at(-1) ?? 'viewer',
    action,
    subject_type: 'receipt',
    subject_id: receipt ?? '-',
    channel,
    outcome: 'answered',
    details: { audience, ...parameters },
  };
}

/** Rows by account or one account's own; a why names accounts to whoever may see them. */
function isAboutAccounts({ intent, query }: Reading, { asker, audience }: By): boolean {
  if (query === null) return false;
  if (query.group_by.includes('account') || query.filters.account !== undefined) return true;
  return intent === 'explain' && accountsForbidden(asker.roles, audience) === null;
}
