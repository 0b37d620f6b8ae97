import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../src/block-kit/limits.ts';
import { checkMessage } from '../../../src/block-kit/message.ts';
import { countText } from '../../../src/block-kit/validate.ts';
import { validateView } from '../../../src/block-kit/view.ts';
import type { JsonObject } from '../../../src/core/records.ts';
import { buildSettingsModal } from '../../../src/slack/views/home/settings-modal.ts';
import { buildHome } from '../../../src/slack/views/home.ts';
import { buildNotice } from '../../../src/slack/views/notice.ts';
import { buildOnboarding } from '../../../src/slack/views/onboarding.ts';
import { homeOf, muteOf, newHomeOf, subscriptionOf, VIEWER } from '../home-models.ts';
import { incidentOf } from '../incident-models.ts';
import { priorityOf } from '../models.ts';
import { textOf } from '../world.ts';

const words = (view: JsonObject): string => textOf(view.blocks);
const golden = (view: JsonObject): string => `${JSON.stringify(view, null, 2)}\n`;
const NOTHING = { alerts: 0, useful: 0, notIncidents: 0, missed: 0, drill: null };

describe('the App Home', () => {
  it('says what is open, what is theirs and how it goes, and Slack takes it', async () => {
    const view = buildHome(homeOf());
    expect(validateView(view)).toEqual([]);
    expect(words(view)).toContain('*2 open, 1 yours. Data fresh except Help Scout (silent 26 h).*');
    expect(words(view)).toContain('Settings are changed by the admins: <@U00000LEO>.');
    await expect(golden(view)).toMatchFileSnapshot('../../fixtures/slack/home.json');
  });

  it('tells whoever has just installed it the next steps, and no figure it does not have', async () => {
    const view = buildHome(newHomeOf());
    expect(validateView(view)).toEqual([]);
    expect(words(view)).toContain('*Welcome. No data yet.*');
    expect(words(view)).toContain(`Yours is \`${VIEWER}\``);
    expect(words(view)).not.toMatch(/How well am I doing|\b0 alerts|\b0 pages/);
    await expect(golden(view)).toMatchFileSnapshot('../../fixtures/slack/home-first-run.json');
  });

  it('begins with what came of a button', () => {
    const view = buildHome(homeOf(), buildNotice('INC-12 is yours.').blocks);
    expect(validateView(view)).toEqual([]);
    expect(words(view).split('\n')[0]).toBe('INC-12 is yours.');
  });

  it.each([
    ['nothing open', { incidents: [] }, 'Nothing open. Data fresh except'],
    ['nothing open, in its place', { incidents: [] }, 'None. Channels with alerts are told when one opens.'],
    ['all sources fresh', { sources: homeOf().sources.slice(1) }, 'All 2 sources fresh.'],
    ['one source', { sources: homeOf().sources.slice(1, 2) }, 'Its only source is fresh.'],
    ['only silent sources', { sources: homeOf().sources.slice(0, 1) }, 'No data is fresh: Help Scout (silent 26 h).'],
    ['imported figures alone', { sources: [] }, 'No events arrive: only figures that were imported.'],
    ['no alerts', { report: NOTHING }, 'No alerts yet, so none to judge, and none was reported missed.'],
    [
      'alerts nobody judged',
      { report: { ...NOTHING, alerts: 2 } },
      '*2 alerts*: none judged yet, none reported missed.',
    ],
    ['no drill', { report: NOTHING }, 'No fire drill yet'],
    ['no subscription', { subscriptions: [] }, 'None yet. In a channel, `/seepass subscribe`'],
    ['the next digest', {}, 'Next Mon 2 Feb, 09:00 Europe/Berlin.'],
    ['a paused subscription', {}, 'Paused since Thu 29 Jan: I am not a member of it any more.'],
    ['what people judged', {}, '*9 alerts*: *7* judged useful, *1* judged no incident, *1* missed.'],
    ['a gap', {}, 'Sat 24 Jan lacks Help Scout.'],
    ['what stayed normal', {}, 'Nothing else was outside normal on the 6 judged days.'],
    ['a day that was not judged', {}, '· · – ○ ◐ ● ●  /checkout: high, 4 days'],
    ['being the only admin', { isAdmin: true, admins: [VIEWER] }, 'You are the only admin.'],
    [
      'being one of the admins',
      { isAdmin: true, admins: [VIEWER, 'U00000LEO'] },
      'You are an admin, with <@U00000LEO>.',
    ],
    ['one step left', { checklist: { ...homeOf().checklist, invited: 'missing' as const } }, 'One step left'],
  ])('words %s', (_name, change, said) => {
    const view = buildHome(homeOf(change));
    expect(validateView(view)).toEqual([]);
    expect(words(view)).toContain(said);
  });

  it('gives settings to admins alone', () => {
    expect(JSON.stringify(buildHome(homeOf()))).not.toContain('home_settings');
    expect(JSON.stringify(buildHome(homeOf({ isAdmin: true })))).toContain('home_settings');
  });

  it('lets nobody take what somebody is on', () => {
    const { incidents } = homeOf();
    expect(JSON.stringify(buildHome(homeOf({ incidents: incidents.slice(0, 1) })))).not.toContain('home_acknowledge');
    expect(JSON.stringify(buildHome(homeOf({ incidents: incidents.slice(1) })))).toContain('home_acknowledge');
  });

  it('fits whatever the names and however much there is, notifies nobody, and says what it cuts', () => {
    const nasty = fc.oneof(
      fc.constant(`/${'<!channel>&*_~`'.repeat(300)}`),
      fc.constant('/שלום/‮evil‬/👩‍👩‍👧‍👦'.repeat(60)),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).map((text) => `<!here> <@U999999> ${text}`),
    );
    fc.assert(
      fc.property(nasty, fc.integer({ min: 1, max: 400 }), (name, count) => {
        const times = <T>(of: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => of(index));
        const home = homeOf();
        const view = buildHome(
          homeOf({
            incidents: times((index) =>
              incidentOf({ number: index + 1, lead: { surface: name, metric: 'error_rate', direction: 'up' } }),
            ),
            latest: {
              date: '2026-01-29',
              surfaces: 40,
              total: 90,
              priorities: [1, 2, 3].map((rank) => priorityOf(rank, name)),
            },
            week: home.week && {
              ...home.week,
              groups: times(() => ({
                group: name,
                worst: 'high',
                health: Array.from({ length: 7 }, () => 'high' as const),
              })),
            },
            subscriptions: times((index) =>
              subscriptionOf(index + 1, { kind: 'question', question: name, paused: { reason: name, at: 0 } }),
            ),
            mutes: times((index) => muteOf(index + 1, { pattern: name, reason: name })),
            admins: times((index) => `U0${String(index).padStart(7, '0')}`),
          }),
          buildNotice('Done.').blocks,
        );
        expect(validateView(view)).toEqual([]);
        const blocks = Array.isArray(view.blocks) ? view.blocks : [];
        expect(blocks.length).toBeLessThanOrEqual(LIMITS.blocksPer.home);
        expect(countText(blocks)).toBeLessThanOrEqual(LIMITS.messageBlocksText);
        const mrkdwn = JSON.stringify(blocks).match(/"type":"mrkdwn","text":"(?:[^"\\]|\\.)*"/g) ?? [];
        expect(mrkdwn.join('\n')).not.toMatch(/<!(?:here|channel)>|<@U999999>/);
        if (count > 10) expect(words(view)).toMatch(/Showing \d+ of \d+ incidents/);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the settings', () => {
  const settings = { quietHours: { from: 1320, until: 420 }, weeklyBudget: 10, sensitivity: null };

  it('are a form that Slack takes', async () => {
    const form = { settings, approvers: ['U00000ANA'], configured: { admins: [VIEWER], approvers: [] } };
    const view = buildSettingsModal(form, 'normal');
    expect(validateView(view)).toEqual([]);
    await expect(golden(view)).toMatchFileSnapshot('../../fixtures/slack/settings-modal.json');
  });

  it('are empty where nothing was set', () => {
    const form = {
      settings: { quietHours: null, weeklyBudget: 0, sensitivity: 'eager' as const },
      approvers: [],
      configured: { admins: [], approvers: [] },
    };
    const view = buildSettingsModal(form, 'quiet');
    expect(validateView(view)).toEqual([]);
    expect(words(view)).toContain('admins nobody; approvers nobody');
  });
});

describe('the first message to whoever set Seepass up', () => {
  it('is short, and opens the Home where it knows how', async () => {
    const message = buildOnboarding('slack://app?team=T1&id=A1&tab=home');
    expect(checkMessage(message)).toBeNull();
    await expect(`${JSON.stringify(message, null, 2)}\n`).toMatchFileSnapshot('../../fixtures/slack/onboarding.json');
    expect(checkMessage(buildOnboarding(null))).toBeNull();
    expect(JSON.stringify(buildOnboarding(null))).not.toContain('home_open');
  });
});
