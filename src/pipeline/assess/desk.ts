/** Assessments for people who ask for one. */
import type { Assessment } from '../../core/assess/assessment.ts';
import type { EntityRef } from '../../core/records.ts';
import { assessPriority } from './assess-day.ts';
import { assessIncident, subjectOf } from './assess-incidents.ts';
import type { Assessed } from './assess-situation.ts';
import { withReadableExcerpts } from './cited-runbooks.ts';
import type { AssessContext } from './context.ts';

/** What is stored is shown while it is younger; a day that was judged does not change by itself. */
const FRESH_MS = { incident: 600_000, priority: 3_600_000 } as const;

/** What they cite of runbooks is what everybody may read now. */
export interface AssessDesk {
  /** Undefined where there is no such priority any more. */
  ofPriority(date: string, entity: EntityRef): Promise<Assessment | undefined>;
  ofIncident(incidentId: string): Promise<Assessment | undefined>;
}

export function createAssessDesk(context: AssessContext): AssessDesk {
  const { stores, clock } = context;
  const shown = (assessment: Assessment | undefined): Promise<Assessment> | undefined =>
    assessment && withReadableExcerpts(stores.runbooks, assessment);
  return {
    async ofPriority(date, { entity_type, entity_key }) {
      const subject = { kind: 'priority', date, entity_type, entity_key } as const;
      const known = await stores.assessments.find(subject);
      if (known && clock() - known.writtenAt < FRESH_MS.priority) return shown(known.assessment);
      const priority = (await stores.priorities.listPriorities(date)).find(
        (each) => each.entity_type === entity_type && each.entity_key === entity_key,
      );
      return shown(priority ? read(await assessPriority(context, priority)) : known?.assessment);
    },

    async ofIncident(incidentId) {
      const incident = await stores.incidents.find(incidentId);
      if (incident === undefined) return undefined;
      const known = await stores.assessments.find(subjectOf(incident));
      const isOver = incident.endedAt !== null;
      if (known && (isOver || clock() - known.writtenAt < FRESH_MS.incident)) return shown(known.assessment);
      return shown(read(await assessIncident(context, incident)));
    },
  };
}

const read = ({ stored }: Assessed): Assessment => stored.assessment;
