import { describe, expect, it } from 'vitest';
import type { Incident } from '../../../src/core/incident/incident.ts';
import type { ChartStretch, IncidentChart } from '../../../src/core/incident/incident-chart.ts';
import { drawIncident } from '../../../src/slack/views/incident-chart.ts';
import { buildIncidentChart } from '../../../src/slack/views/incident-course.ts';
import { incidentOf, SINCE } from '../incident-models.ts';

const HOUR = 3_600_000;
const fresh = { name: 'web@1.42.0', firstSeen: SINCE - 19 * 60_000, share: 0.9 };
const older = { ...fresh, firstSeen: SINCE - 90 * HOUR };

/** Hours up to the incident's end, the last ones told; `gap` of them has no figure. */
const hoursOf = (hours: number, told: number, gap = -1): IncidentChart => ({
  points: Array.from({ length: hours }, (_, index) => ({
    hour: SINCE + (index - (hours - told)) * HOUR,
    value: index === gap ? null : index >= hours - told ? 0.148 : 0.02,
    expected: 0.021,
    lower: 0.01,
    upper: 0.034,
    told: index >= hours - told,
  })),
});

const live = (release: typeof fresh | null): Incident => incidentOf({}, { release });
const over = (release: typeof fresh | null): Incident =>
  incidentOf({ state: 'resolved', endedAt: SINCE + 9 * HOUR, endedBy: 'system' }, { release });

const kindOf = (incident: Incident, chart: IncidentChart, stretch: ChartStretch): string => {
  const message = buildIncidentChart(incident, chart, { timezone: 'Europe/Berlin', stretch });
  if (message === null) return 'nothing';
  return message.chart
    ? 'picture'
    : message.blocks.some(({ type }) => type === 'data_visualization')
      ? 'native'
      : 'words';
};

describe("the chart in an incident's thread", () => {
  it.each<[string, Incident, IncidentChart, ChartStretch, string]>([
    ['its message has the chart already', live(null), hoursOf(20, 1), 'latest', 'nothing'],
    ['its release is older than what is drawn', live(older), hoursOf(20, 1), 'latest', 'nothing'],
    ['a release came in these hours', live(fresh), hoursOf(20, 1), 'latest', 'picture'],
    ['it was over in two hours', over(fresh), hoursOf(16, 2), 'course', 'nothing'],
    ["Slack's own chart holds its course", over(older), hoursOf(19, 5), 'course', 'native'],
    ['its course is longer than that', over(null), hoursOf(40, 25), 'course', 'picture'],
    ['its course has a gap', over(null), hoursOf(19, 5, 3), 'course', 'picture'],
    ['a release is part of its course', over(fresh), hoursOf(19, 5), 'course', 'picture'],
  ])('where %s', (_name, incident, chart, stretch, expected) => {
    expect(kindOf(incident, chart, stretch)).toBe(expected);
  });

  it.each(['views', 'requests'] as const)('names what the share is of: %s', (per) => {
    const incident = incidentOf({}, { count: { of: 'errors', hits: 3, exposure: 3, per } });
    const drawn = drawIncident(incident, hoursOf(20, 1), 'Europe/Berlin');
    expect(JSON.stringify(drawn)).toContain(`Errors, share of ${per}, by hour`);
  });

  it("says in words what it shows, and in Slack's own chart how much of it", () => {
    const message = buildIncidentChart(over(fresh), hoursOf(40, 25), { timezone: 'Europe/Berlin', stretch: 'course' });
    expect(message?.text).toMatch(
      /^\/checkout: errors 6\.1x normal at worst, 14:00 to 15:00\. Errors per view by hour/,
    );
    expect(message?.text).toContain('Outside normal: 21 earlier, ');
    expect(message?.text).toContain('Releases: web@1.42.0 (Fri 30 Jan, 13:41)');
    expect(JSON.stringify(message?.blocks.at(-1))).toContain('The chart shows the last 20 of 40 hours.');
  });

  it('pings nobody, whatever the page is called', () => {
    const lead = { ...over(null).lead, surface: '<!channel> & <@U1>' };
    const message = buildIncidentChart({ ...over(null), lead }, hoursOf(40, 25), {
      ...{ timezone: 'Europe/Berlin', stretch: 'course' },
    });
    expect(JSON.stringify({ ...message, chart: null })).not.toMatch(/<[!@]/);
  });
});
