/** What errors are called and what requests are answered with, as clues for the hypotheses that go by them. */
import type { Fact } from '../../records.ts';
import { idOf } from '../signs/facts.ts';
import type { FaultFamily, StatusSigns } from '../signs/faults.ts';
import type { Signs } from '../signs/signs.ts';
import { type Clue, clue } from './define.ts';

/** With fewer events more than before, a share of them says little. */
const FEW = 15;

const FAMILY_WORDS: Readonly<Record<FaultFamily, string>> = {
  credentials: 'point at refused credentials by name',
  'rate-limit': 'point at a rate limit by name',
  payment: 'point at payments by name',
  database: 'point at the database by name',
  upstream: 'point at timeouts or a service behind it by name',
  code: 'are exceptions of our own code',
  configuration: 'point at settings or addresses by name',
};

/** The error of the family that is most more than before. */
export const leadingError = ({ faults }: Signs, family: FaultFamily): string | null =>
  faults?.kinds.find((kind) => kind.family === family)?.value ?? null;

/** The family's share of the errors that are more than before. */
export function familyClue({ faults }: Signs, facts: readonly Fact[], family: FaultFamily, weight: number): Clue[] {
  if (faults === null || faults.kinds.length === 0) return [];
  const share = faults.families.get(family) ?? 0;
  const sure = faults.excess < FEW ? 0.6 : 1;
  const points = share >= 0.15 ? weight * sure * Math.min(1, share / 0.6) : -1;
  const lead = faults.kinds.findIndex((kind) => kind.family === family);
  const named = lead >= 0 && lead < 3 ? `, mainly {check.kind.${lead + 1}}` : '';
  return clue(
    facts,
    'errors by kind, against the week before',
    points,
    `{check.family.${idOf(family)}} of the additional errors ${FAMILY_WORDS[family]}${named}.`,
    'None of the additional errors has such a name.',
  );
}

/** The answers' share of the requests that fail more than before. */
export function statusClue(
  { statuses }: Signs,
  facts: readonly Fact[],
  groups: readonly (keyof StatusSigns & ('refused' | 'limited' | 'gateway' | 'server' | 'notFound'))[],
  weight: number,
): Clue[] {
  if (statuses === null || statuses.excess === 0) return [];
  const share = groups.reduce((sum, group) => sum + statuses[group], 0);
  const sure = statuses.excess < FEW ? 0.6 : 1;
  const points = share >= 0.2 ? weight * sure * Math.min(1, share / 0.6) : share > 0 ? 0 : -0.6;
  return clue(
    facts,
    'requests by status, against the week before',
    points,
    share >= 0.2
      ? '{check.status.top} came {check.status.top.count} times, {check.status.top.before} times in the week before.'
      : 'The requests that fail more than before are answered otherwise, most with {check.status.top}.',
  );
}
