/** The payloads Slack sends for what people do, key for key. */
import { isRecord, type JsonRecord, recordOf } from '../json.ts';
import type { PlacedElement } from '../state/block-ids.ts';
import type { StoredMessage } from '../state/message-store.ts';
import type { Channel, Person } from '../state/roster.ts';
import type { StoredView } from '../state/view-store.ts';
import { APP, type Workspace } from '../state/workspace.ts';

/** A message or view whose element somebody used. */
export type Surface = { message: StoredMessage } | { view: StoredView };

export const VERIFICATION_TOKEN = 'sandbox-verification-token';

const userOf = (person: Person): JsonRecord => ({
  id: person.id,
  username: person.name,
  name: person.name,
  team_id: APP.teamId,
});

const team = (): JsonRecord => ({ id: APP.teamId, domain: APP.teamDomain });

const common = (person: Person): JsonRecord => ({
  user: userOf(person),
  api_app_id: APP.appId,
  token: VERIFICATION_TOKEN,
  team: team(),
  enterprise: null,
  is_enterprise_install: false,
});

const channelName = (channel: Channel): string => {
  if (channel.kind === 'im') return 'directmessage';
  return channel.kind === 'group' ? 'privategroup' : channel.name;
};

export interface CommandDetails {
  person: Person;
  channel: Channel;
  command: string;
  text: string;
  triggerId: string;
  responseUrl: string;
}

export const commandPayload = (details: CommandDetails): JsonRecord => ({
  token: VERIFICATION_TOKEN,
  team_id: APP.teamId,
  team_domain: APP.teamDomain,
  channel_id: details.channel.id,
  channel_name: channelName(details.channel),
  user_id: details.person.id,
  user_name: details.person.name,
  command: details.command,
  text: details.text,
  api_app_id: APP.appId,
  is_enterprise_install: 'false',
  response_url: details.responseUrl,
  trigger_id: details.triggerId,
});

/** One entry of `actions`: which element, and what it now holds. */
export function actionOf(block: JsonRecord, element: JsonRecord, state: JsonRecord, ts: string): JsonRecord {
  const text = isRecord(element.text) ? { text: element.text } : {};
  const style = element.style === undefined ? {} : { style: element.style };
  const own = element.type === 'button' || element.type === 'icon_button' ? { ...text, ...style } : {};
  const value = element.value === undefined ? {} : { value: element.value };
  return {
    action_id: element.action_id,
    block_id: block.block_id,
    ...own,
    ...value,
    ...state,
    type: element.type,
    action_ts: ts,
  };
}

export interface ActionDetails {
  person: Person;
  triggerId: string;
  action: JsonRecord;
  values: JsonRecord;
}

/** Where in a message somebody acted. */
function messageSource(workspace: Workspace, message: StoredMessage): JsonRecord {
  const channel = workspace.channel(message.channel);
  const isEphemeral = message.visible_to !== undefined;
  return {
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts }),
    },
    channel: { id: channel.id, name: channelName(channel) },
    // Slack leaves the source out when only one person can see it.
    ...(isEphemeral ? {} : { message: workspace.toSlack(message, { metadata: true }) }),
  };
}

export function messageActionPayload(
  workspace: Workspace,
  message: StoredMessage,
  responseUrl: string,
  details: ActionDetails,
): JsonRecord {
  return {
    type: 'block_actions',
    ...common(details.person),
    trigger_id: details.triggerId,
    ...messageSource(workspace, message),
    state: { values: details.values },
    response_url: responseUrl,
    actions: [details.action],
  };
}

export function viewActionPayload(view: StoredView, details: ActionDetails): JsonRecord {
  return {
    type: 'block_actions',
    ...common(details.person),
    container: { type: 'view', view_id: view.id },
    trigger_id: details.triggerId,
    view: { ...view, state: { values: details.values } },
    actions: [details.action],
  };
}

export interface SuggestionDetails {
  person: Person;
  placed: PlacedElement;
  query: string;
  /** What the form of a view holds. */
  values: JsonRecord;
}

export function suggestionPayload(workspace: Workspace, surface: Surface, details: SuggestionDetails): JsonRecord {
  const { block, element } = details.placed;
  const source =
    'message' in surface
      ? messageSource(workspace, surface.message)
      : {
          container: { type: 'view', view_id: surface.view.id },
          view: { ...surface.view, state: { values: details.values } },
        };
  return {
    type: 'block_suggestion',
    ...common(details.person),
    ...source,
    action_id: element.action_id,
    block_id: block.block_id,
    value: details.query,
  };
}

export const submissionPayload = (
  person: Person,
  view: StoredView,
  values: JsonRecord,
  triggerId: string,
): JsonRecord => ({
  type: 'view_submission',
  ...common(person),
  trigger_id: triggerId,
  view: { ...view, state: { values } },
  response_urls: [],
});

export const closedPayload = (person: Person, view: StoredView, isCleared: boolean): JsonRecord => ({
  type: 'view_closed',
  ...common(person),
  view: { ...view, state: recordOf(view.state) },
  is_cleared: isCleared,
});
