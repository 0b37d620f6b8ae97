/** Folds what has one root into one item: ten pages hit by one cause are one incident with ten members. */
import type { Funnel } from '../funnel.ts';
import type { Driver, Finding, Priority, SharedCause } from '../records.ts';
import { funnelCauses } from './funnel-neighbours.ts';
import { scoreOf } from './score.ts';

/** An account explains a page's change only from this part of it. */
const ACCOUNT_SHARE = 0.6;

/**
 * Joins priorities that share a root: the error signature that concentrates on each, the release under which each
 * began on the same day, the one account behind each, or a step of a funnel before which nothing is flagged. A flagged
 * signature leads or joins the pages it is the main error of. The best-scored member leads, in a funnel the first step;
 * each driver takes the highest points any member has, and the others become members. Sharing is transitive. Order of
 * the result: as given, by leader.
 */
export function groupByCause(priorities: readonly Priority[], funnels: readonly Funnel[] = []): Priority[] {
  const parent = priorities.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at && parent[at] !== undefined) at = parent[at] ?? at;
    return at;
  };
  const inFunnels = funnelCauses(priorities, funnels);
  const causes = priorities.map((priority, index) => [...causesOf(priority), ...(inFunnels[index] ?? [])]);
  const first = new Map<string, number>();
  causes.forEach((own, index) => {
    for (const cause of own) {
      const known = first.get(keyOf(cause));
      if (known === undefined) first.set(keyOf(cause), index);
      else parent[root(index)] = root(known);
    }
  });
  const groups = new Map<number, number[]>();
  for (const index of priorities.keys()) groups.set(root(index), [...(groups.get(root(index)) ?? []), index]);
  return [...groups.values()].flatMap((indices) => {
    const members = indices.flatMap((index) => priorities[index] ?? []);
    return members.length === 1 ? members : [fold(members, sharedBy(indices.map((index) => causes[index] ?? [])))];
  });
}

function fold(members: readonly Priority[], shared: SharedCause | undefined): Priority {
  const first = members.find(({ entity_key }) => entity_key === shared?.upstream);
  const leader = first ?? members.reduce((best, each) => (each.score > best.score ? each : best));
  const drivers = leader.drivers.map((own) =>
    members.reduce<Driver>((best, { drivers: others }) => {
      const other = others.find(({ name }) => name === own.name);
      return other && other.points > best.points ? other : best;
    }, own),
  );
  const others = [...members.filter((each) => each !== leader), ...members.flatMap((each) => each.members)];
  const unique = new Map(
    others.map(({ entity_type, entity_key }) => [`${entity_type} ${entity_key}`, { entity_type, entity_key }]),
  );
  unique.delete(`${leader.entity_type} ${leader.entity_key}`);
  return {
    ...leader,
    drivers,
    score: scoreOf(drivers),
    members: [...unique.values()],
    pattern_record: shared ? { ...leader.pattern_record, shared_cause: shared } : leader.pattern_record,
  };
}

/** The cause most members name; the first of equals. */
function sharedBy(causes: readonly (readonly SharedCause[])[]): SharedCause | undefined {
  const counts = new Map<string, { cause: SharedCause; members: number }>();
  for (const own of causes) {
    for (const cause of own) {
      const known = counts.get(keyOf(cause)) ?? { cause, members: 0 };
      counts.set(keyOf(cause), { ...known, members: known.members + 1 });
    }
  }
  const [best] = [...counts.values()].sort((a, b) => b.members - a.members);
  return best && { ...best.cause, members: best.members };
}

function causesOf(priority: Priority): SharedCause[] {
  const { findings, contributors, since } = priority.pattern_record;
  const text = (rule: string, key: string): string | undefined => {
    const value = findings.find((finding: Finding) => finding.rule === rule)?.evidence[key];
    return typeof value === 'string' ? value : undefined;
  };
  const signature =
    priority.entity_type === 'error_signature' ? priority.entity_key : text('concentration', 'signature');
  const release = text('release', 'release');
  const account = contributors?.explained.find(
    ({ dimension, share }) => dimension === 'account' && share >= ACCOUNT_SHARE,
  )?.value;
  return [
    ...(signature === undefined ? [] : [{ by: 'error_signature' as const, value: signature, members: 1 }]),
    ...(release === undefined ? [] : [{ by: 'release' as const, value: release, since, members: 1 }]),
    ...(account === undefined ? [] : [{ by: 'account' as const, value: account, members: 1 }]),
  ];
}

/** Under one release, what began on another day may well have another cause. */
const keyOf = ({ by, value, since, upstream }: SharedCause): string =>
  [by, value, since ?? '', upstream ?? ''].join('\u0000');
