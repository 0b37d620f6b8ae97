import type { Stores } from '../pipeline/ports.ts';
import { createAlertStore } from './alert.repository.ts';
import { createAnnotationStore } from './annotation.repository.ts';
import { createAnswerUpkeep } from './answer-upkeep.ts';
import { createAssessmentStore } from './assessment.repository.ts';
import { createAuditStore } from './audit.repository.ts';
import { createAuditChain } from './audit-chain.repository.ts';
import { createBackfillStore } from './backfill.repository.ts';
import type { StoreContext } from './context.ts';
import { createCountStore } from './count.repository.ts';
import type { DatabaseHandle } from './database.ts';
import { createFirstDelivery } from './delivery.repository.ts';
import { createDigestStore } from './digest.repository.ts';
import { createDrillStore } from './drill.repository.ts';
import { createEffectStore } from './effect.repository.ts';
import { createEventStore } from './event.repository.ts';
import { createExecutionStore } from './execution.repository.ts';
import { createFreshnessStore } from './freshness.repository.ts';
import { createGapStore } from './gap.repository.ts';
import { createHourStore } from './hour.repository.ts';
import { createHourlyFindingStore } from './hourly-finding.repository.ts';
import { createIdentityStore } from './identity.repository.ts';
import { createIncidentStore } from './incident.repository.ts';
import { createJobStore } from './job.repository.ts';
import { createLabelStore } from './label.repository.ts';
import { createMaintenanceStore } from './maintenance.repository.ts';
import { createMetricStore } from './metric.repository.ts';
import { createModelSpendStore } from './model-spend.repository.ts';
import { createMuteStore } from './mute.repository.ts';
import { createOutboxStore } from './outbox.repository.ts';
import { createOwnerNoticeStore } from './owner-notice.repository.ts';
import { createPriorityStore } from './priority.repository.ts';
import { createProposalStore } from './proposal.repository.ts';
import { createReceiptStore } from './receipt.repository.ts';
import { createRoleStore } from './role.repository.ts';
import { createRollupStore } from './rollup.repository.ts';
import { createRunbookStore } from './runbook.repository.ts';
import { createSectionEmbeddingStore } from './section-embedding.repository.ts';
import { createSettingsStore } from './settings.repository.ts';
import { createSignatureStore } from './signature.repository.ts';
import { createStopStore } from './stop.repository.ts';
import { createSubscriptionStore } from './subscription.repository.ts';
import { createSurfaceStore } from './surface.repository.ts';
import { createThemeStore } from './theme.repository.ts';
import { createThreadStore } from './thread.repository.ts';
import { createVoteStore } from './vote.repository.ts';
import { createWebhookDeliveryStore } from './webhook-delivery.repository.ts';
import { createWhyStore } from './why.repository.ts';

/** Every store of one workspace, on a migrated database. */
export function createStores(handle: DatabaseHandle, context: StoreContext): Stores {
  const db = handle.kysely;
  const events = createEventStore(handle, context);
  return {
    events,
    rollups: createRollupStore(handle, context),
    themes: createThemeStore(db, context),
    signatures: createSignatureStore(db, context),
    hours: createHourStore(handle, context),
    hourlyFindings: createHourlyFindingStore(db, context),
    incidents: createIncidentStore(db, context),
    alerts: createAlertStore(db, context),
    mutes: createMuteStore(db, context),
    metrics: createMetricStore(handle, context),
    counts: createCountStore(db, context),
    why: createWhyStore(db, context),
    freshness: createFreshnessStore(db, context),
    surfaces: createSurfaceStore(db, context),
    identity: createIdentityStore(db, context),
    priorities: createPriorityStore(db, context),
    outbox: createOutboxStore(db, context),
    jobs: createJobStore(db, context),
    settings: createSettingsStore(db, context),
    roles: createRoleStore(db, context),
    audit: createAuditStore(db, context),
    auditChain: createAuditChain(db, context),
    drills: createDrillStore(db, context),
    labels: createLabelStore(db, context),
    maintenance: createMaintenanceStore(db, context),
    proposals: createProposalStore(db, context),
    executions: createExecutionStore(db, context),
    stops: createStopStore(db, context),
    effects: createEffectStore(db, context),
    assessments: createAssessmentStore(db, context),
    ownerNotices: createOwnerNoticeStore(db, context),
    answers: createAnswerUpkeep(db, context),
    receipts: createReceiptStore(db, context),
    threads: createThreadStore(db, context),
    gaps: createGapStore(db, context),
    annotations: createAnnotationStore(db, context),
    modelSpend: createModelSpendStore(db, context),
    votes: createVoteStore(db, context),
    digests: createDigestStore(db, context),
    subscriptions: createSubscriptionStore(db, context),
    runbooks: createRunbookStore(db, context),
    sectionEmbeddings: createSectionEmbeddingStore(db, context),
    deliveries: createWebhookDeliveryStore(handle, context, events),
    backfills: createBackfillStore(db, context),
    firstDelivery: createFirstDelivery(db, context),
  };
}
