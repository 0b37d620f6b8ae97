/** What action types reach the world through; adapters and the pipeline implement it, the app hands it over. */
import type { ActionContext, ActionResult, Reconciled } from './actions.ts';
import type { NewAnnotation } from './annotation-request.ts';
import type { MaintenanceWindow } from './maintenance.ts';
import type { JsonObject } from './records.ts';

export interface NewIssue {
  title: string;
  /** Markdown. */
  body: string;
  labels: readonly string[];
}

/** Where issues are kept. Nothing is ever read of them but whether ours is there. */
export interface IssueTracker {
  /** `owner/name`, as people know it. */
  readonly repository: string;
  /** Opens an issue that carries the key, so that it can be found again. Throws where nobody knows whether it did. */
  open(issue: NewIssue, context: ActionContext): Promise<ActionResult>;
  /** The issue that carries the key. */
  find(context: ActionContext): Promise<Reconciled>;
}

/** A call of an address that the workspace declared. */
export interface HookCall {
  /** The hook's id: names the secret it is signed with. */
  hook: string;
  url: string;
  body: JsonObject;
}

export interface HookCaller {
  /** Whether the environment holds the hook's secret: without one nothing is called. */
  hasSecret(hook: string): boolean;
  /** Posts the signed body once. Throws where nobody knows whether the other side acted. */
  call(call: HookCall, context: ActionContext): Promise<ActionResult>;
  /** Asks the other side's status address what became of the key. */
  ask(call: Omit<HookCall, 'body'>, context: ActionContext): Promise<Reconciled>;
}

export interface OwnerMessage {
  /** Slack user id or user group id. */
  owner: string;
  /** Where a group is told; a person is told directly where it is null. */
  channel: string | null;
  text: string;
  /** Who is told next where nobody says that they saw it: a person, a group or a channel. */
  escalateTo: string | null;
  /** Minutes until then. */
  afterMinutes: number;
}

/** What Seepass itself does for an approved action; each is safe to repeat under the same context's key. */
export interface OwnActs {
  post(channel: string, text: string, context: ActionContext): Promise<ActionResult>;
  tellOwner(message: OwnerMessage, context: ActionContext): Promise<ActionResult>;
  annotate(annotation: NewAnnotation, context: ActionContext): Promise<ActionResult>;
  maintain(window: MaintenanceWindow, context: ActionContext): Promise<ActionResult>;
  snooze(incidentId: string, until: number, context: ActionContext): Promise<ActionResult>;
  /** @param words as `/seepass subscribe` takes them. */
  subscribe(channel: string, words: string, context: ActionContext): Promise<ActionResult>;
}

export interface ActionIo {
  /** Null where no repository or no token is configured. */
  issues: IssueTracker | null;
  hooks: HookCaller;
  own: OwnActs;
}
