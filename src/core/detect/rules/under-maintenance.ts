import { type NotingRule, plainFinding } from '../rule.ts';

/** Somebody said that the page was being worked on: said once a surface, instead of a verdict. */
export const underMaintenance: NotingRule = {
  kind: 'note',
  id: 'under-maintenance',
  summary: 'A declared maintenance window covers more than an hour of a surface that day, so it is not judged.',
  entityTypes: ['surface'],
  profiles: ['seed', 'default'],
  note: (day) =>
    day.history.surfaces.flatMap(({ surface, present, maintenance }) => {
      if (!maintenance?.covered[day.slot] || !present.subarray(0, day.slot).includes(1)) return [];
      const reason = maintenance.reasons[day.slot] ?? '';
      const entity = { entity_type: 'surface', entity_key: surface } as const;
      return plainFinding(day, 'under-maintenance', entity, 'maintenance', { reason });
    }),
};
