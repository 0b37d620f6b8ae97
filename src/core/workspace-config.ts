/** What a workspace declares about itself: see docs/workspace-config.md. One more key here is one more thing to declare. */
import { z } from 'zod';
import { configObject } from './event-selector.ts';
import { DEFAULT_FUNNELS, type Funnel, funnelSchema } from './funnel.ts';
import { type Reconciliation, reconciliationSchema } from './reconciliation.ts';

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

const workspaceConfigSchema = configObject({
  reconciliations: listOf(reconciliationSchema).default([]),
  /** An empty list stands for none at all. */
  funnels: listOf(funnelSchema).default(() => structuredClone([...DEFAULT_FUNNELS])),
});

export interface WorkspaceConfig {
  reconciliations: readonly Reconciliation[];
  funnels: readonly Funnel[];
}

/** What holds where nothing was declared. */
export const DEFAULT_WORKSPACE_CONFIG: WorkspaceConfig = { reconciliations: [], funnels: DEFAULT_FUNNELS };

export type ParsedWorkspaceConfig = { config: WorkspaceConfig; faults?: undefined } | { faults: string[] };

/** Reads data of unknown shape; every fault is one line that names its place and says what to put there. */
export function parseWorkspaceConfig(value: unknown): ParsedWorkspaceConfig {
  const parsed = workspaceConfigSchema.safeParse(value ?? {});
  if (parsed.success) return { config: parsed.data };
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
