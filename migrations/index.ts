import * as spine from './20261121000000_spine.ts';
import * as signatures from './20261121110000_signatures.ts';
import * as ticketThemes from './20261121120000_ticket_themes.ts';
import * as hours from './20261121130000_hours.ts';
import * as labels from './20261121140000_labels.ts';
import * as drills from './20261121150000_drills.ts';
import * as hourlyStates from './20261121160000_hourly_states.ts';
import * as eventSpans from './20261121170000_event_spans.ts';
import * as answers from './20261121180000_answers.ts';
import * as hourlySensitivity from './20261121190000_hourly_sensitivity.ts';
import * as eventCounts from './20261121200000_event_counts.ts';
import * as modelUsage from './20261121210000_model_usage.ts';
import * as channel from './20261121220000_channel.ts';
import * as runbooks from './20261121230000_runbooks.ts';
import * as auditChain from './20261122000000_audit_chain.ts';
import * as approvals from './20261122010000_approvals.ts';
import * as deliveries from './20261122020000_deliveries.ts';
import * as surfacesIdentity from './20261122030000_surfaces_identity.ts';
import * as backfills from './20261122040000_backfills.ts';
import * as ownerNoticeRungs from './20261122050000_owner_notice_rungs.ts';
import * as assessmentExcerpts from './20261122060000_assessment_excerpts.ts';
import * as runbookWords from './20261122070000_runbook_words.ts';
import * as sectionEmbeddings from './20261122080000_section_embeddings.ts';

/** Append-only, applied in the order of their names. */
export const migrations = {
  '20261121000000_spine': spine,
  '20261121110000_signatures': signatures,
  '20261121120000_ticket_themes': ticketThemes,
  '20261121130000_hours': hours,
  '20261121140000_labels': labels,
  '20261121150000_drills': drills,
  '20261121160000_hourly_states': hourlyStates,
  '20261121170000_event_spans': eventSpans,
  '20261121180000_answers': answers,
  '20261121190000_hourly_sensitivity': hourlySensitivity,
  '20261121200000_event_counts': eventCounts,
  '20261121210000_model_usage': modelUsage,
  '20261121220000_channel': channel,
  '20261121230000_runbooks': runbooks,
  '20261122000000_audit_chain': auditChain,
  '20261122010000_approvals': approvals,
  '20261122020000_deliveries': deliveries,
  '20261122030000_surfaces_identity': surfacesIdentity,
  '20261122040000_backfills': backfills,
  '20261122050000_owner_notice_rungs': ownerNoticeRungs,
  '20261122060000_assessment_excerpts': assessmentExcerpts,
  '20261122070000_runbook_words': runbookWords,
  '20261122080000_section_embeddings': sectionEmbeddings,
};
