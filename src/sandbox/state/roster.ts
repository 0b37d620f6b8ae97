/** Who and what the workspace starts with. */

type PersonRole = 'admin' | 'approver' | 'analyst' | 'viewer';

export interface PersonSeed {
  /** The handle: lower case, unique. */
  name: string;
  realName: string;
  title: string;
  /** IANA zone. */
  timezone: string;
  role: PersonRole;
}

export interface ChannelSeed {
  name: string;
  topic?: string;
  isPrivate?: boolean;
  isArchived?: boolean;
  /** Whether the app has been invited; default true. */
  hasApp?: boolean;
}

export interface Person extends PersonSeed {
  id: string;
}

export interface Channel {
  id: string;
  /** Without the leading #; a direct message has its person's handle. */
  name: string;
  kind: 'channel' | 'group' | 'im';
  topic: string;
  isArchived: boolean;
  /** With another company, by Slack Connect. */
  isShared: boolean;
  /** User ids, the app's own among them where it was invited. */
  members: Set<string>;
  /** Epoch seconds. */
  created: number;
}

export const DEFAULT_PEOPLE: readonly PersonSeed[] = [
  { name: 'maya', realName: 'Maya Okafor', title: 'Product manager', timezone: 'Europe/Berlin', role: 'admin' },
  { name: 'jonas', realName: 'Jonas Weber', title: 'On-call engineer', timezone: 'Europe/Berlin', role: 'approver' },
  { name: 'priya', realName: 'Priya Nair', title: 'Support lead', timezone: 'Asia/Kolkata', role: 'analyst' },
  { name: 'sam', realName: 'Sam Lee', title: 'Account manager', timezone: 'America/New_York', role: 'viewer' },
];

export const DEFAULT_CHANNELS: readonly ChannelSeed[] = [
  { name: 'product-health', topic: 'What to fix next: the daily digest and what came of it' },
  { name: 'eng-oncall', topic: 'Alerts and who is on them' },
  { name: 'support', topic: 'What customers write about' },
  { name: 'general', topic: 'Everybody; Seepass was never invited here', hasApp: false },
  { name: 'leadership', topic: 'Private', isPrivate: true },
  { name: 'old-reports', topic: 'Archived in spring', isArchived: true },
];
