import type { RuleChange } from '../../core/incident/alert-rule.ts';
import type { Incident, IncidentEntry } from '../../core/incident/incident.ts';
import type { ChartStretch, IncidentChart } from '../../core/incident/incident-chart.ts';
import type { Sensitivity } from '../../core/records.ts';
import type { Clock, Log, NewId, OutgoingMessage, Stores } from '../ports.ts';
import type { SubscriptionStore } from '../subscriptions.ts';

/** Turns incidents into messages; the views live with the platform. */
export interface IncidentRenderers {
  /** The one message of an incident, as it is now. @param entries all so far, oldest first. */
  renderIncident: (
    incident: Incident,
    entries: readonly IncidentEntry[],
    chart: IncidentChart | null,
  ) => OutgoingMessage;
  /** A line of its thread. */
  renderEntry: (entry: IncidentEntry, incident: Incident) => OutgoingMessage;
  renderRule: (change: RuleChange) => OutgoingMessage;
}

/** What an incident's chart is drawn from, and the message of one in its thread; without, there are no charts. */
export interface IncidentCharts {
  /** @param stretch the latest hours where left out. */
  chartOf?: (incident: Incident, stretch?: ChartStretch) => Promise<IncidentChart | null>;
  /** Null where its own message shows as much, or there is no course to speak of. */
  renderChart?: (incident: Incident, chart: IncidentChart, stretch: ChartStretch) => OutgoingMessage | null;
}

export interface IncidentContext extends IncidentRenderers, IncidentCharts {
  stores: Pick<
    Stores,
    'incidents' | 'alerts' | 'mutes' | 'votes' | 'outbox' | 'settings' | 'hours' | 'hourlyFindings' | 'maintenance'
  > & { subscriptions: Pick<SubscriptionStore, 'list'> };
  /** Asked before each post; where the answer is no, the channel is paused by then. */
  mayPost: (channel: string) => Promise<boolean>;
  /** How readily hours open incidents. */
  sensitivity: Sensitivity;
  /** IANA zone of the workspace. */
  timezone: string;
  clock: Clock;
  newId: NewId;
  log: Log;
}
