import type { JsonRecord } from '../json.ts';
import { SlackRefusal } from '../refusal.ts';
import type { Person } from '../state/roster.ts';
import { APP, type Workspace } from '../state/workspace.ts';
import { type MethodTable, paginate } from './call.ts';

/** Minutes east of UTC at a moment, in a zone. */
function offsetSeconds(timezone: string, at: number): number {
  const name = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value;
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '');
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}

const zoneLabel = (timezone: string, at: number): string =>
  new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'long' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName')?.value ?? timezone;

/** The picture of somebody in the sizes Slack has. */
const avatarsOf = (id: string, origin: string): JsonRecord =>
  Object.fromEntries([24, 32, 48, 72, 192, 512].map((size) => [`image_${size}`, `${origin}/avatars/${id}.svg`]));

function toSlackUser(person: Person, workspace: Workspace): JsonRecord {
  const at = workspace.clock();
  const [firstName = person.realName, ...rest] = person.realName.split(' ');
  return {
    id: person.id,
    team_id: APP.teamId,
    name: person.name,
    real_name: person.realName,
    deleted: false,
    color: '4a154b',
    tz: person.timezone,
    tz_label: zoneLabel(person.timezone, at),
    tz_offset: offsetSeconds(person.timezone, at),
    is_admin: person.role === 'admin',
    is_owner: person.role === 'admin',
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: false,
    is_app_user: false,
    is_email_confirmed: true,
    who_can_share_contact_card: 'EVERYONE',
    updated: Math.floor(at / 1000),
    profile: {
      title: person.title,
      phone: '',
      skype: '',
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.name,
      display_name_normalized: person.name,
      first_name: firstName,
      last_name: rest.join(' '),
      status_text: '',
      status_emoji: '',
      status_emoji_display_info: [],
      status_expiration: 0,
      status_text_canonical: '',
      ...avatarsOf(person.id, workspace.origin),
      avatar_hash: person.id.toLowerCase(),
      team: APP.teamId,
    },
  };
}

const botUser = (workspace: Workspace): JsonRecord => ({
  id: APP.userId,
  team_id: APP.teamId,
  name: APP.name.toLowerCase(),
  real_name: APP.name,
  deleted: false,
  tz: 'Etc/UTC',
  tz_label: 'Coordinated Universal Time',
  tz_offset: 0,
  is_admin: false,
  is_owner: false,
  is_bot: true,
  is_app_user: false,
  is_primary_owner: false,
  is_restricted: false,
  is_ultra_restricted: false,
  is_email_confirmed: false,
  who_can_share_contact_card: 'EVERYONE',
  color: '4a154b',
  updated: workspace.now(),
  profile: {
    title: '',
    real_name: APP.name,
    real_name_normalized: APP.name,
    display_name: APP.name,
    display_name_normalized: APP.name,
    always_active: true,
    bot_id: APP.botId,
    api_app_id: APP.appId,
    team: APP.teamId,
    ...avatarsOf(APP.userId, workspace.origin),
  },
});

/** The one user group: people who may approve. Its id is `S0APPROVER`. */
const APPROVERS_GROUP = 'S0APPROVER';

export const peopleMethods: MethodTable = {
  'users.info': {
    scopes: ['users:read'],
    handle({ workspace, args }) {
      const id = args.need('user');
      return { user: id === APP.userId ? botUser(workspace) : toSlackUser(workspace.person(id), workspace) };
    },
  },
  'users.list': {
    scopes: ['users:read'],
    handle({ workspace, args }) {
      const members = [
        ...[...workspace.people.values()].map((person) => toSlackUser(person, workspace)),
        botUser(workspace),
      ];
      const { page, nextCursor } = paginate(members, args);
      return { members: page, cache_ts: workspace.now(), response_metadata: { next_cursor: nextCursor } };
    },
  },
  'usergroups.users.list': {
    scopes: ['usergroups:read'],
    handle({ workspace, args }) {
      if (args.need('usergroup') !== APPROVERS_GROUP) throw new SlackRefusal('no_such_subteam');
      const approvers = [...workspace.people.values()].filter((one) => one.role === 'admin' || one.role === 'approver');
      return { users: approvers.map((person) => person.id) };
    },
  },
  'team.info': {
    scopes: ['team:read'],
    handle: ({ workspace }) => ({
      team: {
        id: APP.teamId,
        name: APP.teamName,
        domain: APP.teamDomain,
        url: `${workspace.origin}/`,
        email_domain: '',
        icon: { ...avatarsOf(APP.teamId, workspace.origin), image_default: true },
        is_verified: false,
        avatar_base_url: `${workspace.origin}/avatars/`,
      },
    }),
  },
};
