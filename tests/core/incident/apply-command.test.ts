import { describe, expect, it } from 'vitest';
import { applyCommand, type CommandSetting } from '../../../src/core/incident/apply-command.ts';
import type { IncidentCommand } from '../../../src/core/incident/command.ts';
import type { Incident } from '../../../src/core/incident/incident.ts';
import { Desk, finding, HOUR, hourOf, START } from './made-up.ts';

const AT = START + 2 * HOUR;

function opened(...surfaces: string[]): Desk {
  const desk = new Desk();
  desk.follow(
    hourOf(
      0,
      surfaces.map((surface) => finding(surface)),
    ),
  );
  return desk;
}

function act(incident: Incident, command: IncidentCommand, over: Partial<CommandSetting> = {}) {
  const setting = { actor: 'U_MAYA', isAdmin: false, at: AT, live: [], original: undefined } as const;
  const mention = (user: string) => `<@${user}>`;
  return applyCommand(incident, command, { ...setting, timezone: 'Europe/Berlin', mention, ...over });
}

/** The incident after it; throws where it is refused. */
function after(incident: Incident, command: IncidentCommand, over: Partial<CommandSetting> = {}): Incident {
  const applied = act(incident, command, over);
  if ('refusal' in applied) throw new Error(applied.refusal.words);
  return applied.changes[0].incident;
}

const words = (incident: Incident, command: IncidentCommand, over: Partial<CommandSetting> = {}) => {
  const applied = act(incident, command, over);
  return 'refusal' in applied ? applied.refusal : 'done';
};

describe('a person', () => {
  const fresh = opened('/checkout').get(1);
  const taken = after(fresh, { kind: 'acknowledge' });
  const snoozed = after(fresh, { kind: 'snooze', until: AT + HOUR, note: null });
  const resolved = after(taken, { kind: 'resolve', note: null });
  const dismissed = after(fresh, { kind: 'close', closure: 'false', note: 'load test' });

  it('takes an incident on, and hands it back', () => {
    expect(taken).toMatchObject({ state: 'acknowledged', owner: 'U_MAYA', acknowledgedAt: AT, revision: 2 });
    expect(after(taken, { kind: 'release' })).toMatchObject({ state: 'open', owner: null, acknowledgedAt: null });
  });

  it('takes on a recovering one without calling it back', () => {
    const recovering: Incident = { ...fresh, state: 'recovering', normalHours: 1 };
    expect(after(recovering, { kind: 'acknowledge' })).toMatchObject({ state: 'recovering', owner: 'U_MAYA' });
  });

  it('snoozes, wakes, resolves and closes; a snooze ends with its incident', () => {
    expect(snoozed).toMatchObject({ state: 'open', snoozedUntil: AT + HOUR, snoozedBy: 'U_MAYA' });
    expect(after(snoozed, { kind: 'wake' })).toMatchObject({ snoozedUntil: null, snoozedBy: null });
    expect(after(snoozed, { kind: 'resolve', note: 'rolled back' })).toMatchObject({
      state: 'resolved',
      endedAt: AT,
      endedBy: 'U_MAYA',
      snoozedUntil: null,
    });
    expect(dismissed).toMatchObject({ state: 'closed', closure: 'false' });
    expect(after(resolved, { kind: 'close', closure: 'false', note: null })).toMatchObject({ state: 'closed' });
  });

  it.each<[string, IncidentCommand]>([
    ['a snooze', { kind: 'snooze', until: AT + HOUR, note: 'the provider is on it' }],
    ['an end', { kind: 'resolve', note: 'the provider is on it' }],
    ['a closing', { kind: 'close', closure: 'expected', note: 'the provider is on it' }],
  ])('leaves a word for the others with %s', (_, command) => {
    const applied = act(fresh, command);
    if ('refusal' in applied) throw new Error(applied.refusal.words);
    expect(applied.changes[0].entries).toMatchObject([{ details: { note: 'the provider is on it' } }]);
  });

  it('reopens what has ended, with nobody on it', () => {
    expect(after(resolved, { kind: 'reopen' })).toMatchObject({
      state: 'open',
      owner: null,
      reopenings: 1,
      endedAt: null,
    });
    expect(after(dismissed, { kind: 'reopen' })).toMatchObject({ state: 'open', closure: null });
  });

  const byOther = { actor: 'U_TOM', at: AT + 60_000 };
  it.each<[string, Incident, IncidentCommand, Partial<CommandSetting>, string]>([
    ['taken on twice', taken, { kind: 'acknowledge' }, {}, 'You are on INC-1, since 16:00.'],
    ['taken on by two', taken, { kind: 'acknowledge' }, byOther, '<@U_MAYA> is on INC-1, since 16:00.'],
    ['handed back by nobody', fresh, { kind: 'release' }, {}, 'Nobody is on INC-1.'],
    [
      'snoozed by two',
      snoozed,
      { kind: 'snooze', until: AT + HOUR + 60_000, note: null },
      byOther,
      '<@U_MAYA> snoozed INC-1 until Thu 29 Jan, 17:00 already.',
    ],
    ['woken while awake', fresh, { kind: 'wake' }, {}, 'INC-1 is not snoozed.'],
    [
      'resolved by two',
      resolved,
      { kind: 'resolve', note: null },
      byOther,
      'INC-1 was resolved by <@U_MAYA> on Thu 29 Jan, 16:00.',
    ],
    [
      'taken on after its end',
      dismissed,
      { kind: 'acknowledge' },
      {},
      'INC-1 was closed as no incident by you on Thu 29 Jan, 16:00.',
    ],
    [
      'taken on after the clock resolved it',
      { ...resolved, endedBy: 'system' },
      { kind: 'acknowledge' },
      {},
      'INC-1 was back to normal and resolved on Thu 29 Jan, 16:00.',
    ],
    ['reopened while open', fresh, { kind: 'reopen' }, {}, 'INC-1 is open already.'],
  ])('is told who was first when it is %s', (_, incident, command, over, said) => {
    expect(words(incident, command, over)).toEqual({ code: 'conflict', words: said });
  });

  it("hands back another person's incident only as an admin", () => {
    expect(words(taken, { kind: 'release' }, byOther)).toMatchObject({ code: 'forbidden' });
    expect(after(taken, { kind: 'release' }, { ...byOther, isAdmin: true }).owner).toBeNull();
  });

  it.each([AT, AT - HOUR, Number.NaN, Number.POSITIVE_INFINITY, AT + 400 * 24 * HOUR])(
    'cannot snooze until %s',
    (until) => {
      expect(words(fresh, { kind: 'snooze', until, note: null })).toMatchObject({ code: 'bad_arguments' });
    },
  );
});

describe('a duplicate', () => {
  const duplicateOf = (original: Incident | undefined) =>
    ({ kind: 'close', closure: 'duplicate', duplicateOf: original?.id ?? 'none', note: 'the same timeout' }) as const;

  it('hands its pages to the incident that it repeats', () => {
    const desk = opened('/a', '/b');
    const [one, two] = [desk.get(1), desk.get(2)];
    const applied = act(two, duplicateOf(one), { original: one });
    if ('refusal' in applied) throw new Error(applied.refusal.words);
    desk.store(applied.changes);
    expect(desk.get(2)).toMatchObject({ state: 'closed', closure: 'duplicate', duplicateOf: one.id });
    expect(applied.changes[0].entries).toMatchObject([{ details: { duplicateOf: 1, note: 'the same timeout' } }]);
    expect(desk.get(1).members.map(({ surface }) => surface)).toEqual(['/a', '/b']);
    expect(desk.follow(hourOf(1, [finding('/b', { state: 'ongoing' })]))).toEqual({});
    expect(words(desk.get(2), { kind: 'reopen' }, { live: desk.live })).toEqual({
      code: 'conflict',
      words: 'INC-1 tells of /b now.',
    });
  });

  it('is of another incident that is none itself', () => {
    const desk = opened('/a', '/b');
    const [one, two] = [desk.get(1), desk.get(2)];
    expect(words(one, duplicateOf(one), { original: one })).toMatchObject({ code: 'bad_arguments' });
    expect(words(one, duplicateOf(undefined))).toMatchObject({ code: 'bad_arguments' });
    const repeated = after(two, duplicateOf(one), { original: one });
    expect(words(one, duplicateOf(repeated), { original: repeated })).toMatchObject({ code: 'bad_arguments' });
  });
});
