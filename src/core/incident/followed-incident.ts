/** One incident while hours are followed: what each hour makes of it. */
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
import { severityOfFinding } from './finding-severity.ts';
import { type EntryDetails, type EntryKind, type Incident, type IncidentMember, isLive } from './incident.ts';
import { leadOf, memberOf, withMember } from './member.ts';
import type { PageHour } from './page-hour.ts';
import { firstPicture, nextPicture } from './picture.ts';
import { isWorse, severityOfHour, worstOf } from './severity.ts';

/** Judged normal hours in line that resolve an incident whose episodes have ended. */
export const RESOLVES_AFTER = 3;
/** So many resolve it even where the judge has lost the episode, as it does when it learns anew. */
const RESOLVES_ANYHOW_AFTER = 24;

export class FollowedIncident {
  readonly #before: Incident | null;
  #now: Incident;
  /** Epoch milliseconds at which the hour under way is noticed. */
  #at: number;
  readonly #entries: NewEntry[] = [];
  /** Of the hour under way. */
  #struck: { finding: HourlyFinding; severity: Severity }[] = [];
  #joined: string[] = [];
  /** Opened or reopened in this hour: its entry says all. */
  #isNew = false;
  /** By the leader's figures before this hour. */
  #eased: Severity;

  /** @param before as it is stored; null where it is new. */
  constructor(before: Incident | null, now: Incident, at: number) {
    this.#before = before;
    this.#now = now;
    this.#at = at;
    this.#eased = now.severity;
  }

  /** @param incident as it was just made. @param findings it is opened with, its leader first. */
  static open(
    incident: Incident,
    findings: readonly [HourlyFinding, ...HourlyFinding[]],
    at: number,
  ): FollowedIncident {
    const one = new FollowedIncident(null, incident, at);
    const { severity } = incident;
    one.#isNew = true;
    one.#struck.push({ finding: findings[0], severity });
    one.#say('opened', { severity, surfaces: surfacesOf(findings) });
    return one;
  }

  get now(): Incident {
    return this.#now;
  }

  /** Null where nothing came of it. */
  get change(): IncidentChange | null {
    if (this.#before === null) return { from: null, incident: this.#now, entries: this.#entries };
    return this.#before === this.#now ? null : changeOf(this.#before, this.#now, this.#entries);
  }

  beginHour(at: number): void {
    const { lead, picture } = this.#now;
    this.#at = at;
    this.#struck = [];
    this.#joined = [];
    this.#isNew = false;
    this.#eased = severityOfHour(lead.metric, picture.latest, picture.count?.exposure ?? null);
  }

  recover(finding: HourlyFinding): void {
    this.#set({ members: withMember(this.#now.members, { ...memberOf(finding), recovered: true }) });
  }

  /**
   * Takes an hour outside normal in: a member's, or that of a page that joins it; what ended is reopened.
   * @param isHeld whether another incident tells of a member by now.
   */
  strike(finding: HourlyFinding, page: PageHour | undefined, isHeld: (member: IncidentMember) => boolean): void {
    if (!isLive(this.#now)) this.#reopen(finding, page, isHeld);
    const key = memberKey(finding);
    const known = this.#now.members.find((member) => memberKey(member) === key);
    // What a recovering incident falls back with is told as that.
    if (known === undefined || (known.recovered && this.#now.state !== 'recovering'))
      this.#joined.push(finding.surface);
    if (known === undefined || known.recovered || known.since !== finding.since)
      this.#set({ members: withMember(this.#now.members, memberOf(finding)) });
    if (memberKey(this.#now.lead) === key) this.#set({ picture: nextPicture(this.#now.picture, finding, page) });
    this.#struck.push({ finding, severity: severityOfFinding(finding, page) });
  }

  /** @param isJudged whether a page was judged in this hour. */
  endHour(isJudged: (surface: string) => boolean): void {
    if (!isLive(this.#now)) return;
    if (this.#struck.length > 0) this.#goOn();
    else if (this.#isJudged(isJudged)) this.#recover();
  }

  #goOn(): void {
    const { state, severity, normalHours } = this.#now;
    if (this.#isNew) return;
    if (this.#joined.length > 0) this.#say('joined', { surfaces: [...new Set(this.#joined)] });
    if (normalHours > 0) this.#set({ normalHours: 0 });
    if (state === 'recovering') {
      this.#set({ state: ongoingState(this.#now) });
      this.#say('worsened', { surfaces: surfacesOf(this.#struck.map(({ finding }) => finding)) });
    }
    const worst = worstOf(this.#struck.map((each) => each.severity));
    if (isWorse(worst, severity)) this.#step('escalated', worst);
    // One hour that is less bad is no better yet.
    else if (isWorse(severity, worst) && isWorse(severity, this.#eased))
      this.#step('eased', worstOf([worst, this.#eased]));
  }

  #step(kind: 'escalated' | 'eased', severity: Severity): void {
    this.#say(kind, { severity, severityBefore: this.#now.severity });
    this.#set({ severity });
  }

  #recover(): void {
    const normalHours = this.#now.normalHours + 1;
    this.#set({ normalHours });
    if (this.#now.state !== 'recovering') {
      this.#set({ state: 'recovering' });
      this.#say('recovering', {});
    }
    const isOver = this.#now.members.every(({ recovered }) => recovered) && normalHours >= RESOLVES_AFTER;
    if (!isOver && normalHours < RESOLVES_ANYHOW_AFTER) return;
    const members = this.#now.members.map((member) => (member.recovered ? member : { ...member, recovered: true }));
    this.#set({ members, ...ended({ state: 'resolved' }, SYSTEM, this.#at) });
    this.#say('resolved', {});
  }

  /** Led by what is outside normal now; what another incident tells of by now stays there. */
  #reopen(finding: HourlyFinding, page: PageHour | undefined, isHeld: (member: IncidentMember) => boolean): void {
    const now = this.#now;
    const severity = severityOfFinding(finding, page);
    const others = now.members
      .filter((member) => !isHeld(member) && memberKey(member) !== memberKey(finding))
      .map((member) => ({ ...member, recovered: true }));
    this.#say('reopened', {
      severity,
      surfaces: [finding.surface],
      ...(now.owner === null ? {} : { owner: now.owner }),
    });
    this.#isNew = true;
    this.#set({
      ...reopened(now),
      severity,
      lead: leadOf(finding),
      members: [memberOf(finding), ...others],
      since: finding.since,
      picture: { ...firstPicture(finding, page), cause: now.picture.cause },
    });
  }

  #isJudged(isJudged: (surface: string) => boolean): boolean {
    const { members, lead } = this.#now;
    const open = members.filter(({ recovered }) => !recovered);
    return (open.length > 0 ? open : [lead]).every(({ surface }) => isJudged(surface));
  }

  #say(kind: EntryKind, details: EntryDetails): void {
    this.#entries.push({ at: this.#at, actor: SYSTEM, kind, details });
  }

  #set(what: Partial<Incident>): void {
    this.#now = { ...this.#now, ...what };
  }
}
