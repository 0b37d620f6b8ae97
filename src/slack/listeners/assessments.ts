import type { App } from '@slack/bolt';
import type { Assessment } from '../../core/assess/assessment.ts';
import { SeepassError } from '../../errors.ts';
import { ASSESSMENT_ACTIONS, ASSESSMENT_CALLBACK } from '../assessment-ids.ts';
import type { ListenerDeps } from '../deps.ts';
import { decodeIncident } from '../incident-ids.ts';
import { type BlockAction, blockActionSchema } from '../payloads.ts';
import { ASSESSMENT_TITLE, buildAssessmentModal } from '../views/assessment.ts';
import { findPriority } from './find-item.ts';
import { openModal } from './modal.ts';

/** The assessment of a priority or an incident, from its details or from the incident's thread. */
export function registerAssessments(app: App, deps: ListenerDeps): void {
  const open = (pressed: BlockAction, read: (value: string) => Promise<Assessment | undefined>) =>
    openModal(deps, pressed, {
      callbackId: ASSESSMENT_CALLBACK,
      title: ASSESSMENT_TITLE,
      what: 'I could not check what is behind it',
      fill: async (show) => {
        const assessment = await read(pressed.actions[0]?.value ?? '');
        if (assessment === undefined)
          throw new SeepassError('not_found', 'That is not there any more.', { fix: 'Open its details anew.' });
        await show(
          buildAssessmentModal(assessment, { timezone: deps.timezone, hasStrangers: await isSharedPlace(pressed) }),
        );
      },
    });

  /** A runbook that names nobody is for the workspace, not for whoever reads along from another company. */
  const isSharedPlace = async ({ channel, view }: BlockAction): Promise<boolean> => {
    const place = channel?.id ?? view?.private_metadata ?? '';
    return place !== '' && (await deps.memberships.hasStrangers(place));
  };

  app.action(ASSESSMENT_ACTIONS.ofPriority, async ({ ack, body }) => {
    await ack();
    await open(blockActionSchema.parse(body), async (value) => {
      const { priority } = await findPriority(deps, value);
      return deps.assessments.ofPriority(priority.date, priority);
    });
  });

  app.action(ASSESSMENT_ACTIONS.ofIncident, async ({ ack, body }) => {
    await ack();
    await open(blockActionSchema.parse(body), async (value) => {
      const incident = decodeIncident(value);
      return incident && deps.assessments.ofIncident(incident.id);
    });
  });
}
