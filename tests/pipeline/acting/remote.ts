/** The other side of actions, which counts what happens to it. */
import { z } from 'zod';
import { type ActionRegistry, createActionRegistry, defineAction } from '../../../src/core/actions.ts';
import type { Risk } from '../../../src/core/records.ts';
import { Killed } from '../../scenarios/mortal.ts';

/** How the next calls go: `lost` happens and nobody hears of it, `unsent` does not happen and nobody hears why. */
export type CallEnd = 'done' | 'lost' | 'unsent' | 'refused' | 'killed';

export const ACTION_KINDS = ['asked', 'blind', 'idempotent'] as const;
/** Whether the other side can be asked afterwards, cannot, or takes a key. */
export type ActionKind = (typeof ACTION_KINDS)[number];

export interface Remote {
  /** Parameters of everything that happened, by idempotency key. */
  happened: Map<string, string[]>;
  end: CallEnd;
  /** Called when the process dies in the middle of a call. */
  onKilled: () => void;
  registry: ActionRegistry;
}

export function createRemote(risk: Risk): Remote {
  const remote: Remote = {
    happened: new Map(),
    end: 'done',
    onKilled: () => undefined,
    registry: createActionRegistry([]),
  };
  const done = { kind: 'done', summary: 'Done.', link: null, details: {} } as const;
  const define = (kind: ActionKind) =>
    defineAction({
      id: kind,
      title: kind,
      risk,
      idempotent: kind === 'idempotent',
      timeoutMs: 5_000,
      parameters: z.strictObject({ to: z.string().max(20) }),
      fields: [{ name: 'to', label: 'To', kind: 'line' }],
      preview: ({ to }) => [[`to ${to}`]],
      async execute({ to }, { idempotencyKey }) {
        const { end } = remote;
        if (end === 'unsent') throw new Error('connect ECONNREFUSED');
        if (end === 'refused') return { kind: 'not_done', words: 'It was busy.', retryAfterMs: 1_000 };
        const before = remote.happened.get(idempotencyKey) ?? [];
        if (kind !== 'idempotent' || before.length === 0) remote.happened.set(idempotencyKey, [...before, to]);
        if (end === 'lost') throw new Error('socket hang up');
        if (end === 'done') return done;
        remote.onKilled();
        throw new Killed();
      },
      ...(kind === 'asked'
        ? {
            reconcile: async (_: { to: string }, { idempotencyKey }: { idempotencyKey: string }) =>
              remote.happened.has(idempotencyKey) ? done : ({ kind: 'absent' } as const),
          }
        : {}),
    });
  remote.registry = createActionRegistry(ACTION_KINDS.map(define));
  return remote;
}
