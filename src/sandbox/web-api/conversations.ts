import type { JsonRecord } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { Channel } from '../state/roster.ts';
import { APP, OTHER_COMPANY, type Workspace } from '../state/workspace.ts';
import { type ApiCall, type MethodTable, paginate, scopeFor } from './call.ts';

function toSlackChannel(channel: Channel): JsonRecord {
  const isIm = channel.kind === 'im';
  const common = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.isArchived,
    is_im: isIm,
    is_org_shared: false,
    context_team_id: APP.teamId,
    updated: channel.created * 1000,
  };
  if (isIm) {
    const user = [...channel.members].find((member) => member !== APP.userId);
    return { ...common, user, is_user_deleted: false, is_open: true, priority: 0 };
  }
  const isMember = channel.members.has(APP.userId);
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'channel',
    is_group: channel.kind === 'group',
    is_mpim: false,
    is_private: channel.kind === 'group',
    is_general: channel.name === 'general',
    is_member: isMember,
    unlinked: 0,
    is_shared: channel.isShared,
    is_ext_shared: channel.isShared,
    is_pending_ext_shared: false,
    shared_team_ids: channel.isShared ? [APP.teamId, OTHER_COMPANY] : [APP.teamId],
    pending_shared: [],
    pending_connected_team_ids: [],
    creator: [...channel.members][0],
    num_members: channel.members.size,
    topic: { value: channel.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    previous_names: [],
    properties: {},
  };
}

/** A channel the app may see: private ones only as a member. */
function knownChannel({ workspace, args }: ApiCall): Channel {
  const channel = workspace.channel(args.need('channel'));
  if (channel.kind !== 'channel' && !channel.members.has(APP.userId)) throw new SlackRefusal('channel_not_found');
  return channel;
}

function readableChannel(call: ApiCall): Channel {
  const channel = knownChannel(call);
  call.needScope(scopeFor(channel, 'history'));
  if (!channel.members.has(APP.userId)) throw new SlackRefusal('not_in_channel');
  return channel;
}

/** Messages between `oldest` and `latest`, exclusive unless `inclusive`. */
function between({ args }: ApiCall, messages: readonly StoredMessage[]): StoredMessage[] {
  const oldest = Number(args.text('oldest') ?? 0);
  const latest = Number(args.text('latest') ?? Number.POSITIVE_INFINITY);
  if (Number.isNaN(oldest)) throw new SlackRefusal('invalid_ts_oldest');
  if (Number.isNaN(latest)) throw new SlackRefusal('invalid_ts_latest');
  const isInclusive = args.flag('inclusive');
  return messages.filter(({ ts }) => {
    const at = Number(ts);
    return isInclusive ? at >= oldest && at <= latest : at > oldest && at < latest;
  });
}

function listed({ workspace, args }: ApiCall, messages: readonly StoredMessage[]): JsonRecord {
  const metadata = args.flag('include_all_metadata');
  const { page, nextCursor } = paginate(messages, args);
  return {
    messages: page.map((message) => workspace.toSlack(message, { metadata })),
    has_more: nextCursor !== '',
    ...(nextCursor === '' ? {} : { response_metadata: { next_cursor: nextCursor } }),
  };
}

/** What may be asked for; there are no group messages here. */
const TYPE_KINDS: Readonly<Record<string, Channel['kind'] | undefined>> = {
  public_channel: 'channel',
  private_channel: 'group',
  im: 'im',
  mpim: undefined,
};

function listChannels(call: ApiCall): JsonRecord {
  const types = call.args.list('types');
  if (types.some((type) => !Object.hasOwn(TYPE_KINDS, type))) throw new SlackRefusal('invalid_types');
  const kinds = new Set((types.length === 0 ? ['public_channel'] : types).map((type) => TYPE_KINDS[type]));
  const all = [...call.workspace.channels.values()].filter((channel) => kinds.has(channel.kind));
  for (const channel of all) call.needScope(scopeFor(channel, 'read'));
  const seen = all.filter(
    (channel) =>
      (channel.kind === 'channel' || channel.members.has(APP.userId)) &&
      !(channel.isArchived && call.args.flag('exclude_archived')),
  );
  const { page, nextCursor } = paginate(seen, call.args);
  return { channels: page.map(toSlackChannel), response_metadata: { next_cursor: nextCursor } };
}

function openConversation({ workspace, args }: ApiCall): JsonRecord {
  const users = args.list('users');
  if (users.length !== 1)
    throw new SlackRefusal(users.length === 0 ? 'users_list_not_supplied' : 'method_not_supported');
  const channel = workspace.openDirectMessage(users[0] ?? '');
  return {
    no_op: true,
    already_open: true,
    channel: args.flag('return_im') ? toSlackChannel(channel) : { id: channel.id },
  };
}

function join(workspace: Workspace, channel: Channel): JsonRecord {
  if (channel.isArchived) throw new SlackRefusal('is_archived');
  if (channel.kind !== 'channel') throw new SlackRefusal('method_not_supported_for_channel_type');
  const wasMember = !workspace.setAppMember(channel, true);
  return {
    channel: toSlackChannel(workspace.channel(channel.id)),
    ...(wasMember ? { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } } : {}),
  };
}

export const conversationMethods: MethodTable = {
  'conversations.list': { handle: listChannels },
  'conversations.info': {
    handle(call) {
      const channel = knownChannel(call);
      call.needScope(scopeFor(channel, 'read'));
      const count = call.args.flag('include_num_members') ? { num_members: channel.members.size } : {};
      return { channel: { ...toSlackChannel(channel), ...count, last_read: '0000000000.000000' } };
    },
  },
  'conversations.members': {
    handle(call) {
      const channel = knownChannel(call);
      call.needScope(scopeFor(channel, 'read'));
      const { page, nextCursor } = paginate([...channel.members], call.args);
      return { members: page, response_metadata: { next_cursor: nextCursor } };
    },
  },
  'conversations.history': {
    handle(call) {
      const channel = readableChannel(call);
      const newestFirst = between(call, call.workspace.messages.inChannel(channel.id)).reverse();
      return {
        ...listed(call, newestFirst),
        pin_count: 0,
        channel_actions_ts: null,
        channel_actions_count: 0,
      };
    },
  },
  'conversations.replies': {
    handle(call) {
      const channel = readableChannel(call);
      const asked = call.workspace.messages.find(channel.id, call.args.need('ts'));
      if (asked === undefined || asked.visible_to !== undefined) throw new SlackRefusal('thread_not_found');
      const root = asked.thread_ts ?? asked.ts;
      return listed(call, between(call, call.workspace.messages.inThread(channel.id, root)));
    },
  },
  'conversations.open': { scopes: ['im:write'], handle: openConversation },
  'conversations.join': {
    scopes: ['channels:join'],
    handle: (call) => join(call.workspace, knownChannel(call)),
  },
};
