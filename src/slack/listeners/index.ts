import type { App } from '@slack/bolt';
import type { ListenerDeps } from '../deps.ts';
import { registerAnswerDrawing } from './answer-drawing.ts';
import { registerAnswerFile } from './answer-file.ts';
import { registerAnswerQuery } from './answer-query.ts';
import { registerAnswerQuestions } from './answer-questions.ts';
import { registerAnswerSharing } from './answer-sharing.ts';
import { registerApprovalSettings } from './approval-settings.ts';
import { registerAssessments } from './assessments.ts';
import { registerAuditPages } from './audit-pages.ts';
import { registerChannelChanges } from './channel-changes.ts';
import { registerChartPosting } from './chart-posting.ts';
import { registerCommands } from './commands.ts';
import { registerDecisions } from './decisions.ts';
import { registerDetails } from './details.ts';
import { registerForbiddenChannels } from './forbidden-channels.ts';
import { registerHome } from './home.ts';
import { registerIncidentForms } from './incident-forms.ts';
import { registerIncidents } from './incidents.ts';
import { registerInvitations } from './invitations.ts';
import { registerMessages } from './messages.ts';
import { registerOwnerNotices } from './owner-notices.ts';
import { registerProposalForms } from './proposal-forms.ts';
import { registerProposals } from './proposals.ts';
import { registerQuiet } from './quiet.ts';
import { registerRunbookSections } from './runbook-sections.ts';
import { registerSettings } from './settings.ts';
import { registerShare } from './share.ts';
import { registerSubscribe } from './subscribe.ts';
import { registerUsefulness } from './usefulness.ts';

/** Every listener; each acknowledges first and works afterwards. */
export function registerListeners(app: App, deps: ListenerDeps): void {
  for (const register of [
    registerAnswerDrawing,
    registerAnswerFile,
    registerAnswerQuery,
    registerAnswerQuestions,
    registerAnswerSharing,
    registerApprovalSettings,
    registerAssessments,
    registerAuditPages,
    registerChannelChanges,
    registerChartPosting,
    registerCommands,
    registerDecisions,
    registerDetails,
    registerForbiddenChannels,
    registerHome,
    registerIncidentForms,
    registerIncidents,
    registerInvitations,
    registerMessages,
    registerOwnerNotices,
    registerProposalForms,
    registerProposals,
    registerQuiet,
    registerRunbookSections,
    registerSettings,
    registerShare,
    registerSubscribe,
    registerUsefulness,
  ]) {
    register(app, deps);
  }
}
