/** What a workspace declares about itself: see docs/workspace-config.md. One more key here is one more thing to declare. */
import { z } from 'zod';
import { DEFAULT_KEEP_DAYS, type KeepDays } from './audit/audit-class.ts';
import { auditSchema } from './audit/audit-config.ts';
import { configObject } from './event-selector.ts';
import { DEFAULT_FUNNELS, type Funnel, funnelSchema } from './funnel.ts';
import { type IdentityRule, identitySchema } from './identity-config.ts';
import { type IssuesConfig, issuesSchema } from './issues-config.ts';
import { type DeclaredMaintenance, maintenanceSchema } from './maintenance.ts';
import { DEFAULT_OUTCOMES, type Outcomes, outcomesSchema } from './outcome.ts';
import { type Owner, ownerSchema } from './owners.ts';
import { type ApprovalPolicy, approvalPolicyOf, approvalsSchema } from './policy/approval-policy.ts';
import { type Reconciliation, reconciliationSchema } from './reconciliation.ts';
import { type SurfacesConfig, surfacesOf, surfacesSchema } from './surfaces-config.ts';
import { type Webhook, webhookSchema } from './webhook-config.ts';

const MOST = 50;

const listOf = <Entry extends { id: string }>(entry: z.ZodType<Entry>) =>
  z
    .array(entry, { error: 'must be a list' })
    .max(MOST, { error: `must have at most ${MOST} entries` })
    .superRefine(
      (entries, context) => {
        // Looked at whatever else is wrong, so that all faults come at once: an entry may be anything here.
        const ids = entries.map((one: Partial<Entry> | null) => one?.id);
        ids.forEach((id, index) => {
          if (typeof id === 'string' && ids.indexOf(id) < index)
            context.addIssue({ code: 'custom', path: [index, 'id'], message: `"${id}" is taken: choose another id` });
        });
      },
      { when: ({ value }) => Array.isArray(value) },
    );

const declaredSchema = configObject({
  reconciliations: listOf(reconciliationSchema).optional(),
  funnels: listOf(funnelSchema).optional(),
  maintenance: listOf(maintenanceSchema).optional(),
  outcomes: outcomesSchema.optional(),
  approvals: approvalsSchema.optional(),
  owners: listOf(ownerSchema).optional(),
  issues: issuesSchema.nullable().optional(),
  webhooks: listOf(webhookSchema).optional(),
  audit: auditSchema.optional(),
  surfaces: surfacesSchema.optional(),
  identity: identitySchema.optional(),
});

/** What a workspace wrote down; what it left out keeps following our defaults. */
export type DeclaredConfig = z.infer<typeof declaredSchema>;

/** What holds: what was declared, and the default for the rest. An empty list stands for none at all. */
export interface WorkspaceConfig {
  reconciliations: readonly Reconciliation[];
  funnels: readonly Funnel[];
  maintenance: readonly DeclaredMaintenance[];
  outcomes: Outcomes;
  approvals: ApprovalPolicy;
  /** Who answers for what; the first that fits. */
  owners: readonly Owner[];
  /** Where issues are opened; null for nowhere. */
  issues: IssuesConfig | null;
  /** Addresses that approved actions may call. */
  webhooks: readonly Webhook[];
  audit: { keep_days: KeepDays };
  surfaces: SurfacesConfig;
  /** By what people and accounts are known in each tool. */
  identity: readonly IdentityRule[];
}

export function withDefaults(declared: DeclaredConfig): WorkspaceConfig {
  const {
    reconciliations,
    funnels,
    maintenance,
    outcomes,
    approvals,
    owners,
    issues,
    webhooks,
    audit,
    surfaces,
    identity,
  } = declared;
  return {
    reconciliations: reconciliations ?? [],
    funnels: funnels ?? DEFAULT_FUNNELS,
    maintenance: maintenance ?? [],
    outcomes: {
      order: outcomes?.order ?? DEFAULT_OUTCOMES.order,
      checkout_attempt: outcomes?.checkout_attempt ?? DEFAULT_OUTCOMES.checkout_attempt,
      activation: outcomes?.activation ?? DEFAULT_OUTCOMES.activation,
    },
    approvals: approvalPolicyOf(approvals),
    owners: owners ?? [],
    issues: issues ?? null,
    webhooks: webhooks ?? [],
    audit: {
      keep_days: {
        questions: audit?.keep_days?.questions ?? DEFAULT_KEEP_DAYS.questions,
        access: audit?.keep_days?.access ?? DEFAULT_KEEP_DAYS.access,
        changes: audit?.keep_days?.changes ?? DEFAULT_KEEP_DAYS.changes,
      },
    },
    surfaces: surfacesOf(surfaces),
    identity: identity ?? [],
  };
}

/**
 * Reads data of unknown shape; every fault is one line that names its place and says what to put there. What is
 * declared comes back in one form, however it was written: reading that again changes nothing.
 */
export function parseDeclaredConfig(
  value: unknown,
): { declared: DeclaredConfig; faults?: undefined } | { declared?: undefined; faults: string[] } {
  const parsed = declaredSchema.safeParse(value ?? {});
  if (parsed.success) return { declared: parsed.data };
  return { faults: parsed.error.issues.map(({ path, message }) => `${placeOf(path)} ${message}`) };
}

/** `reconciliations[0].left.type`. */
function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'The file';
  return path.reduce<string>(
    (place, part) =>
      typeof part === 'number' ? `${place}[${part}]` : place === '' ? String(part) : `${place}.${String(part)}`,
    '',
  );
}
