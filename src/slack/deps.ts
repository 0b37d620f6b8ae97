import type { WebClient } from '@slack/web-api';
import type { Audience } from '../core/policy/audience.ts';
import type { Proposal } from '../core/records.ts';
import type { Decision } from '../pipeline/act.ts';
import type { Answering } from '../pipeline/ask/answering.ts';
import type { DigestContext } from '../pipeline/digest.ts';
import type { LabelRequest } from '../pipeline/label.ts';
import type { Log, NewId } from '../pipeline/ports.ts';

/** Who pressed a button under a suggestion, and what they pressed. */
interface DecisionRequest {
  proposalId: string;
  decision: 'approved' | 'dismissed';
  /** Slack user id. */
  actor: string;
  channel: string | null;
}

/** What listeners and commands work with; app.ts of the product injects it. */
export interface SlackDeps extends DigestContext {
  log: Log;
  newId: NewId;
  answering: Answering;
  /** Who reads what is posted in a channel. */
  audienceOf(channel: string): Promise<Audience>;
  /** Checks who asks, decides once, runs what was approved and audits it. */
  decide(request: DecisionRequest): Promise<Decision>;
  /** Stores what somebody says detection got wrong. */
  label(request: LabelRequest): Promise<void>;
  /** What approving the proposal will do, one line each. */
  preview(proposal: Proposal): readonly string[];
}

/** What a listener gets besides: the client, made with our own retry rules. */
export interface ListenerDeps extends SlackDeps {
  client: WebClient;
  /** Aborted when the app stops. */
  stopping: AbortSignal;
}
