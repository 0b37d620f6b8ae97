import type { WebClient } from '@slack/web-api';
import type { AlertRule } from '../core/incident/alert-rule.ts';
import type { Incident } from '../core/incident/incident.ts';
import type { IncidentChart } from '../core/incident/incident-chart.ts';
import type { Audience } from '../core/policy/audience.ts';
import type { Forbidden } from '../core/policy/channel-policy.ts';
import type { Answering } from '../pipeline/ask/answering.ts';
import type { AssessDesk } from '../pipeline/assess/desk.ts';
import type { DrawChart } from '../pipeline/charts.ts';
import type { CycleDesk } from '../pipeline/cycle-desk.ts';
import type { DigestContext } from '../pipeline/digest.ts';
import type { HomeDesk } from '../pipeline/home.ts';
import type { IncidentDesk } from '../pipeline/incidents.ts';
import type { LabelRequest } from '../pipeline/label.ts';
import type { OwnerNotices } from '../pipeline/owner-notices.ts';
import type { Log, NewId } from '../pipeline/ports.ts';
import type { ProposalDesk, StopDesk } from '../pipeline/proposal-desk.ts';
import type { RunbookDesk } from '../pipeline/runbooks/desk.ts';
import type { Memberships } from '../pipeline/runbooks/readers.ts';
import type { SubscriptionDesk } from '../pipeline/subscribe.ts';
import type { FileAccess } from './download.ts';
import type { ShowProgress } from './progress-message.ts';

/** The rules of alerts, by what people said of them. */
export interface AlertRules {
  list(): Promise<AlertRule[]>;
  /** @throws SeepassError `bad_arguments` for no rule of that name, `conflict` where it is not demoted. */
  restore(name: string, actor: string): Promise<AlertRule>;
}

/** What listeners and commands work with; app.ts of the product injects it. */
export interface SlackDeps extends DigestContext {
  log: Log;
  newId: NewId;
  answering: Answering;
  /** Who reads what is posted in a channel. */
  audienceOf(channel: string): Promise<Audience>;
  /** Where people propose, approve, edit and reject. */
  proposals: ProposalDesk;
  /** Where approvers hold all actions at once. */
  stop: StopDesk;
  /** Where admins run the whole loop by hand. */
  cycle: CycleDesk;
  /** A message that shows how something goes on. */
  progress(asked: { user: string; channel: string }): ShowProgress;
  /** Where those who answer for something say that they saw what they were told. */
  ownerNotices: Pick<OwnerNotices, 'acknowledge'>;
  /** What is likely behind a priority or an incident. */
  assessments: AssessDesk;
  /** Stores what somebody says detection got wrong. */
  label(request: LabelRequest): Promise<void>;
  /** Where people act on incidents. */
  desk: IncidentDesk;
  /** The leader's last hours, for a message that is shown anew; null where there is nothing to draw. */
  chartOf(incident: Incident): Promise<IncidentChart | null>;
  /** Who is told what, and when. */
  subscribing: SubscriptionDesk;
  /** Which alerts may interrupt, and letting one do so again; whoever calls checks that an admin asks. */
  rules: AlertRules;
  /** Where people add, list and remove runbooks. */
  runbooks: RunbookDesk;
  /** Which runbooks somebody may read. */
  memberships: Memberships;
  /** What the App Home shows, and what admins set there. */
  home: HomeDesk;
  /** Where it is left out, charts are Slack's own. */
  drawChart?: DrawChart | undefined;
}

/** What a listener gets besides: the client, made with our own retry rules. */
export interface ListenerDeps extends SlackDeps {
  client: WebClient;
  /** Fetches files that people dropped. */
  files: FileAccess;
  /** Why nothing of ours may be in a channel any more; null where it may. */
  whyForbidden(channel: string): Promise<Forbidden | null>;
  /** Looks at a channel that has become another, and pauses it or goes on. */
  reviewChannel(channel: string): Promise<void>;
  /** Aborted when the app stops. */
  stopping: AbortSignal;
}
