/** Runs of clicks, edits, expiries, crashes and changes of policy, in any order, also in the middle of the worker's own. */
import fc from 'fast-check';
import type { Role } from '../../../src/core/records.ts';
import { ACTION_KINDS, type CallEnd } from './remote.ts';

export const PEOPLE = ['U_ANN', 'U_BEN', 'U_CAT', 'U_DAN'] as const;
export const GROUP = 'S0GROUP';
const MINUTE = 60_000;

export interface Policy {
  low_risk: 'runs_by_itself' | 'one_approver';
  groups: string[];
  sole_approver_wait: number | 'never';
  sole_approver_own: boolean;
  disabled: string[];
}

/** What happens between two steps of the worker. `of` chooses a proposal. */
export type Happening =
  | { kind: 'approve'; of: number; by: string; stale: boolean }
  | { kind: 'edit'; of: number; by: string; to: string }
  | { kind: 'reject' | 'withdraw' | 'object'; of: number; by: string }
  | { kind: 'grant' | 'revoke'; to: string; role: Role }
  | { kind: 'group'; members: string[] | null }
  | { kind: 'policy'; policy: Policy }
  | { kind: 'stop' | 'resume' | 'beat' }
  | { kind: 'wait'; ms: number };

/** The worker's turn: what happens before each of its calls, and at which call its process dies. */
export interface Turn {
  kind: 'work';
  before: (Happening | null)[];
  dies: number | null;
  lastTakesEffect: boolean;
  call: CallEnd;
}

export interface Story {
  risk: 'low' | 'medium' | 'high';
  action: (typeof ACTION_KINDS)[number];
  /** Null for the bot; one proposal each. */
  proposedBy: [string | null, string | null];
  steps: (Happening | Turn)[];
}

const person = fc.constantFrom(...PEOPLE);
const of = fc.nat({ max: 1 });
const policy: fc.Arbitrary<Policy> = fc.record({
  low_risk: fc.constantFrom<Policy['low_risk']>('runs_by_itself', 'one_approver'),
  groups: fc.constantFrom<string[]>([], [GROUP]),
  sole_approver_wait: fc.constantFrom<Policy['sole_approver_wait']>(5, 30, 'never'),
  sole_approver_own: fc.boolean(),
  disabled: fc.oneof(
    { weight: 6, arbitrary: fc.constant<string[]>([]) },
    { weight: 1, arbitrary: fc.constant<string[]>(['asked']) },
  ),
});

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('approve'),
      of,
      by: person,
      stale: fc.integer({ max: 9, min: 0 }).map((n) => n === 0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('edit'), of, by: person, to: fc.constantFrom('x', 'y', 'z'.repeat(21)) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('reject', 'withdraw'), of, by: person }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('object'), of, by: person }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('grant', 'revoke'), to: person, role: fc.constant<Role>('approver') }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('group'), members: fc.option(fc.subarray([...PEOPLE])) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('policy'), policy }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('stop', 'resume', 'resume', 'beat') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('wait'),
      ms: fc.constantFrom(1, 6 * MINUTE, 40 * MINUTE, 23 * 60 * MINUTE),
    }),
  },
);

const turn: fc.Arbitrary<Turn> = fc.record({
  kind: fc.constant('work'),
  before: fc.array(fc.option(happening, { freq: 3 }), { maxLength: 10 }),
  dies: fc.option(fc.nat({ max: 8 }), { freq: 2 }),
  lastTakesEffect: fc.boolean(),
  call: fc.constantFrom('done', 'done', 'lost', 'unsent', 'refused', 'killed'),
});

export const story: fc.Arbitrary<Story> = fc.record({
  risk: fc.constantFrom('low', 'medium', 'high'),
  action: fc.constantFrom(...ACTION_KINDS),
  proposedBy: fc.tuple(fc.option(person, { freq: 3 }), fc.option(person, { freq: 3 })),
  steps: fc.array(fc.oneof({ weight: 2, arbitrary: happening }, { weight: 1, arbitrary: turn }), {
    minLength: 4,
    maxLength: 24,
  }),
});
