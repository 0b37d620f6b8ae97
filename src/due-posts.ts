import type { Config } from './config.ts';
import { dateInZone, judgedDate, startOfDay } from './core/window.ts';
import { SeepassError } from './errors.ts';
import type { Answering } from './pipeline/ask/answering.ts';
import { ensureDefaultSubscriptions } from './pipeline/due/default-subscriptions.ts';
import {
  createDigestPoster,
  createWeeklyPoster,
  type DigestPosting,
  enqueueDigestOf,
} from './pipeline/due/digest-poster.ts';
import { gatherWrites } from './pipeline/due/gather-writes.ts';
import { type Posters, postDue } from './pipeline/due/post-due.ts';
import { createQuestionPoster } from './pipeline/due/question-poster.ts';
import { askOnce, rememberReads } from './pipeline/due/remember-reads.ts';
import { withinPolicy } from './pipeline/due/within-policy.ts';
import type { Clock, Log, Stores } from './pipeline/ports.ts';
import type { PostingPolicy } from './pipeline/posting-policy.ts';
import type { Channels } from './pipeline/subscribe.ts';
import { readAlertDefaults } from './pipeline/workspace-settings.ts';
import { buildAnswerMessage } from './slack/views/answer.ts';
import { buildDigestMessage } from './slack/views/digest.ts';
import { buildWeeklyMessage } from './slack/views/weekly.ts';

export interface DuePostsOptions {
  config: Config;
  stores: Stores;
  answering: Answering;
  channels: Channels;
  policy: PostingPolicy;
  prepareDay: DigestPosting['prepareDay'];
  /** Whether the first start makes up for the digest of today. */
  catchUp: boolean;
  owner: string;
  clock: Clock;
  log: Log;
  stopping: AbortSignal;
}

export interface DuePosts {
  /** What the configured channel gets at first; false where Slack does not know it yet. */
  ensureDefaults(): Promise<boolean>;
  /** Puts every post that is due into the outbox. */
  post(): Promise<void>;
  /** Puts today's digest of the configured channel into the outbox; again is the same one. */
  postDigest(asOf: number): Promise<void>;
}

/** Posts what channels subscribed to, from what a process has. */
export function createDuePosts(options: DuePostsOptions): DuePosts {
  const { config, stores, answering, channels, policy, prepareDay, owner, clock, log, stopping, catchUp } = options;
  const { timezone, currency, digest } = config;
  const posting: DigestPosting = { stores, timezone, currency, clock, prepareDay, renderDigest: buildDigestMessage };
  const question = withinPolicy(
    policy,
    createQuestionPoster({
      outbox: stores.outbox,
      answering,
      audienceOf: channels.audienceOf,
      // Written out: a message on its way cannot be built anew where a workspace refuses tables.
      renderAnswer: (answer, asked) => {
        const { text, blocks } = buildAnswerMessage(answer, { place: 'thread', asked, native: false });
        return { text, blocks };
      },
    }),
  );
  /** For one round: thousands of channels may be told of the same day. */
  const postersOfRound = (): Posters => {
    const once = { ...posting, stores: gatherWrites(rememberReads(stores)), prepareDay: askOnce(prepareDay) };
    return {
      digest: withinPolicy(policy, createDigestPoster(once)),
      weekly: withinPolicy(policy, createWeeklyPoster({ ...once, renderWeekly: buildWeeklyMessage })),
      question,
    };
  };
  let hasDefaults = digest.channel === undefined;

  async function makeDefaults(channel: string): Promise<string> {
    const id = await channels.channelId(channel);
    const alerts = await readAlertDefaults(stores.settings);
    const options = { schedule: digest.schedule, now: clock(), catchUp, alerts };
    await ensureDefaultSubscriptions(stores.subscriptions, id, options);
    hasDefaults = true;
    return id;
  }

  const duePosts: DuePosts = {
    async ensureDefaults() {
      if (hasDefaults || digest.channel === undefined) return true;
      try {
        await makeDefaults(digest.channel);
      } catch (err) {
        log.error({ err }, 'the channel of SEEPASS_CHANNEL has no subscriptions yet; trying again');
      }
      return hasDefaults;
    },

    async post() {
      await duePosts.ensureDefaults();
      const { subscriptions } = stores;
      const report = await postDue({ subscriptions, posters: postersOfRound(), owner, clock, log, stopping });
      if (Object.values(report).some((count) => count > 0)) log.info(report, 'what was due is posted');
    },

    async postDigest(asOf) {
      if (digest.channel === undefined)
        throw new SeepassError('bad_config', 'No channel was chosen for the digest.', { fix: 'Set SEEPASS_CHANNEL.' });
      const id = await makeDefaults(digest.channel);
      const subscription = (await stores.subscriptions.list(id)).find(({ kind }) => kind === 'digest');
      if (!subscription)
        throw new SeepassError('not_found', `${digest.channel} has no digest any more.`, {
          fix: 'Say `/seepass subscribe digest` there.',
        });
      await prepareDay(judgedDate(asOf, timezone), asOf);
      await enqueueDigestOf(posting, subscription, startOfDay(dateInZone(asOf, timezone), timezone));
    },
  };
  return duePosts;
}
