import type { z } from 'zod';
import type { JsonObject, Risk, SuggestedAction } from './records.ts';

/** Whom it is done for, and the key under which a retry must not act twice. */
export interface ActionContext {
  /** The same for every try of one execution; the other side is given it where it can take one. */
  idempotencyKey: string;
  /** What people call the proposal by: P-12. */
  proposal: string;
  /** What it is about, for the other side to read: a page, and the incident's id where there is one. */
  about: { proposalId: string; surface: string | null; incidentId: string | null };
  /** Why it was proposed, in a sentence or two. */
  why: string;
  /** Slack user ids; empty where policy let it run by itself. */
  approvedBy: readonly string[];
  /** When it was approved to be done, epoch milliseconds: nothing of it was done before, however long ago it was tried. */
  queuedAt: number;
  /** Of this try, epoch milliseconds. */
  at: number;
  /** Aborted at the type's time limit, and when the app stops. */
  signal: AbortSignal;
}

/**
 * What came of acting, as far as the other side said, in plain words without markup; whatever is thrown, a timeout
 * included, is "nobody knows".
 */
export type ActionResult =
  | { kind: 'done'; summary: string; link: string | null; details: JsonObject }
  /** It was refused, and nothing happened. `retryAfterMs` where trying again may help. */
  | { kind: 'not_done'; words: string; retryAfterMs: number | null };

/** What the other side says of a try that nobody heard the end of. */
export type Reconciled = Extract<ActionResult, { kind: 'done' }> | { kind: 'absent' } | { kind: 'unknown' };

/**
 * A line of what will be done: words as they are, Slack ids (people, groups, channels) to be shown by name, and moments
 * (epoch milliseconds) to be shown in the reader's zone.
 */
export type PreviewLine = readonly (string | { id: string } | { at: number })[];

/** A parameter as the form of Edit shows it. */
export interface ActionField {
  /** Key of the parameters. */
  name: string;
  label: string;
  kind: 'line' | 'text' | 'number' | 'choice';
  /** Of a choice. */
  options?: readonly string[];
  hint?: string;
}

/** What an action type declares; I/O reaches it as an argument of the factory that makes it. */
export interface ActionDescriptor<Parameters extends JsonObject> {
  /** Stable, kebab-case; stored with every proposal. */
  readonly id: string;
  readonly title: string;
  /** The least risk a proposal of this type carries. */
  readonly risk: Risk;
  /** Doing it twice under one key does it once: only such a type is tried again after nobody knows. */
  readonly idempotent: boolean;
  /** How long a try may take. */
  readonly timeoutMs: number;
  /** Strict: a key nobody declared is a fault. */
  readonly parameters: z.ZodType<Parameters>;
  /** What of the parameters may be edited before it is approved. */
  readonly fields: readonly ActionField[];
  /** What approving will do, one line each, before anything is done. */
  preview(parameters: Parameters): PreviewLine[];
  execute(parameters: Parameters, context: ActionContext): Promise<ActionResult>;
  /** Left out where the other side cannot be asked. */
  reconcile?(parameters: Parameters, context: ActionContext): Promise<Reconciled>;
  /** What would take it back, as an action of its own; null where nothing would. */
  undo?(parameters: Parameters, details: JsonObject): SuggestedAction | null;
}

/** Parameters that passed the type's schema, ready to show or run. */
export interface PreparedAction {
  readonly preview: readonly PreviewLine[];
  readonly parameters: JsonObject;
  execute(context: ActionContext): Promise<ActionResult>;
  /** `unknown` where the other side cannot be asked. */
  reconcile(context: ActionContext): Promise<Reconciled>;
  undo(details: JsonObject): SuggestedAction | null;
}

export interface ActionType {
  readonly id: string;
  readonly title: string;
  readonly risk: Risk;
  readonly idempotent: boolean;
  readonly timeoutMs: number;
  readonly fields: readonly ActionField[];
  /** Parses parameters strictly; `faults` say what is wrong with them. */
  prepare(parameters: JsonObject): { ok: true; action: PreparedAction } | { ok: false; faults: string[] };
}

/** Turns a descriptor into a registered type whose parameters can only be used after they were parsed. */
export function defineAction<Parameters extends JsonObject>(descriptor: ActionDescriptor<Parameters>): ActionType {
  const { id, title, risk, idempotent, timeoutMs, fields } = descriptor;
  return {
    ...{ id, title, risk, idempotent, timeoutMs, fields },
    prepare(parameters) {
      const parsed = descriptor.parameters.safeParse(parameters);
      if (!parsed.success) {
        return {
          ok: false,
          faults: parsed.error.issues.map((issue) => `${issue.path.join('.') || id}: ${issue.message}`),
        };
      }
      const { data } = parsed;
      return {
        ok: true,
        action: {
          preview: descriptor.preview(data),
          parameters: data,
          execute: (context) => descriptor.execute(data, context),
          reconcile: async (context) => (await descriptor.reconcile?.(data, context)) ?? { kind: 'unknown' },
          undo: (details) => descriptor.undo?.(data, details) ?? null,
        },
      };
    },
  };
}

export interface ActionRegistry {
  readonly types: readonly ActionType[];
  find(id: string): ActionType | undefined;
}

/** @throws Error when two types share an id. */
export function createActionRegistry(types: readonly ActionType[]): ActionRegistry {
  const byId = new Map<string, ActionType>();
  for (const type of types) {
    if (byId.has(type.id)) throw new Error(`Two action types are called "${type.id}".`);
    byId.set(type.id, type);
  }
  return { types, find: (id) => byId.get(id) };
}
