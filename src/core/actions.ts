import type { z } from 'zod';
import type { JsonObject, Risk } from './records.ts';

/** Who approved it, and the key under which a retry must not act twice. */
export interface ActionContext {
  idempotencyKey: string;
  actor: string;
  /** Epoch milliseconds. */
  at: number;
}

/** What an action reports back: one line for the card, the rest for the record. */
export interface ActionOutcome {
  summary: string;
  details: JsonObject;
}

/** What an action type declares; I/O reaches it as an argument of the factory that makes it. */
export interface ActionDescriptor<Parameters extends JsonObject> {
  /** Stable, kebab-case; stored with every proposal. */
  readonly id: string;
  readonly title: string;
  /** The least risk a proposal of this type carries. */
  readonly risk: Risk;
  /** Strict: a key nobody declared is a fault. */
  readonly parameters: z.ZodType<Parameters>;
  /** What approving will do, one line each, before anything is done. */
  preview(parameters: Parameters): string[];
  /** Does it. Throws a SeepassError with words when it could not. */
  execute(parameters: Parameters, context: ActionContext): Promise<ActionOutcome>;
}

/** Parameters that passed the type's schema, ready to show or run. */
interface PreparedAction {
  readonly preview: readonly string[];
  execute(context: ActionContext): Promise<ActionOutcome>;
}

export interface ActionType {
  readonly id: string;
  readonly title: string;
  readonly risk: Risk;
  /** Parses parameters strictly; `faults` say what is wrong with them. */
  prepare(parameters: JsonObject): { ok: true; action: PreparedAction } | { ok: false; faults: string[] };
}

/** Turns a descriptor into a registered type whose parameters can only be used after they were parsed. */
export function defineAction<Parameters extends JsonObject>(descriptor: ActionDescriptor<Parameters>): ActionType {
  const { id, title, risk } = descriptor;
  return {
    id,
    title,
    risk,
    prepare(parameters) {
      const parsed = descriptor.parameters.safeParse(parameters);
      if (!parsed.success) {
        return {
          ok: false,
          faults: parsed.error.issues.map((issue) => `${issue.path.join('.') || id}: ${issue.message}`),
        };
      }
      return {
        ok: true,
        action: {
          preview: descriptor.preview(parsed.data),
          execute: (context) => descriptor.execute(parsed.data, context),
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
