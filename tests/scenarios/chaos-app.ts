/** One of several processes of the app: what it does by itself, and the desk people reach through it. */
import { WebClient } from '@slack/web-api';
import { v7 } from 'uuid';
import { incidentName } from '../../src/core/incident/incident-ref.ts';
import type { Rng } from '../../src/core/simulate/rng.ts';
import { deliverOutbox } from '../../src/pipeline/deliver.ts';
import { createDigestPoster, createWeeklyPoster, type DigestPosting } from '../../src/pipeline/due/digest-poster.ts';
import { gatherWrites } from '../../src/pipeline/due/gather-writes.ts';
import { createDayJudge } from '../../src/pipeline/due/judge-once.ts';
import { postDue } from '../../src/pipeline/due/post-due.ts';
import { rememberReads } from '../../src/pipeline/due/remember-reads.ts';
import { withinPolicy } from '../../src/pipeline/due/within-policy.ts';
import { beatIncidents } from '../../src/pipeline/incidents/beat.ts';
import type { IncidentContext } from '../../src/pipeline/incidents/context.ts';
import { createIncidentDesk } from '../../src/pipeline/incidents/desk.ts';
import { followIncidents } from '../../src/pipeline/incidents/follow.ts';
import type { IncidentDesk } from '../../src/pipeline/incidents.ts';
import type { JudgedDay } from '../../src/pipeline/ports.ts';
import { mayPost } from '../../src/pipeline/posting-policy.ts';
import type { DatabaseHandle } from '../../src/postgres/database.ts';
import { createStores } from '../../src/postgres/stores.ts';
import type { Sandbox } from '../../src/sandbox/sandbox.ts';
import { createClientOptions } from '../../src/slack/client-options.ts';
import { createDirectory } from '../../src/slack/directory.ts';
import { createMessenger } from '../../src/slack/messenger.ts';
import { priority } from '../support/priority.ts';
import { silentLog } from '../support/silent-log.ts';
import { createStoreContext } from '../support/store-context.ts';
import { type Life, mayBeKilled, mortal, mortalParts } from './mortal.ts';

export const timezone = 'Europe/Berlin';

export interface ChaosApp {
  readonly life: Life;
  readonly desk: IncidentDesk;
  /**
   * A beat of what it does, each beside the others, to its end or the app's.
   * @param withIncidents left out between the beats of incidents, which are less frequent.
   */
  work(what: { withIncidents: boolean }): Promise<void>;
}

interface Surroundings {
  clock: () => number;
  sandbox: Sandbox;
  random: Rng;
}

/** A fresh one, on connections of its own; it dies after a while. */
export function startApp(pool: DatabaseHandle, { clock, sandbox, random }: Surroundings): ChaosApp {
  const life = { callsLeft: 40 + random.below(800), lastTakesEffect: random.chance(0.7) };
  const owner = `app ${random.below(1e9)}`;
  const log = silentLog;
  const stores = mortalParts(createStores(pool, createStoreContext({ clock })), life);
  const client = new WebClient(sandbox.botToken, createClientOptions(sandbox.apiUrl, log));
  const directory = mortal(createDirectory(client, clock), life);
  const messenger = mortal(createMessenger(client, directory), life);
  const policy = {
    channels: directory,
    listed: [],
    pause: (channel: string) => Promise.reject(new Error(`${channel} may be posted to`)),
  };

  const posting: DigestPosting = {
    ...{ stores, timezone, currency: 'USD', clock, renderDigest },
    prepareDay: createDayJudge({
      ...{ jobs: stores.jobs, owner, log },
      judge: (date, asOf) => stores.priorities.replaceDay(judgedDay(date, asOf), [], [{ ...priority(), date }]),
    }),
  };
  const post = (): Promise<unknown> => {
    const once = { ...posting, stores: gatherWrites(rememberReads(stores)) };
    const posters = {
      digest: withinPolicy(policy, createDigestPoster(once)),
      weekly: withinPolicy(policy, createWeeklyPoster({ ...once, renderWeekly })),
      question: () => Promise.reject(new Error('nobody saved a question')),
    };
    return postDue({ subscriptions: stores.subscriptions, posters, owner, clock, log });
  };

  const incidents: IncidentContext = {
    ...{ stores, timezone, clock, log, ...renderers },
    sensitivity: 'normal',
    newId: v7,
    mayPost: (channel) => mayPost(policy, channel),
  };
  /** The hourly tick where there is something to follow; what is left of one that was killed is the beat's. */
  const follow = async (): Promise<unknown> => {
    const [judged, followed] = [await stores.hourlyFindings.judgedUntil(), await stores.incidents.followedUntil()];
    return judged === followed ? beatIncidents(incidents, clock()) : followIncidents(incidents);
  };
  let isFresh = true;
  const deliver = () => deliverOutbox({ stores, messenger, owner, clock, log });

  return {
    life,
    desk: createIncidentDesk({
      ...{ stores, timezone, clock, log, ...renderers },
      policy: { admins: [], approvers: [] },
    }),
    async work({ withIncidents }) {
      const does = withIncidents || isFresh ? [post, follow, deliver] : [post, deliver];
      isFresh = false;
      await Promise.all(does.map((one) => one().catch(mayBeKilled)));
    },
  };
}

const says = (text: string) => ({ text, blocks: [] });
export const renderDigest = ({ date }: { date: string }) => says(`digest of ${date}`);
export const renderWeekly = ({ range }: { range: { end: string } }) => says(`week before ${range.end}`);

/** Words that tell which revision is shown, with which history, and each line from every other. */
export const renderers: Pick<IncidentContext, 'renderIncident' | 'renderEntry' | 'renderRule'> = {
  renderIncident: ({ number, revision }, entries) =>
    says(`${incidentName(number)}, revision ${revision}, ${entries.length} entries`),
  renderEntry: ({ sequence, kind, actor }, { number }) =>
    says(`${incidentName(number)}, entry ${sequence}: ${kind} by ${actor}`),
  renderRule: ({ metric, isDemoted }) => says(`rule ${metric} ${isDemoted ? 'demoted' : 'restored'}`),
};

const judgedDay = (date: string, as_of: number): JudgedDay => ({
  ...{ date, as_of, surfaces: 40, findings: 0, priorities: 1 },
  summary: {
    ...{ expected_false: 0.2, too_small: 1, insufficient_history: 0, under_maintenance: 0, baselines_ready_on: null },
    ...{ gap_sources: [], back_to_normal: [], improvements: [] },
  },
});
