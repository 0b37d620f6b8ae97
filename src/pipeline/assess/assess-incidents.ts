/** Assesses incidents when they open and when they get worse, and tells their threads once it is known. */
import type { Assessment } from '../../core/assess/assessment.ts';
import { situationOfIncident } from '../../core/assess/situation-of-incident.ts';
import type { EntryKind, Incident } from '../../core/incident/incident.ts';
import type { StoredAssessment } from '../acting.ts';
import { INCIDENT_KIND } from '../incidents/show.ts';
import type { OutgoingMessage, Stores } from '../ports.ts';
import { type Assessed, assessSituation } from './assess-situation.ts';
import type { AssessContext } from './context.ts';

/** The kind of an assessment's lines in the outbox. */
const ASSESSMENT_KIND = 'assessment';
/** What makes an incident another one to look into. */
const NEWS: readonly EntryKind[] = ['opened', 'joined', 'escalated', 'worsened', 'reopened'];
/** While it lasts, figures change with every hour. */
const AGAIN_AFTER_MS = 3_600_000;
const MOST = 5;

export interface AssessIncidentsContext extends AssessContext {
  stores: AssessContext['stores'] & Pick<Stores, 'alerts' | 'outbox'>;
  renderAssessment: (assessment: Assessment, incident: Incident) => OutgoingMessage;
  /** Puts what may be done about it before people; safe to repeat. Left out, nothing is proposed. */
  propose?: (incident: Incident, assessment: Assessment) => Promise<unknown>;
}

/** After the hours were followed: the newest that need it, a bounded number at a time. */
export async function assessIncidents(context: AssessIncidentsContext): Promise<{ written: number }> {
  const { stores, log } = context;
  let written = 0;
  let looked = 0;
  for (const incident of (await stores.incidents.listLive()).toReversed()) {
    if (looked >= MOST) break;
    try {
      const known = await stores.assessments.find(subjectOf(incident));
      if (await isDue(context, incident, known)) {
        looked += 1;
        const { stored, isNew } = await assessIncident(context, incident);
        if (isNew) written += 1;
        await tell(context, incident, stored.assessment);
        await context.propose?.(incident, stored.assessment);
      } else if (known) {
        await tell(context, incident, known.assessment);
        await context.propose?.(incident, known.assessment);
      }
    } catch (err) {
      log.warn({ err, incident: incident.number }, 'an incident goes without an assessment');
    }
  }
  return { written };
}

export const assessIncident = (context: AssessContext, incident: Incident): Promise<Assessed> =>
  assessSituation(context, situationOfIncident(incident, context.timezone), []);

export const subjectOf = ({ id, lead }: Incident) =>
  ({ kind: 'incident', incidentId: id, surface: lead.surface }) as const;

async function isDue(
  { stores, clock }: AssessIncidentsContext,
  { id }: Incident,
  known: StoredAssessment | undefined,
): Promise<boolean> {
  if (known === undefined || clock() - known.writtenAt >= AGAIN_AFTER_MS) return true;
  const entries = await stores.incidents.listEntries(id);
  return entries.some(({ kind, at }) => NEWS.includes(kind) && at > known.writtenAt);
}

/** Once an edition, wherever the incident was posted; where nothing points anywhere, nothing is said of it. */
async function tell(
  { stores, renderAssessment }: AssessIncidentsContext,
  incident: Incident,
  assessment: Assessment,
): Promise<void> {
  if (assessment.cause.category === 'unknown') return;
  for (const { channel, held } of await stores.alerts.list(incident.id))
    if (held === null)
      await stores.outbox.enqueue({
        ...{ kind: ASSESSMENT_KIND, channel, subject: incident.id, sequence: assessment.edition },
        ...{ message: renderAssessment(assessment, incident), operation: 'reply' },
        parent: { kind: INCIDENT_KIND, subject: incident.id },
      });
}
