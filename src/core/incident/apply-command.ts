/** What people's commands do to an incident, or why they cannot: who was first, and when. */
import { formatMoment } from '../facts/render.ts';
import {
  awake,
  changeOf,
  ended,
  type IncidentChange,
  memberKey,
  ongoingState,
  reopened,
  SYSTEM,
  surfacesOf,
} from './change.ts';
import type { IncidentCommand } from './command.ts';
import { type EntryDetails, type EntryKind, type Incident, isLive } from './incident.ts';
import { incidentName } from './incident-ref.ts';
import { timeBeside } from './incident-words.ts';

const MINUTE = 60_000;
/** Two people who press the same snooze within this time mean the same. */
const SAME_SNOOZE = 5 * MINUTE;
const LONGEST_SNOOZE_DAYS = 366;

export interface CommandSetting {
  /** Slack user id. */
  actor: string;
  isAdmin: boolean;
  /** Epoch milliseconds. */
  at: number;
  /** Every live incident; the one that is acted on may be among them. */
  live: readonly Incident[];
  /** What a duplicate is said to be of, where there is such an incident. */
  original: Incident | undefined;
  /** IANA zone of the times in a refusal. */
  timezone: string;
  /** How people are written. */
  mention: (userId: string) => string;
}

export interface Refusal {
  /** `conflict`: somebody was first, or it is in no state for this. */
  code: 'conflict' | 'bad_arguments' | 'forbidden';
  words: string;
}

/** The incident's own change first; what became of the original of a duplicate after it. */
export type Applied = { changes: [IncidentChange, ...IncidentChange[]] } | { refusal: Refusal };

/**
 * A command either makes one revision with one entry, or is refused and changes nothing. Pressing twice is refused the
 * second time, in words that say who was first.
 */
export function applyCommand(incident: Incident, command: IncidentCommand, setting: CommandSetting): Applied {
  const { actor, at } = setting;
  const done = (kind: EntryKind, what: Partial<Incident>, details: EntryDetails = {}): Applied => ({
    changes: [changeOf(incident, what, [{ at, actor, kind, details }])],
  });
  if (command.kind === 'reopen') return reopen(incident, setting, done);
  if (command.kind === 'close') return close(incident, command, setting);
  if (!isLive(incident)) return refuse(howItEnded(incident, setting));
  switch (command.kind) {
    case 'acknowledge':
      return acknowledge(incident, setting, done);
    case 'release':
      return release(incident, setting, done);
    case 'snooze':
      return snooze(incident, command, setting, done);
    case 'wake':
      if (incident.snoozedUntil === null) return refuse(`${incidentName(incident.number)} is not snoozed.`);
      return done('woken', awake());
    case 'resolve':
      return done('resolved', ended({ state: 'resolved' }, actor, at), noted(command.note));
  }
}

type Done = (kind: EntryKind, what: Partial<Incident>, details?: EntryDetails) => Applied;

function acknowledge(incident: Incident, setting: CommandSetting, done: Done): Applied {
  const { actor, at, mention, timezone } = setting;
  const { owner, acknowledgedAt, number, state } = incident;
  if (owner !== null) {
    const who = owner === actor ? 'You are' : `${mention(owner)} is`;
    const since = acknowledgedAt === null ? '' : `, since ${timeBeside(acknowledgedAt, at, timezone)}`;
    return refuse(`${who} on ${incidentName(number)}${since}.`);
  }
  const next = state === 'open' ? 'acknowledged' : state;
  return done('acknowledged', { state: next, owner: actor, acknowledgedAt: at }, { owner: actor });
}

function release(incident: Incident, { actor, isAdmin, mention }: CommandSetting, done: Done): Applied {
  const { owner, number, state } = incident;
  if (owner === null) return refuse(`Nobody is on ${incidentName(number)}.`);
  if (owner !== actor && !isAdmin)
    return refuse(`${mention(owner)} is on ${incidentName(number)}; they or an admin may hand it back.`, 'forbidden');
  const next = state === 'acknowledged' ? 'open' : state;
  return done('released', { state: next, owner: null, acknowledgedAt: null }, { owner });
}

function snooze(
  incident: Incident,
  { until, note }: Extract<IncidentCommand, { kind: 'snooze' }>,
  setting: CommandSetting,
  done: Done,
): Applied {
  const { at, actor, mention, timezone } = setting;
  const { snoozedUntil, snoozedBy, number } = incident;
  if (!Number.isFinite(until) || until <= at) return refuse('A snooze has to end in the future.', 'bad_arguments');
  if (until > at + LONGEST_SNOOZE_DAYS * 1440 * MINUTE)
    return refuse('A snooze lasts a year at most. To hear no more of a page, ignore it.', 'bad_arguments');
  if (snoozedUntil !== null && Math.abs(snoozedUntil - until) < SAME_SNOOZE) {
    const who = snoozedBy === actor || snoozedBy === null ? 'You' : mention(snoozedBy);
    return refuse(`${who} snoozed ${incidentName(number)} until ${formatMoment(snoozedUntil, timezone)} already.`);
  }
  return done('snoozed', { snoozedUntil: until, snoozedBy: actor }, { until, ...noted(note) });
}

/** Its lead is outside normal again in the eyes of whoever says so: only normal hours or a person end it. */
function reopen(incident: Incident, setting: CommandSetting, done: Done): Applied {
  const { number, lead, owner } = incident;
  if (isLive(incident)) return refuse(`${incidentName(number)} is open already.`);
  const held = new Map(
    setting.live
      .filter(({ id }) => id !== incident.id)
      .flatMap((other) => other.members.map((member) => [memberKey(member), other] as const)),
  );
  const holder = held.get(memberKey(lead));
  if (holder) return refuse(`${incidentName(holder.number)} tells of ${lead.surface} now.`);
  const members = incident.members
    .filter((member) => !held.has(memberKey(member)))
    .map((member) => (memberKey(member) === memberKey(lead) ? { ...member, recovered: false } : member));
  return done('reopened', { ...reopened(incident), members }, owner === null ? {} : { owner });
}

/** Also one that is resolved: what was none stays none, however it ended. */
function close(
  incident: Incident,
  command: Extract<IncidentCommand, { kind: 'close' }>,
  setting: CommandSetting,
): Applied {
  const { actor, at, original } = setting;
  if (incident.state === 'closed') return refuse(howItEnded(incident, setting));
  if (command.closure !== 'duplicate') {
    const how = { state: 'closed', closure: command.closure } as const;
    const details = { closure: command.closure, ...noted(command.note) };
    return { changes: [changeOf(incident, ended(how, actor, at), [{ at, actor, kind: 'closed', details }])] };
  }
  if (original === undefined) return refuse('There is no such incident.', 'bad_arguments');
  if (original.id === incident.id) return refuse('An incident is no duplicate of itself.', 'bad_arguments');
  if (original.closure === 'duplicate')
    return refuse(
      `${incidentName(original.number)} is a duplicate itself. Name the incident that it repeats.`,
      'bad_arguments',
    );
  const how = { state: 'closed', closure: 'duplicate', duplicateOf: original.id } as const;
  const details: EntryDetails = { closure: 'duplicate', duplicateOf: original.number, ...noted(command.note) };
  const own = changeOf(incident, ended(how, actor, at), [{ at, actor, kind: 'closed', details }]);
  const taken = isLive(incident) && isLive(original) ? takeMembers(original, incident, setting) : undefined;
  return { changes: taken ? [own, taken] : [own] };
}

/** What a duplicate told goes on in the incident that it repeats. */
function takeMembers(
  original: Incident,
  duplicate: Incident,
  { actor, at }: CommandSetting,
): IncidentChange | undefined {
  const known = new Set(original.members.map(memberKey));
  const added = duplicate.members.filter((member) => !known.has(memberKey(member)));
  if (added.length === 0) return undefined;
  const goesOn = added.some(({ recovered }) => !recovered);
  const normalHours = goesOn ? Math.min(original.normalHours, duplicate.normalHours) : original.normalHours;
  const what: Partial<Incident> = {
    members: [...original.members, ...added],
    since: Math.min(original.since, duplicate.since),
    normalHours,
    ...(normalHours === 0 ? { state: ongoingState(original) } : {}),
  };
  return changeOf(original, what, [{ at, actor, kind: 'joined', details: { surfaces: surfacesOf(added) } }]);
}

function howItEnded({ number, state, closure, endedAt, endedBy }: Incident, setting: CommandSetting): string {
  const { mention, timezone, actor } = setting;
  const when = endedAt === null ? '' : ` on ${formatMoment(endedAt, timezone)}`;
  if (state === 'resolved' && endedBy === SYSTEM)
    return `${incidentName(number)} was back to normal and resolved${when}.`;
  const who = endedBy === null ? '' : endedBy === actor ? ' by you' : ` by ${mention(endedBy)}`;
  if (state === 'resolved') return `${incidentName(number)} was resolved${who}${when}.`;
  const as = closure === 'false' ? 'as no incident' : closure === 'expected' ? 'as expected' : 'as a duplicate';
  return `${incidentName(number)} was closed ${as}${who}${when}.`;
}

const noted = (note: string | null): EntryDetails => (note === null ? {} : { note });

const refuse = (words: string, code: Refusal['code'] = 'conflict'): Applied => ({ refusal: { code, words } });
