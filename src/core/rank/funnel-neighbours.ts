/** Pages that are neighbours on people's way: who cannot pass one step is missing at the next. */
import { type Funnel, stagesOf } from '../funnel.ts';
import type { Finding, Priority, SharedCause } from '../records.ts';
import { daysBetween } from '../window.ts';

const HINDERS = new Set(['error_rate', 'errors', 'failure_rate', 'latency_p95']);
/** Days apart that two episodes of one cause may begin: late events and slow rises move a beginning by one. */
const DAYS_APART = 1;

/**
 * For each priority the funnels in which it hinders people at one step or misses them at the next, and the page where
 * that begins: of three steps in a row the first is upstream of both others. Stands for no proof, and names none.
 */
export function funnelCauses(priorities: readonly Priority[], funnels: readonly Funnel[]): SharedCause[][] {
  const causes = priorities.map((): SharedCause[] => []);
  for (const { id, steps } of funnels) {
    const stages = stagesOf({ steps });
    const beginnings = new Map<number, string>();
    const add = (index: number, upstream: string): void => {
      const own = causes[index];
      if (own && !own.some((cause) => cause.value === id && cause.upstream === upstream))
        own.push({ by: 'funnel', value: id, upstream, members: 1 });
    };
    stages.slice(1).forEach((later, place) => {
      const earlier = stages[place];
      for (const [before, from] of priorities.entries()) {
        if (!earlier?.has(from.entity_key) || !hinders(from)) continue;
        for (const [after, to] of priorities.entries()) {
          if (before === after || !later.has(to.entity_key) || !missesPeople(to) || !beganTogether(from, to)) continue;
          const upstream = beginnings.get(before) ?? from.entity_key;
          if (!beginnings.has(after)) beginnings.set(after, upstream);
          add(before, upstream);
          add(after, upstream);
        }
      }
    });
  }
  return causes;
}

function hinders({ entity_type, pattern_record: { findings } }: Priority): boolean {
  return entity_type === 'surface' && findings.some((finding) => HINDERS.has(finding.metric) || lostTraffic(finding));
}

function missesPeople({ entity_type, pattern_record: { findings } }: Priority): boolean {
  return entity_type === 'surface' && findings.some((finding) => lostTraffic(finding) || lostActions(finding));
}

const lostTraffic = ({ rule }: Finding): boolean => rule === 'traffic-drop';
const lostActions = ({ rule }: Finding): boolean => rule === 'conversion-drop';

function beganTogether(one: Priority, other: Priority): boolean {
  return Math.abs(daysBetween(one.pattern_record.since, other.pattern_record.since)) <= DAYS_APART;
}
