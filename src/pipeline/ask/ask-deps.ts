/** What answering a question takes: what stays the same between questions, and the question itself. */
import type { Audience } from '../../core/policy/audience.ts';
import type { RolePolicy } from '../../core/policy/roles.ts';
import type { AnswerBody, Span } from '../../core/query/answer-body.ts';
import type { Intent, QuestionSetting, Reading, Reason, ThreadContext } from '../../core/query/reading.ts';
import type { Vocabulary } from '../../core/query/vocabulary.ts';
import type { Role } from '../../core/records.ts';
import type { WorkspaceConfig } from '../../core/workspace-config.ts';
import type { ModelUsage } from '../answers.ts';
import type { Clock, Log, NewId, Stores } from '../ports.ts';
import type { FindByMeaning } from '../runbooks/find-by-meaning.ts';
import type { Memberships } from '../runbooks/readers.ts';

/** What models did on the way. */
export interface ModelPart {
  /** Their calls, in order, whether or not what came back was used. */
  usage: readonly ModelUsage[];
  /** A call was left out: the day's budget for models is spent. */
  budgetSpent: boolean;
}

/** What is said in place of a template's sentences, all of them: its own that stay are among them, at the end. */
export interface Narration {
  sentences: AnswerBody['sentences'];
}

/** Somebody who is told an answer while a model words it. Nothing that was told is taken back. */
export interface Listener {
  /** The answer's headline, once a model is asked for the rest. */
  begin(headline: AnswerBody['headline']): void;
  /** The next sentence of the answer, checked. */
  say(sentence: readonly Span[]): void;
  /** Aborted where nobody waits for more of the model's words. */
  signal: AbortSignal;
}

/** Reads questions: our own parser, or a model that falls back to it. Never throws for a model's sake. */
export interface QuestionReader {
  read(question: string, about: QuestionSetting): Promise<ModelPart & { reading: Reading }>;
}

/**
 * Words an answer's facts; null leaves the template's words as they are. What `listener` was told is what the narration
 * begins with. Never throws for a model's sake.
 */
export type Narrator = (
  body: AnswerBody,
  reading: Reading,
  listener?: Listener,
) => Promise<ModelPart & { narration: Narration | null }>;

export interface AskDeps {
  stores: Stores;
  reader: QuestionReader;
  /** Null without a model. */
  narrator: Narrator | null;
  clock: Clock;
  newId: NewId;
  /** IANA zone of the workspace. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
  policy: RolePolicy;
  /** SHA-256 of the text's UTF-8 bytes, lower-case hex. */
  sha256: (text: string) => string;
  /** When the first digest after an instant is due, epoch milliseconds both; null where no channel gets one. */
  nextDigest: (after: number) => number | null | Promise<number | null>;
  /** Decides which runbooks an answer may tell of; left out where no platform says who is where. */
  memberships?: () => Memberships;
  /** Finds runbooks that no word leads to; null where nobody is set up to embed. */
  findByMeaning: FindByMeaning | null;
  /** Keyed pseudonym of a person's platform id. */
  pseudonym: (user: string) => string;
  log: Log;
}

export interface AskRequest {
  question: string;
  /** Epoch milliseconds: what "today" is, and up to when events count. */
  asOf: number;
  /** `user` is the platform's id, null on the command line; `roles` as `effectiveRoles` has them. */
  asker: { user: string | null; roles: readonly Role[] };
  /** Who will read the answer besides. */
  audience: Audience;
  /** The platform's id of the channel; null on the command line. */
  channel: string | null;
  /** The conversation this belongs to; null where it stands alone. */
  threadId: string | null;
  /** Told how the question was read, before anything is computed: for "Reading error rate on /checkout". */
  onReading?: (reading: Reading) => void;
  /** Told the answer sentence by sentence, where a model words it. */
  listener?: Listener;
}

/** A question on its way: who asks what, in which workspace, as it stands at that moment. */
export interface AskContext extends AskDeps {
  request: AskRequest;
  config: WorkspaceConfig;
  vocabulary: Vocabulary;
  /** What the thread had settled before. */
  thread: ThreadContext | null;
}

/** What became of a reading. */
export interface AnswerOutcome {
  body: AnswerBody;
  /** Why there is less than was asked for: `no_data`, `too_small`; null for an answer. Replaces the reading's. */
  reason: Reason | null;
  /** Replaces the reading's: `refuse` where policy forbids what was read. */
  intent?: Intent;
  /** What "#2" and "that one" mean in the next question; left out, nothing is listed. */
  listed?: ThreadContext['listed'];
}

/** One file an intent: explain, examples, tickets, overview, top, status… Registered in intents.ts. */
export type AnswerIntent = (reading: Reading, ask: AskContext) => Promise<AnswerOutcome>;
