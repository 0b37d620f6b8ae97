/** The inner events Slack sends for what happens to messages, key for key. */
import type { JsonRecord } from '../json.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { Channel } from '../state/roster.ts';
import { APP, type ChannelState, OTHER_COMPANY, type Workspace } from '../state/workspace.ts';

/** A message inside an event: where it is stands beside it, and metadata never travels. */
function shownIn({ channel: _channel, visible_to: _viewer, metadata: _metadata, ...shown }: StoredMessage): JsonRecord {
  return shown;
}

export function messageEvent(workspace: Workspace, message: StoredMessage): JsonRecord {
  const { channel, thread_ts: root } = message;
  const parent = root === undefined ? undefined : workspace.messages.find(channel, root);
  return {
    ...shownIn(message),
    channel,
    event_ts: message.ts,
    ...(message.subtype === 'file_share' ? { upload: false, display_as_bot: false } : {}),
    ...(parent === undefined || message.subtype !== 'thread_broadcast' ? {} : { root: shownIn(parent) }),
    ...(parent === undefined || parent.ts === message.ts ? {} : { parent_user_id: parent.user }),
  };
}

export const changedEvent = (message: StoredMessage, previous: StoredMessage, ts: string): JsonRecord => ({
  type: 'message',
  subtype: 'message_changed',
  hidden: true,
  message: shownIn(message),
  previous_message: shownIn(previous),
  channel: message.channel,
  ts,
  event_ts: ts,
});

export const deletedEvent = (message: StoredMessage, ts: string): JsonRecord => ({
  type: 'message',
  subtype: 'message_deleted',
  hidden: true,
  deleted_ts: message.ts,
  previous_message: shownIn(message),
  channel: message.channel,
  ts,
  event_ts: ts,
});

export interface Reacted {
  message: StoredMessage;
  name: string;
  userId: string;
  isAdded: boolean;
}

export const reactionEvent = ({ message, name, userId, isAdded }: Reacted, ts: string): JsonRecord => ({
  type: isAdded ? 'reaction_added' : 'reaction_removed',
  user: userId,
  reaction: name,
  item_user: message.user,
  item: { type: 'message', channel: message.channel, ts: message.ts },
  event_ts: ts,
});

/** Slack's letters for public and private channels. */
export const joinedEvent = (channel: Channel, userId: string, inviter: string | null, ts: string): JsonRecord => ({
  type: 'member_joined_channel',
  user: userId,
  channel: channel.id,
  channel_type: channel.kind === 'group' ? 'G' : 'C',
  team: APP.teamId,
  ...(inviter === null ? {} : { inviter }),
  event_ts: ts,
});

/** Private channels have names of their own for what both may become; sharing is called the same. */
export function channelEvent(
  channel: Channel,
  became: ChannelState,
  workspace: Workspace,
): JsonRecord & { type: string } {
  const event_ts = workspace.ids.timestamp();
  if (became === 'shared')
    return { type: 'channel_shared', connected_team_id: OTHER_COMPANY, channel: channel.id, event_ts };
  if (became === 'unshared')
    return {
      type: 'channel_unshared',
      previously_connected_team_id: OTHER_COMPANY,
      channel: channel.id,
      is_ext_shared: false,
      event_ts,
    };
  const kind = channel.kind === 'group' ? 'group' : 'channel';
  const { id, name, created } = channel;
  if (became === 'renamed')
    return { type: `${kind}_rename`, channel: { id, name, name_normalized: name, created }, event_ts };
  const [user] = channel.members;
  return {
    type: `${kind}_${became === 'archived' ? 'archive' : 'unarchive'}`,
    channel: id,
    user,
    is_moved: 0,
    event_ts,
  };
}

/** One event a file that a message shares. */
export const fileSharedEvents = (message: StoredMessage): JsonRecord[] =>
  (message.files ?? []).map(({ id }) => ({
    type: 'file_shared',
    channel_id: message.channel,
    file_id: id,
    user_id: message.user,
    file: { id },
    event_ts: message.ts,
  }));
