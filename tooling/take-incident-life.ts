/** Pictures of one incident from its first hour to its last, with three people: docs/screens/incident-*.png. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { FAILS_AT, openFailingCheckout } from '../tests/scenarios/failing-checkout.ts';
import { type SimulatedApp, startSimulatedApp } from '../tests/scenarios/simulated-app.ts';
import { openScenario } from '../tests/scenarios/workspace.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const SETTLED = 10 * MINUTE;
const LOOKS = {
  desktop: { width: 1280, height: 860 },
  phone: { width: 390, height: 844 },
} as const;

/** @param folder where the pictures go. */
export async function takeIncidentLife(browser: Browser, folder: string): Promise<void> {
  const place = await mkdtemp(join(tmpdir(), 'seepass-incident-'));
  const opened = await openScenario(join(place, 'db'), () => FAILS_AT);
  const app = await startSimulatedApp(opened.handle, FAILS_AT - HOUR);
  try {
    await openFailingCheckout(opened.handle, app.stores);
    await live(app, browser, folder);
  } finally {
    await app.stop();
    await opened.close();
    await rm(place, { recursive: true, force: true });
  }
}

async function live(app: SimulatedApp, browser: Browser, folder: string): Promise<void> {
  const afterHour = async (hour: number): Promise<void> => {
    app.passUntil(FAILS_AT + (hour + 1) * HOUR + SETTLED);
    await app.judge();
    app.passUntil(app.now() + MINUTE);
    await app.beat();
  };
  await afterHour(-1);
  await afterHour(0);
  const wide = await open(browser, app, LOOKS.desktop);
  const narrow = await open(browser, app, LOOKS.phone);
  const save = async (page: Page, name: string): Promise<void> => {
    await page.getByRole('main').getByRole('article').last().scrollIntoViewIfNeeded();
    await page.mouse.move(0, 0);
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(folder, `incident-${name}.png`) });
  };
  const shows = async (page: Page, words: string): Promise<void> => {
    await until(app, () => incident(page).filter({ hasText: words }).isVisible());
  };

  await save(wide, 'open');
  await save(narrow, 'open-phone');

  const jonas = await open(browser, app, LOOKS.desktop);
  await become(jonas, 'Jonas');
  await app.sandbox.as('maya').click(posted(app), "I'm on it");
  await until(app, async () => JSON.stringify(posted(app).blocks).includes('Acknowledged'));
  await shows(wide, 'Acknowledged');
  await app.sandbox.as('jonas').slash('product-health', '/seepass ack INC-1');
  await jonas.getByText('Only visible to you').last().waitFor();
  await save(jonas, 'too-late');

  await afterHour(1);
  await app.sandbox.as('priya').select(posted(app), 'incident_snooze', 'for 1 hour');
  await shows(narrow, 'snoozed by');
  await save(narrow, 'snoozed-phone');
  for (const hour of [2, 3, 4, 5, 6]) await afterHour(hour);
  await shows(wide, 'Recovered');
  await wide
    .getByRole('main')
    .getByRole('button', { name: /repl(y|ies)/ })
    .last()
    .click();
  await wide.getByRole('complementary', { name: 'Thread' }).getByText('resolved').first().waitFor();
  await save(wide, 'recovered');
  await shows(narrow, 'Recovered');
  await save(narrow, 'recovered-phone');
}

async function open(browser: Browser, { sandbox }: SimulatedApp, viewport: (typeof LOOKS)[keyof typeof LOOKS]) {
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
  await page.goto(sandbox.url);
  await page.getByRole('article').first().waitFor();
  return page;
}

async function become(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Switch person' }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(name) }).click();
}

const incident = (page: Page): Locator =>
  page.getByRole('main').getByRole('article').filter({ hasText: '/checkout' }).first();

function posted({ sandbox }: SimulatedApp) {
  const found = sandbox.messages('product-health')[0];
  if (found === undefined) throw new Error('No incident is posted.');
  return found;
}

/** Delivers what there is until it is so. */
async function until(app: SimulatedApp, isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    await app.beat();
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('The page does not show it.');
}
