/** Pictures of an action from its card to whether it helped: docs/screens/action-*.png. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type ActingApp, startActingApp } from '../tests/scenarios/acting-app.ts';
import { CHANNEL } from '../tests/scenarios/workspace.ts';

const LOOKS = {
  desktop: { width: 1280, height: 860 },
  phone: { width: 390, height: 844 },
} as const;
/** The page draws what the workspace sends a moment later. */
const DRAWN_MS = 600;

/** @param folder where the pictures go. */
export async function takeActing(browser: Browser, folder: string): Promise<void> {
  const world = await startActingApp();
  try {
    await world.afterHour(-1);
    await world.afterHour(0);
    const card = await world.said('Proposed: Roll back', 'needs two approvers');
    const wide = await openThread(browser, world, LOOKS.desktop);
    const narrow = await openThread(browser, world, LOOKS.phone);
    const save = async (page: Page, name: string): Promise<void> => {
      await page.mouse.move(0, 0);
      await page.waitForTimeout(DRAWN_MS);
      await page.screenshot({ path: join(folder, `action-${name}.png`) });
    };
    await save(wide, 'proposed');
    await save(narrow, 'proposed-phone');

    await world.sandbox.as('jonas').click(card, 'Approve');
    await world.said('It needs one more');
    await world.afterHour(3);
    await world.sandbox.as('maya').click(await world.said('needs one more approver'), 'Approve');
    await world.said('Done: P-1');
    await world.propose('Probe /checkout from outside', 'medium');
    await world.said('Proposed: Probe');
    const home = await open(browser, world, LOOKS.desktop);
    await home.getByRole('button', { name: 'Seepass Home' }).click();
    await home.getByRole('heading', { name: 'Waiting for you' }).waitFor();
    await save(home, 'home');

    await world.afterHour(11);
    await world.said('It helped.');
    await toEnd(wide);
    await save(wide, 'helped');
    void world.sandbox.as('maya').slash(CHANNEL, '/seepass cycle');
    const page = await open(browser, world, LOOKS.phone);
    await page.getByRole('main').getByText('Looked at everything').waitFor();
    await save(page, 'cycle-phone');
  } finally {
    await world.stop();
  }
}

async function open(
  browser: Browser,
  { sandbox }: ActingApp,
  viewport: (typeof LOOKS)[keyof typeof LOOKS],
): Promise<Page> {
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
  await page.goto(sandbox.url);
  await page.getByRole('article').first().waitFor();
  return page;
}

async function openThread(...given: Parameters<typeof open>): Promise<Page> {
  const page = await open(...given);
  await page
    .getByRole('main')
    .getByRole('button', { name: /repl(y|ies)/ })
    .last()
    .click();
  await page.getByRole('complementary', { name: 'Thread' }).getByText('Roll back web').first().waitFor();
  return page;
}

const toEnd = (page: Page): Promise<void> =>
  page.getByRole('complementary', { name: 'Thread' }).getByRole('article').last().scrollIntoViewIfNeeded();
