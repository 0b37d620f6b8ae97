import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Assessment } from '../core/assess/assessment.ts';
import type { EffectResult, EffectVerdict } from '../core/effect/effect-check.ts';
import type { ExecutionState } from '../core/proposal/execution.ts';
import type { Expectation } from '../core/proposal/expectation.ts';
import type { ProposalState, ProposalSubject } from '../core/proposal/proposal.ts';
import type { JsonObject, Risk } from '../core/records.ts';

type Timestamp = ColumnType<Date, Date | string, Date | string>;
type MaybeTimestamp = ColumnType<Date | null, Date | string | null, Date | string | null>;
type Jsonb<T extends object> = JSONColumnType<T, string, string>;
type JsonbNullable<T extends object> = ColumnType<T | null, string | null, string | null>;

/** Tables about what is proposed, approved, done, and what came of it. */
export interface ActingTables {
  proposals: {
    workspace_id: string;
    id: string;
    number: number;
    key: string;
    subject: Jsonb<ProposalSubject>;
    subject_key: string;
    proposed_by: string;
    edited_by: string | null;
    action_type: string;
    title: string;
    risk: Risk;
    parameters: Jsonb<JsonObject>;
    why: string;
    expectation: JsonbNullable<Expectation>;
    state: ProposalState;
    version: Generated<number>;
    revision: Generated<number>;
    /** The last revision that people are shown. */
    shown_revision: Generated<number>;
    created_at: Timestamp;
    expires_at: Timestamp;
    reminded_at: MaybeTimestamp;
    decided_by: string | null;
    decided_at: MaybeTimestamp;
    reason: string | null;
  };
  approvals: { workspace_id: string; proposal_id: string; version: number; user_id: string; at: Timestamp };
  executions: {
    workspace_id: string;
    id: string;
    proposal_id: string;
    state: ExecutionState;
    queued_at: Timestamp;
    not_before: Timestamp;
    started_at: MaybeTimestamp;
    finished_at: MaybeTimestamp;
    attempts: Generated<number>;
    lease_owner: string | null;
    lease_until: MaybeTimestamp;
    summary: string | null;
    link: string | null;
    details: ColumnType<JsonObject, string | undefined, string>;
  };
  execution_stops: { workspace_id: string; stopped_by: string; stopped_at: Timestamp; reason: string | null };
  effect_checks: {
    workspace_id: string;
    proposal_id: string;
    action_type: string;
    expectation: Jsonb<Expectation>;
    done_at: Timestamp;
    due_at: Timestamp;
    checked_at: MaybeTimestamp;
    verdict: EffectVerdict | null;
    result: JsonbNullable<EffectResult>;
  };
  owner_notices: {
    workspace_id: string;
    id: string;
    key: string;
    proposal_id: string | null;
    incident_id: string | null;
    owner: string;
    channel: string;
    text: string;
    sent_at: Timestamp;
    acknowledged_by: string | null;
    acknowledged_at: MaybeTimestamp;
    escalate_to: string | null;
    escalate_at: MaybeTimestamp;
    escalated_at: MaybeTimestamp;
    /** 0 the owner, 1 whoever comes next, above that those who are told in their place. */
    rung: Generated<number>;
  };
  assessments: {
    workspace_id: string;
    subject_key: string;
    subject: Jsonb<ProposalSubject>;
    facts_hash: string;
    assessment: Jsonb<Assessment>;
    written_at: Timestamp;
  };
}
