import { describe, expect, it } from 'vitest';
import { Desk, finding, HOUR, hourOf, page, START } from './made-up.ts';

const ongoing = (surface: string, over: Parameters<typeof finding>[1] = {}) =>
  finding(surface, { state: 'ongoing', since: START, ...over });
const recovered = (surface: string) => finding(surface, { state: 'recovered', since: START });
const bad = { current: 0.3, expected: 0.02 } as const;

describe('an incident', () => {
  it('opens with the first hour outside normal, named after it', () => {
    const desk = new Desk();
    expect(desk.follow(hourOf(0, [finding('/checkout')]))).toEqual({ 1: ['opened'] });
    expect(desk.get(1)).toMatchObject({
      state: 'open',
      severity: 'medium',
      lead: { surface: '/checkout', metric: 'error_rate', direction: 'up' },
      members: [{ surface: '/checkout', metric: 'error_rate', since: START, recovered: false }],
      since: START,
      revision: 1,
      picture: { trend: 'steady', count: { of: 'errors', hits: 30, exposure: 500, per: 'views' }, accounts: null },
    });
  });

  it('is resolved after three normal hours once its episode has ended, and says so once', () => {
    const desk = new Desk();
    desk.follow(hourOf(0, [finding('/checkout')]));
    expect(desk.follow(hourOf(1))).toEqual({ 1: ['recovering'] });
    expect(desk.follow(hourOf(2))).toEqual({ 1: [] });
    expect(desk.get(1)).toMatchObject({ state: 'recovering', normalHours: 2, revision: 3 });
    expect(desk.follow(hourOf(3, [recovered('/checkout')]))).toEqual({ 1: ['resolved'] });
    expect(desk.get(1)).toMatchObject({ state: 'resolved', endedBy: 'system', normalHours: 3 });
    expect(desk.follow(hourOf(4))).toEqual({});
  });

  it('stays open over hours that were not judged: no data is not normal', () => {
    const desk = new Desk();
    desk.follow(hourOf(0, [finding('/checkout')]));
    const unknown = { isJudged: () => false };
    expect(desk.follow(hourOf(1, [], unknown), hourOf(2, [], unknown), hourOf(3, [], unknown))).toEqual({});
    expect(desk.get(1)).toMatchObject({ state: 'open', normalHours: 0, revision: 1 });
  });

  it('waits for three normal hours where the judge ends the episode earlier', () => {
    const desk = new Desk();
    desk.follow(hourOf(0, [finding('/checkout')]), hourOf(1, [recovered('/checkout')]));
    expect(desk.get(1)).toMatchObject({ state: 'recovering', normalHours: 1 });
    desk.follow(hourOf(2), hourOf(3));
    expect(desk.get(1).state).toBe('resolved');
  });

  it('is resolved after a day of normal hours where the judge has lost its episode', () => {
    const desk = new Desk();
    desk.follow(hourOf(0, [finding('/checkout')]));
    desk.follow(...Array.from({ length: 23 }, (_, index) => hourOf(1 + index)));
    expect(desk.get(1).state).toBe('recovering');
    desk.follow(hourOf(24));
    expect(desk.get(1).state).toBe('resolved');
  });

  it('falls back from recovering when an hour is outside normal again', () => {
    const desk = new Desk();
    desk.follow(hourOf(0, [finding('/checkout')]), hourOf(1));
    expect(desk.follow(hourOf(2, [ongoing('/checkout')]))).toEqual({ 1: ['worsened'] });
    expect(desk.get(1)).toMatchObject({ state: 'open', normalHours: 0 });
  });

  it('escalates with a worse hour, and eases only after two that are less bad', () => {
    const desk = new Desk();
    desk.follow(hourOf(0, [finding('/checkout')]));
    expect(desk.follow(hourOf(1, [ongoing('/checkout', bad)]))).toEqual({ 1: ['escalated'] });
    expect(desk.get(1)).toMatchObject({ severity: 'high', picture: { trend: 'rising', peak: { hour: START + HOUR } } });
    expect(desk.follow(hourOf(2, [ongoing('/checkout')]))).toEqual({ 1: [] });
    expect(desk.follow(hourOf(3, [ongoing('/checkout')]))).toEqual({ 1: ['eased'] });
    expect(desk.get(1)).toMatchObject({ severity: 'medium', picture: { peak: { hour: START + HOUR } } });
  });

  it('takes in the second metric of its page', () => {
    const desk = new Desk();
    desk.follow(hourOf(0, [finding('/checkout')]));
    const dropoffs = finding('/checkout', { metric: 'dropoff_rate', current: 0.04, expected: 0.03 });
    expect(desk.follow(hourOf(1, [ongoing('/checkout'), dropoffs]))).toEqual({ 1: ['joined'] });
    expect(desk.get(1).members.map(({ metric }) => metric)).toEqual(['error_rate', 'dropoff_rate']);
    desk.follow(hourOf(2, [ongoing('/checkout')]), hourOf(3), hourOf(4), hourOf(5, [recovered('/checkout')]));
    expect(desk.get(1)).toMatchObject({ state: 'recovering', members: [{ recovered: true }, { recovered: false }] });
  });

  it('is reopened by what leaves normal within a day of its end, and is another one later', () => {
    const over = [hourOf(0, [finding('/checkout')]), hourOf(1), hourOf(2), hourOf(3, [recovered('/checkout')])];
    const soon = new Desk();
    soon.follow(...over);
    expect(soon.follow(hourOf(20, [finding('/checkout', bad)]))).toEqual({ 1: ['reopened'] });
    expect(soon.get(1)).toMatchObject({ state: 'open', severity: 'high', reopenings: 1, endedAt: null, owner: null });
    const late = new Desk();
    late.follow(...over);
    expect(late.follow(hourOf(30, [finding('/checkout')]))).toEqual({ 2: ['opened'] });
  });

  it('is one of its own where hours that are caught up on are more than a day apart', () => {
    const desk = new Desk();
    const onDay = (index: number) =>
      index === 0 ? [finding('/checkout')] : index === 3 ? [recovered('/checkout')] : [];
    const days = Array.from({ length: 40 }, (_, index) => hourOf(index, onDay(index)));
    expect(desk.follow(...days, hourOf(40, [finding('/checkout')]))).toEqual({
      1: ['opened', 'recovering', 'resolved'],
      2: ['opened'],
    });
    expect(desk.get(1).openedAt).toBe(START + HOUR);
  });

  it('goes on to be told where it was missed at its beginning', () => {
    const desk = new Desk();
    expect(desk.follow(hourOf(3, [ongoing('/checkout')]))).toEqual({ 1: ['opened'] });
    expect(desk.get(1).since).toBe(START);
  });

  it.each([
    ['as none', { state: 'closed', closure: 'false' }, {}],
    ['as resolved, and goes on afterwards', { state: 'resolved', closure: null }, { 1: ['reopened'] }],
  ] as const)('that a person ended %s is not told anew while its episode goes on', (_, how, told) => {
    const desk = new Desk();
    desk.follow(hourOf(0, [finding('/checkout')]));
    const before = desk.get(1);
    const ended = { ...before, ...how, endedAt: START + 1.5 * HOUR, endedBy: 'U1', revision: before.revision + 1 };
    desk.store([{ from: before.revision, incident: ended, entries: [] }]);
    expect(desk.follow(hourOf(1, [ongoing('/checkout')]))).toEqual({});
    expect(desk.follow(hourOf(2, [ongoing('/checkout')]))).toEqual(told);
  });
});

describe('several pages in one hour', () => {
  const upstream = page({ signature: { name: 'UPSTREAM_502', share: 0.9 } });
  const surfaces = (count: number) => Array.from({ length: count }, (_, index) => `/p${index}`);

  it('are as many incidents where they share nothing, up to five', () => {
    const desk = new Desk();
    desk.follow(
      hourOf(
        0,
        surfaces(5).map((surface) => finding(surface)),
      ),
    );
    expect(desk.live).toHaveLength(5);
  });

  it('are one where they share the error that most of their errors are, led by the worst', () => {
    const desk = new Desk();
    const pages = { '/a': upstream, '/b': upstream, '/c': page({ signature: { name: 'UPSTREAM_502', share: 0.3 } }) };
    desk.follow(hourOf(0, [finding('/a'), finding('/b', bad), finding('/c')], { pages }));
    expect(desk.live.map(({ members }) => members.map(({ surface }) => surface))).toEqual([['/b', '/a'], ['/c']]);
    expect(desk.get(1).picture.cause).toEqual({ by: 'error_signature', value: 'UPSTREAM_502', members: 2 });
  });

  it.each([
    ['new', START - HOUR, 1],
    ['an old', START - 7 * HOUR, 2],
    ['an unknown', null, 2],
  ])('are one under %s release where it is new', (_, firstSeen, incidents) => {
    const desk = new Desk();
    const released = page({ release: { name: 'web@2', share: 0.8, firstSeen } });
    desk.follow(hourOf(0, [finding('/a'), finding('/b')], { pages: { '/a': released, '/b': released } }));
    expect(desk.live).toHaveLength(incidents);
  });

  it('share nothing where traffic is missing, whatever the few errors are', () => {
    const desk = new Desk();
    const outage = { metric: 'traffic', direction: 'down', current: 5, expected: 100 } as const;
    desk.follow(
      hourOf(0, [finding('/a', outage), finding('/b', outage)], { pages: { '/a': upstream, '/b': upstream } }),
    );
    expect(desk.live).toHaveLength(2);
  });

  it('join the incident of an earlier hour that has the same cause', () => {
    const desk = new Desk();
    const pages = { '/a': upstream, '/b': upstream };
    desk.follow(hourOf(0, [finding('/a')], { pages }));
    expect(desk.follow(hourOf(1, [ongoing('/a'), finding('/b')], { pages }))).toEqual({ 1: ['joined'] });
  });

  it.each([6, 1000])('are one storm when %s share nothing', (count) => {
    const desk = new Desk();
    expect(
      desk.follow(
        hourOf(
          0,
          surfaces(count).map((surface) => finding(surface)),
        ),
      ),
    ).toEqual({ 1: ['opened'] });
    expect(desk.get(1).members).toHaveLength(count);
    expect(desk.get(1).picture.cause).toEqual({ by: 'storm', value: '', members: count });
    const more = surfaces(count + 6).map((surface, index) => (index < count ? ongoing(surface) : finding(surface)));
    expect(desk.follow(hourOf(1, more))).toEqual({ 1: ['joined'] });
  });

  it('are one storm that names what most of them share', () => {
    const desk = new Desk();
    const names = surfaces(14);
    const pages = Object.fromEntries(names.slice(0, 8).map((name) => [name, upstream]));
    desk.follow(
      hourOf(
        0,
        names.map((surface) => finding(surface)),
        { pages },
      ),
    );
    expect(desk.live).toHaveLength(1);
    expect(desk.get(1).picture.cause).toEqual({ by: 'error_signature', value: 'UPSTREAM_502', members: 8 });
  });
});
