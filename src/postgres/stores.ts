import type { Stores } from '../pipeline/ports.ts';
import { createAuditStore } from './audit.repository.ts';
import type { StoreContext } from './context.ts';
import type { DatabaseHandle } from './database.ts';
import { createFirstDelivery } from './delivery.repository.ts';
import { createDrillStore } from './drill.repository.ts';
import { createEventStore } from './event.repository.ts';
import { createFreshnessStore } from './freshness.repository.ts';
import { createHourStore } from './hour.repository.ts';
import { createHourlyFindingStore } from './hourly-finding.repository.ts';
import { createJobStore } from './job.repository.ts';
import { createLabelStore } from './label.repository.ts';
import { createOutboxStore } from './outbox.repository.ts';
import { createPriorityStore } from './priority.repository.ts';
import { createProposalStore } from './proposal.repository.ts';
import { createRoleStore } from './role.repository.ts';
import { createRollupStore } from './rollup.repository.ts';
import { createSettingsStore } from './settings.repository.ts';
import { createSignatureStore } from './signature.repository.ts';
import { createThemeStore } from './theme.repository.ts';

/** Every store of one workspace, on a migrated database. */
export function createStores(handle: DatabaseHandle, context: StoreContext): Stores {
  const db = handle.kysely;
  return {
    events: createEventStore(handle, context),
    rollups: createRollupStore(handle, context),
    themes: createThemeStore(db, context),
    signatures: createSignatureStore(db, context),
    hours: createHourStore(handle, context),
    hourlyFindings: createHourlyFindingStore(db, context),
    freshness: createFreshnessStore(db, context),
    priorities: createPriorityStore(db, context),
    outbox: createOutboxStore(db, context),
    jobs: createJobStore(db, context),
    settings: createSettingsStore(db, context),
    roles: createRoleStore(db, context),
    audit: createAuditStore(db, context),
    drills: createDrillStore(db, context),
    labels: createLabelStore(db, context),
    proposals: createProposalStore(db, context),
    firstDelivery: createFirstDelivery(db, context),
  };
}
