import { z } from 'zod';

/** What we read of Slack's payloads: parsed, so that nothing is assumed of what came over the wire. */

export const blockActionSchema = z.object({
  user: z.object({ id: z.string() }),
  team: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string() }).nullish(),
  message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).nullish(),
  container: z.object({ is_ephemeral: z.boolean().optional() }).nullish(),
  trigger_id: z.string().default(''),
  response_url: z.string().optional(),
  view: z.object({ type: z.string(), private_metadata: z.string().default(''), hash: z.string().optional() }).nullish(),
  actions: z
    .array(
      z.object({
        action_id: z.string(),
        value: z.string().default(''),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    )
    .min(1),
});
export type BlockAction = z.infer<typeof blockActionSchema>;

export const commandSchema = z.object({
  text: z.string().default(''),
  user_id: z.string(),
  channel_id: z.string(),
  response_url: z.string(),
  trigger_id: z.string().default(''),
});

/** The envelope of an Events API delivery. */
export const eventEnvelopeSchema = z.object({ event_id: z.string().optional(), team_id: z.string().default('') });

export const messageEventSchema = z.object({
  ts: z.string(),
  channel: z.string(),
  channel_type: z.string().optional(),
  thread_ts: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
  /** Who wrote the message that a reply hangs under. */
  parent_user_id: z.string().optional(),
  edited: z.object({ ts: z.string() }).nullish(),
  user: z.string().optional(),
  text: z.string().default(''),
  files: z.array(z.object({ id: z.string() })).default([]),
});
export type MessageEvent = z.infer<typeof messageEventSchema>;

export const homeEventSchema = z.object({
  user: z.string(),
  tab: z.string().default('home'),
  /** What they see now; nothing before it was published once. */
  view: z.object({ hash: z.string().optional() }).nullish(),
});

/** Somebody came into a channel, or was invited there; nobody is named who invited where they came by themselves. */
export const memberJoinedSchema = z.object({ user: z.string(), channel: z.string(), inviter: z.string().nullish() });

/** A channel became another: named by its id, or where its name changed by both. */
export const channelChangedSchema = z.object({
  channel: z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]),
});

/** A form that was submitted: by block, then by action. */
export const submissionSchema = z.object({
  user: z.object({ id: z.string() }),
  team: z.object({ id: z.string() }).nullish(),
  view: z.object({
    callback_id: z.string().default(''),
    private_metadata: z.string().default(''),
    state: z.object({
      values: z.record(
        z.string(),
        z.record(
          z.string(),
          z.object({
            value: z.string().nullish(),
            selected_date: z.string().nullish(),
            selected_time: z.string().nullish(),
            selected_option: z.object({ value: z.string() }).nullish(),
            selected_options: z.array(z.object({ value: z.string() })).nullish(),
            selected_users: z.array(z.string()).nullish(),
          }),
        ),
      ),
    }),
  }),
});
export type Submission = z.infer<typeof submissionSchema>;

export const openedViewSchema = z.object({ view: z.object({ id: z.string() }) });
