import type { Config } from './config.ts';
import type { Incident } from './core/incident/incident.ts';
import type { ChartStretch, IncidentChart } from './core/incident/incident-chart.ts';
import type { RolePolicy } from './core/policy/roles.ts';
import type { IncidentContext } from './pipeline/incidents/context.ts';
import { createIncidentDesk } from './pipeline/incidents/desk.ts';
import { createExpectedHours } from './pipeline/incidents/expected-hours.ts';
import { readIncidentChart } from './pipeline/incidents/read-chart.ts';
import { listRules, restoreRule } from './pipeline/incidents/rules.ts';
import type { Clock, Log, NewId, Stores } from './pipeline/ports.ts';
import { readWorkspaceSettings } from './pipeline/workspace-settings.ts';
import { incidentRenderers } from './slack/incident-renderers.ts';

export interface IncidentWorkOptions {
  config: Pick<Config, 'timezone' | 'sensitivity'>;
  stores: Stores;
  policy: RolePolicy;
  clock: Clock;
  newId: NewId;
  log: Log;
  mayPost: IncidentContext['mayPost'];
  mention: (userId: string) => string;
}

/** What a process has for incidents: people's desk, their charts, and what following them takes. */
export function createIncidentWork(options: IncidentWorkOptions) {
  const { config, stores, policy, clock, newId, log, mayPost, mention } = options;
  const { timezone } = config;
  const renderers = incidentRenderers(timezone);
  const expectedOf = createExpectedHours({ stores, timezone });
  /** What an admin chose holds over the environment, from the next tick on. */
  const sensitivityNow = async () => (await readWorkspaceSettings(stores.settings)).sensitivity ?? config.sensitivity;
  const chartOf = async (incident: Incident, stretch?: ChartStretch): Promise<IncidentChart | null> =>
    readIncidentChart({ stores, expectedOf, sensitivity: await sensitivityNow() }, incident, stretch);
  return {
    chartOf,
    sensitivityNow,
    desk: createIncidentDesk({ stores, policy, timezone, clock, log, chartOf, mention, ...renderers }),
    rules: {
      list: () => listRules(stores, clock()),
      restore: (name: string, actor: string) => restoreRule({ stores, ...renderers }, name, { actor, at: clock() }),
    },
    /** Read anew for each round. */
    context: async (): Promise<IncidentContext> => ({
      ...{ stores, timezone, clock, newId, log, chartOf, mayPost, ...renderers },
      sensitivity: await sensitivityNow(),
    }),
  };
}
