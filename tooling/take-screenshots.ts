/**
 * Takes the screenshots of the README from a running demo: npm run screenshots -- http://127.0.0.1:4700/
 * Needs a Chromium: CHROMIUM_PATH, else /usr/bin/chromium.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

const [url = 'http://127.0.0.1:4700/'] = process.argv.slice(2);
const docs = join(import.meta.dirname, '..', 'docs');
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const desktop = { width: 1280, height: 860 };
const phone = { width: 390, height: 844 };

async function open(
  browser: Browser,
  viewport: { width: number; height: number },
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Page> {
  const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: 2 });
  await page.goto(url);
  await page.getByRole('button', { name: 'Details' }).first().waitFor();
  await page.getByText('need a look').first().scrollIntoViewIfNeeded();
  return page;
}

const save = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: join(docs, `${name}.png`) });

async function saySlash(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('textbox').first();
  await composer.fill(text);
  await composer.press('Enter');
  await page.waitForTimeout(1_500);
}

if (!existsSync(executablePath)) throw new Error(`There is no Chromium at ${executablePath}: set CHROMIUM_PATH.`);
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  const page = await open(browser, desktop);
  await save(page, 'digest');
  await page.getByRole('button', { name: 'Details' }).first().click();
  await page.getByText('Top errors').waitFor();
  await save(page, 'details');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Approve' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await page.getByText('Simulated:').first().waitFor();
  await page.getByText('Simulated:').first().scrollIntoViewIfNeeded();
  await save(page, 'approved');
  await saySlash(page, '/seepass help');
  await saySlash(page, '/seepass top 3');
  await save(page, 'commands');
  await save(await open(browser, phone), 'digest-phone');
  await save(await open(browser, desktop, 'dark'), 'digest-dark');
} finally {
  await browser.close();
}
