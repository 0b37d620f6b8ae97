/** Incidents while hours are followed: who tells of which page and metric, and what has become of each. */
import type { HourlyFinding } from '../detect/hours/hourly-finding.ts';
import type { Severity } from '../records.ts';
import {
  changeOf,
  ended,
  type IncidentChange,
  memberKey,
  type NewEntry,
  ongoingState,
  reopened,
  SYSTEM,
  surfacesOf,
} from './change.ts';
import { byWorth, severityOfFinding } from './finding-severity.ts';
import type { FollowedHour } from './followed-hour.ts';
import type { OnsetGroup } from './group-onsets.ts';
import { type EntryDetails, type EntryKind, type Incident, type IncidentMember, isLive } from './incident.ts';
import { leadOf, memberOf, withMember } from './member.ts';
import type { PageHour } from './page-hour.ts';
import { firstPicture, nextPicture } from './picture.ts';
import { isWorse, severityOfHour, worstOf } from './severity.ts';

/** Judged normal hours in line that resolve an incident whose episodes have ended. */
export const RESOLVES_AFTER = 3;
/** What is noticed this long after its hour is caught up on, and happened when the hour ended. */
const CATCHES_UP_AFTER = 2 * 3_600_000;
/** So many resolve it even where the judge has lost the episode, as it does when it learns anew. */
const RESOLVES_ANYHOW_AFTER = 24;

interface Tracked {
  before: Incident | undefined;
  now: Incident;
  entries: NewEntry[];
  /** Of the hour under way. */
  struck: { finding: HourlyFinding; severity: Severity }[];
  joined: string[];
  /** Opened or reopened in this hour: its entry says all. */
  isNew: boolean;
  /** By the leader's figures before this hour. */
  eased: Severity;
}

export class FollowedIncidents {
  readonly #tracked = new Map<string, Tracked>();
  readonly #noticedAt: number;
  readonly #newId: () => string;
  #at: number;
  #hour: FollowedHour | undefined;
  /** Of live incidents. */
  #holders = new Map<string, string>();
  #pages = new Map<string, string>();

  constructor(incidents: readonly Incident[], at: number, newId: () => string) {
    this.#noticedAt = at;
    this.#at = at;
    this.#newId = newId;
    for (const incident of incidents) this.#track(incident, incident);
    this.#lookAgain();
  }

  beginHour(hour: FollowedHour): void {
    this.#hour = hour;
    this.#at = this.#noticedAt - hour.end > CATCHES_UP_AFTER ? hour.end : this.#noticedAt;
    for (const one of this.#tracked.values()) {
      const { lead, picture } = one.now;
      one.struck = [];
      one.joined = [];
      one.isNew = false;
      one.eased = severityOfHour(lead.metric, picture.latest, picture.count?.exposure ?? null);
    }
  }

  /** The live incident that tells of the finding's page and metric. */
  holderOf(finding: HourlyFinding): string | undefined {
    return this.#holders.get(memberKey(finding));
  }

  /** The live incident that tells of the page. */
  ofPage(surface: string): string | undefined {
    return this.#pages.get(surface);
  }

  /** The first live one that is so. */
  find(isSo: (incident: Incident) => boolean): string | undefined {
    for (const { now } of this.#tracked.values()) if (isLive(now) && isSo(now)) return now.id;
    return undefined;
  }

  /** The one that told of the page and metric and ended last. @param since of that episode alone. */
  lastOf(finding: HourlyFinding, since?: number): Incident | undefined {
    const key = memberKey(finding);
    let last: Incident | undefined;
    for (const { now } of this.#tracked.values()) {
      if (now.endedAt === null || (last?.endedAt ?? Number.NEGATIVE_INFINITY) > now.endedAt) continue;
      const isIts = (member: IncidentMember) =>
        memberKey(member) === key && (since === undefined || member.since === since);
      if (now.members.some(isIts)) last = now;
    }
    return last;
  }

  recover(id: string, finding: HourlyFinding): void {
    const one = this.#get(id);
    this.#set(one, { members: withMember(one.now.members, { ...memberOf(finding), recovered: true }) });
  }

  /** Takes hours outside normal into an incident: a member's, or those of pages that join it; what ended is reopened. */
  strike(id: string, findings: readonly HourlyFinding[]): void {
    const one = this.#get(id);
    for (const finding of findings) {
      if (!isLive(one.now)) this.#reopen(one, finding);
      const key = memberKey(finding);
      const known = one.now.members.find((member) => memberKey(member) === key);
      const page = this.#page(finding.surface);
      // What a recovering incident falls back with is told as that.
      if (known === undefined || (known.recovered && one.now.state !== 'recovering')) one.joined.push(finding.surface);
      if (known === undefined || known.recovered || known.since !== finding.since)
        this.#set(one, { members: withMember(one.now.members, memberOf(finding)) });
      if (memberKey(one.now.lead) === key) this.#set(one, { picture: nextPicture(one.now.picture, finding, page) });
      one.struck.push({ finding, severity: severityOfFinding(finding, page) });
      this.#hold(id, finding);
    }
  }

  open({ findings, cause }: OnsetGroup): void {
    const ranked = byWorth(findings, this.#page);
    const [leader] = ranked;
    if (leader === undefined) return;
    const page = this.#page(leader.surface);
    const severity = severityOfFinding(leader, page);
    const incident: Incident = {
      id: this.#newId(),
      number: 0,
      state: 'open',
      closure: null,
      duplicateOf: null,
      severity,
      lead: leadOf(leader),
      members: ranked.map(memberOf),
      since: Math.min(...ranked.map(({ since }) => since)),
      openedAt: this.#at,
      normalHours: 0,
      owner: null,
      acknowledgedAt: null,
      snoozedUntil: null,
      snoozedBy: null,
      endedAt: null,
      endedBy: null,
      reopenings: 0,
      revision: 1,
      picture: { ...firstPicture(leader, page), cause },
    };
    const one = this.#track(undefined, incident);
    one.isNew = true;
    one.struck.push({ finding: leader, severity });
    this.#say(one, 'opened', { severity, surfaces: surfacesOf(ranked) });
    for (const finding of ranked) this.#hold(incident.id, finding);
  }

  endHour(): void {
    for (const one of this.#tracked.values()) {
      if (!isLive(one.now)) continue;
      if (one.struck.length > 0) this.#goOn(one);
      else if (this.#isJudged(one.now)) this.#recover(one);
    }
    this.#lookAgain();
  }

  changes(): IncidentChange[] {
    return [...this.#tracked.values()].flatMap(({ before, now, entries }) => {
      if (before === now) return [];
      return before === undefined ? { from: null, incident: now, entries } : changeOf(before, now, entries);
    });
  }

  #goOn(one: Tracked): void {
    const { state, severity, normalHours } = one.now;
    if (one.isNew) return;
    if (one.joined.length > 0) this.#say(one, 'joined', { surfaces: [...new Set(one.joined)] });
    if (normalHours > 0) this.#set(one, { normalHours: 0 });
    if (state === 'recovering') {
      this.#set(one, { state: ongoingState(one.now) });
      this.#say(one, 'worsened', { surfaces: surfacesOf(one.struck.map(({ finding }) => finding)) });
    }
    const worst = worstOf(one.struck.map((each) => each.severity));
    if (isWorse(worst, severity)) this.#step(one, 'escalated', worst);
    // One hour that is less bad is no better yet.
    else if (isWorse(severity, worst) && isWorse(severity, one.eased))
      this.#step(one, 'eased', worstOf([worst, one.eased]));
  }

  #step(one: Tracked, kind: 'escalated' | 'eased', severity: Severity): void {
    this.#say(one, kind, { severity, severityBefore: one.now.severity });
    this.#set(one, { severity });
  }

  #recover(one: Tracked): void {
    const normalHours = one.now.normalHours + 1;
    this.#set(one, { normalHours });
    if (one.now.state !== 'recovering') {
      this.#set(one, { state: 'recovering' });
      this.#say(one, 'recovering', {});
    }
    const isOver = one.now.members.every(({ recovered }) => recovered) && normalHours >= RESOLVES_AFTER;
    if (!isOver && normalHours < RESOLVES_ANYHOW_AFTER) return;
    const members = one.now.members.map((member) => (member.recovered ? member : { ...member, recovered: true }));
    this.#set(one, { members, ...ended({ state: 'resolved' }, SYSTEM, this.#at) });
    this.#say(one, 'resolved', {});
  }

  /** Led by what is outside normal now; what another incident tells of by now stays there. */
  #reopen(one: Tracked, finding: HourlyFinding): void {
    const { now } = one;
    const page = this.#page(finding.surface);
    const severity = severityOfFinding(finding, page);
    const others = now.members
      .filter((member) => !this.#holders.has(memberKey(member)) && memberKey(member) !== memberKey(finding))
      .map((member) => ({ ...member, recovered: true }));
    this.#say(one, 'reopened', {
      severity,
      surfaces: [finding.surface],
      ...(now.owner === null ? {} : { owner: now.owner }),
    });
    one.isNew = true;
    this.#set(one, {
      ...reopened(now),
      severity,
      lead: leadOf(finding),
      members: [memberOf(finding), ...others],
      since: finding.since,
      picture: { ...firstPicture(finding, page), cause: now.picture.cause },
    });
    for (const member of others) this.#hold(now.id, member);
  }

  #isJudged({ members, lead }: Incident): boolean {
    const open = members.filter(({ recovered }) => !recovered);
    return (open.length > 0 ? open : [lead]).every(({ surface }) => this.#hour?.isJudged(surface) ?? false);
  }

  #page = (surface: string): PageHour | undefined => this.#hour?.page(surface);

  #say({ entries }: Tracked, kind: EntryKind, details: EntryDetails): void {
    entries.push({ at: this.#at, actor: SYSTEM, kind, details });
  }

  #set(one: Tracked, what: Partial<Incident>): void {
    one.now = { ...one.now, ...what };
  }

  #get(id: string): Tracked {
    const one = this.#tracked.get(id);
    if (one === undefined) throw new RangeError(`No incident ${id} is followed.`);
    return one;
  }

  #track(before: Incident | undefined, now: Incident): Tracked {
    const one: Tracked = { before, now, entries: [], struck: [], joined: [], isNew: false, eased: now.severity };
    this.#tracked.set(now.id, one);
    return one;
  }

  /** The first that tells of it keeps it. */
  #hold(id: string, member: Pick<IncidentMember, 'surface' | 'metric'>): void {
    const key = memberKey(member);
    if (!this.#holders.has(key)) this.#holders.set(key, id);
    if (!this.#pages.has(member.surface)) this.#pages.set(member.surface, id);
  }

  #lookAgain(): void {
    this.#holders = new Map();
    this.#pages = new Map();
    for (const { now } of this.#tracked.values())
      if (isLive(now)) for (const member of now.members) this.#hold(now.id, member);
  }
}
