/** Whatever people, the clock and the hours do, in whatever order: what always holds of incidents. */
import fc from 'fast-check';
import { describe, it } from 'vitest';
import type { HourlyFinding } from '../../../src/core/detect/hours/hourly-finding.ts';
import { applyCommand } from '../../../src/core/incident/apply-command.ts';
import { memberKey } from '../../../src/core/incident/change.ts';
import { wakeSnoozed } from '../../../src/core/incident/clock.ts';
import type { IncidentCommand } from '../../../src/core/incident/command.ts';
import { RESOLVES_AFTER } from '../../../src/core/incident/followed-incident.ts';
import { type Incident, isLive } from '../../../src/core/incident/incident.ts';
import { Desk, finding, HOUR, hourOf, page, START } from './made-up.ts';

const PAGES = ['/a', '/b', '/c', '/d', '/e', '/f', '/g', '/h'];
const METRICS = ['error_rate', 'dropoff_rate', 'traffic'] as const;

type Step =
  | {
      do: 'hour';
      strange: { surface: string; metric: (typeof METRICS)[number]; much: number }[];
      judged: boolean;
      shared: boolean;
    }
  | { do: 'wake'; hours: number }
  | {
      do: 'act';
      which: number;
      actor: string;
      command:
        | 'acknowledge'
        | 'release'
        | 'snooze'
        | 'wake'
        | 'resolve'
        | 'reopen'
        | 'false'
        | 'expected'
        | 'duplicate';
      other: number;
    };

const strange = fc.record({
  surface: fc.constantFrom(...PAGES),
  metric: fc.constantFrom(...METRICS),
  much: fc.integer({ min: 2, max: 20 }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('hour' as const),
      strange: fc.uniqueArray(strange, { maxLength: 10, selector: (one) => memberKey(one) }),
      judged: fc.boolean(),
      shared: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('hour' as const),
      strange: fc.constant<[]>([]),
      judged: fc.constant(true),
      shared: fc.constant(false),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wake' as const), hours: fc.integer({ min: 0, max: 3 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      which: fc.nat(20),
      actor: fc.constantFrom('U1', 'U2'),
      command: fc.constantFrom(
        'acknowledge',
        'release',
        'snooze',
        'wake',
        'resolve',
        'reopen',
        'false',
        'expected',
        'duplicate',
      ),
      other: fc.nat(20),
    }),
  },
);

/** The judge, as far as its episodes go: three quiet hours end one. */
class Judge {
  readonly episodes = new Map<string, { one: HourlyFinding; quiet: number }>();

  judge(hour: number, strange: Extract<Step, { do: 'hour' }>['strange']): HourlyFinding[] {
    const found: HourlyFinding[] = [];
    const named = new Set(strange.map(memberKey));
    for (const { surface, metric, much } of strange) {
      const key = memberKey({ surface, metric });
      const under = this.episodes.get(key);
      const figures =
        metric === 'traffic'
          ? { direction: 'down' as const, current: 10, expected: 10 * much }
          : { current: 0.01 * much, expected: 0.01 };
      const one = finding(surface, {
        ...figures,
        metric,
        hour,
        since: under?.one.since ?? hour,
        state: under ? 'ongoing' : 'onset',
      });
      this.episodes.set(key, { one, quiet: 0 });
      found.push(one);
    }
    for (const [key, under] of this.episodes) {
      if (named.has(key)) continue;
      under.quiet += 1;
      if (under.quiet < 3) continue;
      this.episodes.delete(key);
      found.push({ ...under.one, hour, state: 'recovered' });
    }
    return found;
  }
}

function commandOf(desk: Desk, { command, other }: Extract<Step, { do: 'act' }>, at: number): IncidentCommand {
  switch (command) {
    case 'snooze':
      return { kind: 'snooze', until: at + (other % 4) * HOUR, note: null };
    case 'resolve':
      return { kind: 'resolve', note: null };
    case 'false':
    case 'expected':
      return { kind: 'close', closure: command, note: null };
    case 'duplicate':
      return {
        kind: 'close',
        closure: 'duplicate',
        duplicateOf: desk.all[other % desk.all.length]?.id ?? '',
        note: null,
      };
    default:
      return { kind: command };
  }
}

function run(steps: readonly Step[], check: (desk: Desk) => void): void {
  const desk = new Desk();
  const judge = new Judge();
  let hour = 0;
  for (const one of steps) {
    const at = START + hour * HOUR + 1_200_000;
    if (one.do === 'hour') {
      const findings = one.judged ? judge.judge(START + hour * HOUR, one.strange) : [];
      const shared = page({ signature: { name: 'E', share: 0.9 } });
      desk.follow({
        ...hourOf(hour, [], { isJudged: () => one.judged }),
        findings,
        page: () => (one.shared ? shared : page()),
      });
      hour += 1;
    } else if (one.do === 'wake') desk.store(wakeSnoozed(desk.all, at + one.hours * HOUR));
    else if (desk.all.length > 0) {
      const incident = desk.all[one.which % desk.all.length];
      if (incident === undefined) continue;
      const command = commandOf(desk, one, at);
      const original = 'duplicateOf' in command ? desk.incidents.get(command.duplicateOf) : undefined;
      const setting = {
        actor: one.actor,
        isAdmin: false,
        at,
        live: desk.live,
        original,
        timezone: 'UTC',
        mention: String,
      };
      const applied = applyCommand(incident, command, setting);
      if ('changes' in applied) desk.store(applied.changes);
    }
    check(desk);
  }
}

const holds = (check: (desk: Desk) => boolean) =>
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) =>
      run(steps, (desk) => {
        if (!check(desk)) throw new Error(JSON.stringify(desk.all, null, 1));
      }),
    ),
    { numRuns: 150 },
  );

const isConsistent = (one: Incident): boolean =>
  (one.state === 'resolved' || one.state === 'closed') === (one.endedAt !== null) &&
  (one.endedAt === null) === (one.endedBy === null) &&
  (one.state === 'closed') === (one.closure !== null) &&
  (one.closure === 'duplicate') === (one.duplicateOf !== null) &&
  (one.snoozedUntil === null) === (one.snoozedBy === null) &&
  (isLive(one) || one.snoozedUntil === null) &&
  (one.state !== 'acknowledged' || one.owner !== null) &&
  (one.state !== 'open' || one.owner === null) &&
  (one.owner === null || one.acknowledgedAt !== null) &&
  (one.state === 'recovering') === (isLive(one) && one.normalHours > 0) &&
  one.members.length > 0 &&
  new Set(one.members.map(memberKey)).size === one.members.length &&
  one.members.some((member) => memberKey(member) === memberKey(one.lead));

describe('in every life of incidents', () => {
  it('state, closure, owner, snooze and end fit together', () => holds(({ all }) => all.every(isConsistent)));

  it('each page and metric is told by one live incident at most', () =>
    holds(({ live }) => {
      const keys = live.flatMap(({ members }) => members.map(memberKey));
      return new Set(keys).size === keys.length;
    }));

  it('each change makes the next revision, and no entry is without one', () =>
    holds(({ told }) => told.every(({ change: { from, incident } }) => incident.revision === (from ?? 0) + 1)));

  it('the clock resolves after enough normal hours only', () =>
    holds(({ told }) =>
      told.every(
        ({ incident }) =>
          incident.state !== 'resolved' || incident.endedBy !== 'system' || incident.normalHours >= RESOLVES_AFTER,
      ),
    ));

  it('what is outside normal is told by a live incident, unless people have said what there is to say of it', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const desk = new Desk();
        const judge = new Judge();
        let hour = 0;
        for (const one of steps.filter((each) => each.do === 'hour')) {
          if (one.do !== 'hour' || !one.judged) continue;
          const findings = judge.judge(START + hour * HOUR, one.strange);
          desk.follow({ ...hourOf(hour), findings });
          hour += 1;
          const told = new Set(desk.live.flatMap(({ members }) => members.map(memberKey)));
          const missed = findings.filter((each) => each.state !== 'recovered' && !told.has(memberKey(each)));
          if (missed.length > 0) throw new Error(JSON.stringify(missed));
        }
      }),
      { numRuns: 100 },
    );
  });
});
