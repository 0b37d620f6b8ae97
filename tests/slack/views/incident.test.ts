import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../src/block-kit/message.ts';
import { countText } from '../../../src/block-kit/validate.ts';
import { validateView } from '../../../src/block-kit/view.ts';
import type { AlertRule } from '../../../src/core/incident/alert-rule.ts';
import type { Incident, IncidentEntry } from '../../../src/core/incident/incident.ts';
import { ENTRY_KINDS } from '../../../src/core/incident/incident.ts';
import { precisionOf } from '../../../src/core/incident/rule-precision.ts';
import { buildIncidentMessage, type IncidentContext } from '../../../src/slack/views/incident.ts';
import { buildIncidentDetails } from '../../../src/slack/views/incident-details.ts';
import { buildEntryLine } from '../../../src/slack/views/incident-entry.ts';
import { buildNoneForm, buildSnoozeForm } from '../../../src/slack/views/incident-forms.ts';
import { buildIncidentList } from '../../../src/slack/views/incident-list.ts';
import { buildIncidentDone, buildRefused } from '../../../src/slack/views/incident-outcome.ts';
import { buildMaintenanceList } from '../../../src/slack/views/maintenance.ts';
import { buildMuted, buildMuteList } from '../../../src/slack/views/mutes.ts';
import type { Rendered } from '../../../src/slack/views/notice.ts';
import { buildRuleChange, buildRuleList } from '../../../src/slack/views/rules.ts';
import { chartOf, entryOf, ID, incidentOf, membersOf, SINCE } from '../incident-models.ts';

const timezone = 'Europe/Berlin';
const HOUR = 3_600_000;
const MAYA = 'U0000MAYA';
const SAM = 'U00000SAM';
const WILD = `/*_~${'<!channel>&🧯'.repeat(300)}${'\u202eالدفع'.repeat(20)}`;

/** The message as a reader sees it: one line a block, its buttons in brackets. */
function readable({ text, blocks }: Rendered): string {
  const lines = blocks.map((block) => {
    const texts = JSON.stringify(block).match(/"text":"((?:[^"\\]|\\.)*)"/g) ?? [];
    const words = texts.map((part): string => JSON.parse(part.slice(7)));
    if (block.type === 'actions') return words.map((word) => `[${word}]`).join(' ');
    return block.type === 'data_visualization' ? `(chart) ${String(block.title)}` : words.join(' | ');
  });
  return [`text: ${text}`, ...lines].join('\n');
}

const storm = { by: 'storm', value: '', members: 1 } as const;
const ended = { endedAt: SINCE + 3 * HOUR, owner: MAYA } as const;
const later = { latest: { hour: SINCE + HOUR, current: 0.1, expected: 0.0285, lower: 0.022, upper: 0.034 } };

const LIVES: readonly [string, Incident, Partial<IncidentContext>?][] = [
  ['open', incidentOf(), { chart: chartOf() }],
  ['acknowledged', incidentOf({ state: 'acknowledged', owner: MAYA, acknowledgedAt: SINCE + HOUR + 720_000 })],
  ['escalated from medium', incidentOf({ severity: 'medium', members: membersOf(2) }, { trend: 'steady' })],
  ['snoozed', incidentOf({ snoozedBy: SAM, snoozedUntil: SINCE + 30 * HOUR })],
  ['recovering', incidentOf({ state: 'recovering', normalHours: 2, owner: MAYA }, { trend: 'falling', ...later })],
  ['resolved by the clock', incidentOf({ state: 'resolved', endedBy: 'system', ...ended }, later)],
  ['resolved by a person', incidentOf({ state: 'resolved', endedBy: SAM, ...ended }, later)],
  ['closed as false', incidentOf({ state: 'closed', closure: 'false', endedBy: SAM, endedAt: SINCE + 2 * HOUR })],
  ['closed as expected', incidentOf({ state: 'closed', closure: 'expected', endedBy: SAM, endedAt: SINCE + 2 * HOUR })],
  [
    'closed as a duplicate',
    incidentOf({ state: 'closed', closure: 'duplicate', duplicateOf: ID, endedBy: SAM, endedAt: SINCE + 2 * HOUR }),
    { duplicateOf: 9 },
  ],
  ['reopened', incidentOf({ reopenings: 2, revision: 9 })],
  ['a storm of 42 pages', incidentOf({ members: membersOf(42) }, { cause: storm })],
  [
    'a storm of 1,000 pages',
    incidentOf({ members: membersOf(1_000) }, { cause: storm, accounts: 12_400, users: null }),
  ],
  [
    'pages that share an error',
    incidentOf({ members: membersOf(14) }, { cause: { by: 'error_signature', value: 'UPSTREAM_502', members: 12 } }),
  ],
  [
    'traffic that is missing, and little known',
    incidentOf(
      { lead: { surface: '/search', metric: 'traffic', direction: 'down' } },
      {
        latest: { hour: SINCE, current: 120, expected: 400, lower: 310, upper: 480 },
        count: null,
        accounts: null,
        users: null,
        signature: null,
        release: null,
      },
    ),
  ],
  [
    'extreme names',
    incidentOf(
      {
        lead: { surface: WILD, metric: 'failure_rate', direction: 'up' },
        members: membersOf(30, (index) => `${index}${WILD}`),
      },
      {
        signature: { name: WILD, share: 0.9 },
        release: { name: WILD, share: 0.9, firstSeen: SINCE },
        cause: { by: 'error_signature', value: WILD, members: 30 },
        count: { of: 'request_failures', hits: 3_100_000, exposure: 9_100_000, per: 'requests' },
      },
    ),
  ],
];

describe('the message of an incident', () => {
  it('reads calmly at every stage of its life, and Slack takes it', async () => {
    const told = LIVES.map(([name, incident, context]) => {
      const message = buildIncidentMessage(incident, { timezone, ...context });
      expect(checkMessage(message), name).toBeNull();
      return `### ${name}\n${readable(message)}`;
    });
    await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot('../../fixtures/slack/incident.txt');
  });

  it('is the blocks of the golden file', async () => {
    const message = buildIncidentMessage(incidentOf(), { timezone, chart: chartOf() });
    const { text, blocks } = message;
    await expect(`${JSON.stringify({ text, blocks }, null, 2)}\n`).toMatchFileSnapshot(
      '../../fixtures/slack/incident.json',
    );
    // A workspace that takes no charts is told the same without.
    const simpler = message.simpler?.();
    expect(simpler && checkMessage(simpler)).toBeNull();
    expect(JSON.stringify(simpler)).not.toContain('data_visualization');
  });

  it('says nothing that is not known, and draws no missing hour as zero', () => {
    const unknown = incidentOf({}, { accounts: null, users: null, signature: null, release: null, count: null });
    const text = readable(buildIncidentMessage(unknown, { timezone }));
    expect(text).not.toMatch(/account|people|null|NaN|undefined/);
    expect(JSON.stringify(buildIncidentMessage(incidentOf(), { timezone, chart: chartOf() }))).not.toContain(
      '"value":0}',
    );
  });

  it.each([
    ['nothing is expected', { current: 0.2, expected: 0, lower: 0, upper: 0 }, 'errors where none are normal since'],
    ['it is far over normal', { current: 0.9, expected: 0.01, lower: 0, upper: 0.02 }, 'errors over 10x normal since'],
  ])('has a headline where %s', (_name, figures, words) => {
    const incident = incidentOf({}, { latest: { hour: SINCE, ...figures } });
    expect(buildIncidentMessage(incident, { timezone }).text).toContain(words);
  });

  const name = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => `<!here> <@U999999> *_~\`${text}\u202e`),
    fc.string({ maxLength: 4_000, minLength: 3_000 }),
    fc.constantFrom('/checkout', '*_~', '', '🧯'.repeat(2_000)),
  );
  const figures = fc.record({
    hour: fc.integer({ min: SINCE - 100 * HOUR, max: SINCE + 100 * HOUR }),
    current: fc.double({ min: 0, max: 1e6, noNaN: true }),
    expected: fc.double({ min: 0, max: 1e6, noNaN: true }),
    lower: fc.double({ min: -10, max: 1e6, noNaN: true }),
    upper: fc.double({ min: 0, max: 1e6, noNaN: true }),
  });
  const any = fc.record({
    surface: name,
    other: name,
    latest: figures,
    peak: figures,
    members: fc.integer({ min: 1, max: 60 }),
    metric: fc.constantFrom('error_rate', 'failure_rate', 'dropoff_rate', 'traffic' as const),
    state: fc.constantFrom('open', 'acknowledged', 'recovering', 'resolved', 'closed' as const),
    closure: fc.constantFrom('false', 'expected', 'duplicate' as const),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    cause: fc.constantFrom('storm', 'release', 'error_signature' as const),
  });

  it('is taken by Slack and pings nobody, whatever is in it', () => {
    fc.assert(
      fc.property(any, ({ surface, other, latest, peak, members, metric, state, closure, share, cause }) => {
        const isOver = state === 'resolved' || state === 'closed';
        const incident = incidentOf(
          {
            lead: { surface, metric, direction: 'up' },
            state,
            closure: state === 'closed' ? closure : null,
            members: membersOf(members, (index) => `${index}${other}`),
            ...(isOver ? { endedAt: latest.hour + HOUR, endedBy: 'system' } : {}),
          },
          {
            latest,
            peak,
            signature: { name: other, share },
            release: { name: other, share, firstSeen: latest.hour },
            cause: { by: cause, value: other, members },
          },
        );
        const message = buildIncidentMessage(incident, { timezone });
        expect(checkMessage(message)).toBeNull();
        expect(countText(message.blocks)).toBeLessThan(13_200);
        const parsed = JSON.stringify([message.text, message.blocks.filter(({ type }) => type !== 'header')]);
        expect(parsed).not.toMatch(/<[!@#]/);
        const details = buildIncidentDetails(incident, [entryOf({ details: { note: other, surfaces: [other] } })], {
          timezone,
        });
        expect(validateView(details)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

const ENTRIES: readonly Partial<IncidentEntry>[] = [
  { kind: 'opened' },
  { kind: 'joined', details: { surfaces: ['/cart', '/pay', '/a', '/b', '/c'] } },
  { kind: 'joined', details: { surfaces: [] } },
  { kind: 'escalated', details: { severity: 'high', severityBefore: 'medium' } },
  { kind: 'eased', details: { severity: 'medium', severityBefore: 'high' } },
  { kind: 'acknowledged', actor: MAYA, details: { owner: MAYA } },
  { kind: 'released', actor: MAYA, details: { owner: MAYA } },
  { kind: 'snoozed', actor: SAM, details: { until: SINCE + 30 * HOUR, note: 'waiting for <!here>' } },
  { kind: 'woken' },
  { kind: 'woken', actor: SAM },
  { kind: 'recovering' },
  { kind: 'worsened' },
  { kind: 'resolved' },
  { kind: 'resolved', actor: MAYA, details: { note: 'rolled back <!here>' } },
  { kind: 'reopened' },
  { kind: 'reopened', actor: SAM },
  { kind: 'closed', actor: SAM, details: { closure: 'false' } },
  { kind: 'closed', actor: SAM, details: { closure: 'expected', note: 'load test' } },
  { kind: 'closed', actor: SAM, details: { closure: 'duplicate', duplicateOf: 9 } },
  { kind: 'joined', details: { surfaces: [WILD, WILD] } },
];

describe('the history of an incident', () => {
  it('has a calm line for everything that can happen', async () => {
    const lines = ENTRIES.map((entry) => {
      const message = buildEntryLine(entryOf(entry), incidentOf(), { timezone });
      expect(checkMessage(message)).toBeNull();
      return message.text;
    });
    expect(new Set(ENTRIES.map(({ kind }) => kind)).size).toBe(ENTRY_KINDS.length);
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../fixtures/slack/incident-entries.txt');
  });

  it('is told in the details with what is known, and says when it is cut', async () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      entryOf({ ...ENTRIES[index % ENTRIES.length], sequence: index + 1 }),
    );
    const view = buildIncidentDetails(incidentOf({ members: membersOf(42), owner: MAYA }), many, { timezone });
    expect(validateView(view)).toEqual([]);
    expect(JSON.stringify(view)).toContain('Showing 10 of 42.');
    expect(JSON.stringify(view)).toContain('of 40.');
    await expect(`${JSON.stringify(view, null, 2)}\n`).toMatchFileSnapshot(
      '../../fixtures/slack/incident-details.json',
    );
  });
});

describe('the lists and forms around incidents', () => {
  const at = { now: SINCE + 2 * HOUR, timezone, latest: undefined };
  const mute = (number: number, until: number | null, pattern = '/health*') => ({
    id: ID,
    number,
    target: 'surface' as const,
    pattern,
    until,
    reason: 'no <!here>',
    createdBy: MAYA,
    createdAt: SINCE,
  });

  const ruleOf = (useful: number, wrong: number, voted: number): AlertRule => ({
    metric: 'error_rate',
    isDemoted: false,
    precision: precisionOf({ useful, false: wrong }),
    inDigests: { useful: 0, false: voted },
  });

  it.each([
    [
      'live incidents',
      buildIncidentList(
        Array.from({ length: 42 }, (_, index) =>
          incidentOf({ number: index + 1, lead: { surface: WILD, metric: 'traffic', direction: 'up' } }),
        ),
        at,
      ),
      'Showing 10 of 42',
    ],
    ['no incident ever', buildIncidentList([], at), 'No live incidents.'],
    [
      'no live incident',
      buildIncidentList([], { ...at, latest: incidentOf({ state: 'resolved', ...ended }) }),
      'INC-12, /checkout, ended 17:00',
    ],
    [
      'what is quiet',
      buildMuteList([mute(3, SINCE + 30 * HOUR), mute(1, null, WILD)], timezone),
      '1 page or error ignored, 1 snoozed',
    ],
    ['nothing quiet', buildMuteList([], timezone), 'Nothing is ignored'],
    ['rules nobody judged', buildRuleList([ruleOf(0, 0, 0)]), 'posts alerts; nobody has judged one yet'],
    [
      'rules by incidents and digests',
      buildRuleList([ruleOf(5, 4, 3)]),
      '5 of 9 judged ones were useful (56%), 3 of them in digests',
    ],
    ['rules by digests alone', buildRuleList([ruleOf(1, 2, 3)]), '1 of 3 judged ones was useful (33%), all in digests'],
    [
      'a rule that goes quiet',
      buildRuleChange({ ...ruleOf(0, 8, 8), isDemoted: true, by: null }),
      'told in the digest only from now on: 0 of 8 judged ones were useful (0%), all in digests.',
    ],
    ['a page that is ignored', buildMuted(mute(1, null), timezone), 'Quiet about /health'],
    [
      'maintenance',
      buildMaintenanceList(
        [{ id: ID, created_by: MAYA, starts_at: SINCE, ends_at: SINCE + HOUR, surface_pattern: null, reason: WILD }],
        timezone,
      ),
      'every page',
    ],
    ['no maintenance', buildMaintenanceList([], timezone), 'No maintenance is declared'],
    [
      'what was done',
      buildIncidentDone({ kind: 'acknowledge' }, incidentOf(), timezone),
      'INC-12 (/checkout) is yours.',
    ],
  ])('are messages that Slack takes: %s', (_name, message, words) => {
    expect(checkMessage(message)).toBeNull();
    expect(readable(message)).toContain(words);
    const parsed = JSON.stringify(message.blocks).match(/"type":"mrkdwn","text":"[^"]*"/g) ?? [];
    expect(parsed.join()).not.toMatch(/<!/);
  });

  it.each([
    ['the form of a snooze', buildSnoozeForm(incidentOf(), at, '{}')],
    ['the form of what it was', buildNoneForm(incidentOf(), [incidentOf()], '{}')],
    [
      'the form with very many others',
      buildNoneForm(
        incidentOf(),
        Array.from({ length: 300 }, (_, index) =>
          incidentOf({
            id: `${ID.slice(0, -3)}${100 + index}`,
            number: 100 + index,
            lead: { surface: WILD, metric: 'traffic', direction: 'up' },
          }),
        ),
        '{}',
      ),
    ],
  ])('are views that Slack takes: %s', (_name, view) => {
    expect(validateView({ ...view, private_metadata: '' })).toEqual([]);
  });

  it('mention whoever was first, and nobody that a page is called', () => {
    const incident = incidentOf({ owner: MAYA });
    const { text } = buildRefused(`<@${MAYA}> is on <@U0000EVIL> <!here> since 14:12.`, incident);
    expect(text).toBe(`<@${MAYA}> is on &lt;@U0000EVIL&gt; &lt;!here&gt; since 14:12.`);
  });
});
