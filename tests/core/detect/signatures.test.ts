import { describe, expect, it } from 'vitest';
import { createDetector } from '../../../src/core/detect/detect.ts';
import { rankDay } from '../../../src/core/rank/rank.ts';
import type { ReleaseDay, SignatureDay, SurfaceDay } from '../../../src/core/records.ts';
import { addDays } from '../../../src/core/window.ts';
import { END, historyOf, steadySurface } from './simulated.ts';

const signature = (name: string, back: number, errors: number, surface = '/checkout'): SignatureDay => ({
  date: addDays(END, -back),
  surface,
  signature: name,
  errors,
  example: `${name} example`,
  url: null,
  release_top: null,
});
const release = (name: string, back: number, pageviews: number, errors: number): ReleaseDay => ({
  date: addDays(END, -back),
  surface: '/checkout',
  release: name,
  pageviews,
  requests: 0,
  errors,
});
const past = Array.from({ length: 59 }, (_, index) => index + 1);
const spiking = steadySurface(60, {}, (row, back) => void (back === 0 && Object.assign(row, { errors: 90 })));

function judge(rows: SurfaceDay[], signatureDays: SignatureDay[], releaseDays: ReleaseDay[] = []) {
  const history = historyOf(rows, { signatureDays, releaseDays });
  const verdict = createDetector(history, 'default').judgeDay(END);
  return { verdict, history, rules: verdict.findings.map(({ rule, entity_key }) => `${rule} ${entity_key}`) };
}

describe('concentration', () => {
  it('names the signature that most of the new errors are', () => {
    const { verdict } = judge(spiking, [
      ...past.map((back) => signature('OLD', back, 10)),
      signature('OLD', 0, 10),
      signature('TIMEOUT', 0, 80),
    ]);
    const found = verdict.findings.find(({ rule }) => rule === 'concentration');
    expect(found?.evidence).toMatchObject({ signature: 'TIMEOUT', count: 80, usual_share: 0 });
    expect(found?.current).toBeCloseTo(80 / 90);
  });

  it('is silent where errors are mixed', () => {
    const mixed = ['A', 'B', 'C'].map((name) => signature(name, 0, 30));
    expect(judge(spiking, mixed).rules).not.toContain('concentration /checkout');
  });
});

describe('release', () => {
  const before = past.map((back) => release('web@1.41.0', back, 1000, 10));

  it('is told where the rate under a new release is above the rate before it', () => {
    const { verdict } = judge(
      spiking,
      [],
      [...before, release('web@1.41.0', 0, 400, 4), release('web@1.42.0', 0, 600, 86)],
    );
    const found = verdict.findings.find(({ rule }) => rule === 'release');
    expect(found?.evidence).toMatchObject({
      release: 'web@1.42.0',
      began: END,
      rate_before: 0.01,
      rate_other_releases_that_day: 0.01,
    });
  });

  it.each<[string, ReleaseDay[]]>([
    ['a release that was there all along', [...before, release('web@1.41.0', 0, 1000, 90)]],
    [
      'errors that began days after the release',
      [
        ...before.filter(({ date }) => date < addDays(END, -4)),
        ...[4, 3, 2, 1].map((back) => release('web@1.42.0', back, 1000, 10)),
        release('web@1.42.0', 0, 1000, 90),
      ],
    ],
    [
      'errors that the old release has as well',
      [...before, release('web@1.41.0', 0, 400, 36), release('web@1.42.0', 0, 600, 54)],
    ],
    ['the only release there is', [release('web@1.42.0', 0, 1000, 90)]],
    [
      'a new release with a minority of the errors',
      [...before, release('web@1.41.0', 0, 900, 85), release('web@1.42.0', 0, 100, 5)],
    ],
  ])('is not told for %s', (_, rows) => expect(judge(spiking, [], rows).rules).not.toContain('release /checkout'));
});

describe('error signatures', () => {
  const quiet = ['/a', '/b', '/c', '/d'].flatMap((surface) => steadySurface(60, { surface }));

  it('a signature nobody has seen is new', () => {
    const { rules, verdict, history } = judge(quiet, [signature('RATE_LIMITED', 0, 20, '/a')]);
    expect(rules).toEqual(['new-signature RATE_LIMITED']);
    const [priority] = rankDay(verdict, { history });
    expect(priority).toMatchObject({ entity_type: 'error_signature', members: [{ entity_key: '/a' }] });
    expect(priority?.pattern_record.hints).toEqual(['new signature']);
  });

  it('but only one account meeting it is no priority', () => {
    const { verdict, history } = judge(quiet, [signature('RATE_LIMITED', 0, 20, '/a')]);
    const reach = { accounts: 1, users: 1, revenue_at_risk: 0 };
    expect(rankDay(verdict, { history, details: new Map([['error_signature RATE_LIMITED', { reach }]]) })).toEqual([]);
  });

  it('a known one that multiplies is a spike', () => {
    const rows = [...past.map((back) => signature('KNOWN', back, 10, '/a')), signature('KNOWN', 0, 120, '/a')];
    expect(judge(quiet, rows).rules).toEqual(['signature-spike KNOWN']);
  });

  it('one that shows on many more surfaces is spreading', () => {
    const rows = [
      ...past.map((back) => signature('KNOWN', back, 12, '/a')),
      ...['/a', '/b', '/c', '/d'].map((surface) => signature('KNOWN', 0, 5, surface)),
    ];
    expect(judge(quiet, rows).rules).toEqual(['spreading-signature KNOWN']);
  });

  it('one that explains a ranked surface is told there and not listed again', () => {
    const { verdict, history, rules } = judge([...quiet, ...spiking], [signature('TIMEOUT', 0, 80)]);
    expect(rules).toContain('new-signature TIMEOUT');
    expect(rankDay(verdict, { history }).map(({ entity_key }) => entity_key)).toEqual(['/checkout']);
  });
});

describe('a signature swap', () => {
  const usual = past.map((back) => signature('OldName', back, 30));
  const rows = (errors: number) =>
    steadySurface(60, { errors: 30 }, (row, back) => void (back === 0 && Object.assign(row, { errors })));

  it('is told where a new error took the place of another and errors as a whole did not change', () => {
    const { verdict, history } = judge(rows(31), [...usual, signature('OldName', 0, 2), signature('NewName', 0, 29)]);
    const found = verdict.findings.find(({ rule }) => rule === 'signature-swap');
    expect(found).toMatchObject({ entity_key: 'NewName', evidence: { replaced: 'OldName', replaced_now: 2 } });
    const [priority] = rankDay(verdict, { history });
    expect(priority?.pattern_record.hints).toContain('signature swap');
  });

  it.each([
    ['the old one goes on', rows(59), [signature('OldName', 0, 30), signature('NewName', 0, 29)]],
    ['errors rose as a whole', rows(120), [signature('NewName', 0, 120)]],
    ['the new one is far more than the old one was', rows(40), [signature('NewName', 0, 200)]],
  ])('is not told where %s', (_, surfaceDays, today) => {
    expect(judge(surfaceDays, [...usual, ...today]).rules).not.toContain('signature-swap NewName');
  });
});
