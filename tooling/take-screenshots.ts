/**
 * Takes the pictures of the README (docs/*.png) and of the page (docs/screens/*.png) from a demo and from one of every block.
 * npm run screenshots [-- http://127.0.0.1:4700/ of a demo that is running]. Needs a Chromium.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { build } from 'vite';
import { startShowcase } from '../tests/sandbox/page/showcase-app.ts';
import { findChromium } from './find-chromium.ts';
import { takeActing } from './take-acting.ts';
import { takeIncidentLife } from './take-incident-life.ts';

const root = join(import.meta.dirname, '..');
const docs = join(root, 'docs');
const executablePath = findChromium();
const desktop = { width: 1280, height: 860 };
const phone = { width: 390, height: 844 };

interface Look {
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  /** Pictures in the README are sharper. */
  scale?: number;
}

async function open(browser: Browser, url: string, look: Look = {}): Promise<Page> {
  const { viewport = desktop, colorScheme = 'light', scale = 1 } = look;
  const page = await browser.newPage({ viewport, colorScheme, deviceScaleFactor: scale, reducedMotion: 'reduce' });
  await page.goto(url);
  await page.getByRole('article').first().waitFor();
  return page;
}

const save = async (page: Page, name: string): Promise<void> => {
  await page.mouse.move(0, 0);
  await page.waitForTimeout(300);
  await page.screenshot({ path: join(docs, `${name}.png`) });
};

/** Scrolls so that the message begins at the top of the list. */
const bringUp = (message: Locator): Promise<void> =>
  message.evaluate((element) => element.scrollIntoView({ block: 'start' }));

const message = (page: Page, words: string): Locator =>
  page.getByRole('main').getByRole('article').filter({ hasText: words }).last();

async function write(page: Page, text: string): Promise<void> {
  const box = page.getByRole('combobox', { name: /^Message / });
  await box.fill(text);
  await box.press('Enter');
}

/** The production app in the demo: what a newcomer sees, in order. */
async function takeDemo(browser: Browser, url: string): Promise<void> {
  const sharp = await open(browser, url, { scale: 1.5 });
  await bringUp(message(sharp, 'need a look'));
  await save(sharp, 'digest');
  const page = await open(browser, url);
  await bringUp(message(page, 'need a look'));
  await save(page, 'screens/digest');
  const narrow = await open(browser, url, { viewport: phone, scale: 1.5 });
  await bringUp(message(narrow, 'need a look'));
  await save(narrow, 'digest-phone');
  const dark = await open(browser, url, { colorScheme: 'dark', scale: 1.5 });
  await bringUp(message(dark, 'need a look'));
  await save(dark, 'digest-dark');
  await sharp.getByRole('button', { name: 'Details' }).first().click();
  await sharp.getByText('Top errors').waitFor();
  await save(sharp, 'details');
  await save(page, 'screens/details');
  await sharp.keyboard.press('Escape');
  await sharp.getByRole('button', { name: 'Approve' }).first().click();
  await sharp.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
  await sharp.getByText('Simulated:').first().waitFor();
  await bringUp(message(sharp, 'need a look'));
  await save(sharp, 'approved');
  await page.getByRole('combobox', { name: /^Message / }).pressSequentially('/see');
  await save(page, 'screens/commands');
  await write(page, '/seepass help');
  await message(page, 'What I understand').waitFor();
  await save(page, 'screens/help');
  await write(sharp, '/seepass top 3');
  await message(sharp, 'showing 3').waitFor();
  await save(sharp, 'commands');
  await message(page, 'need a look').getByRole('heading').first().hover();
  await page.getByRole('button', { name: 'Reply in thread' }).first().click();
  const reply = page.getByRole('combobox', { name: 'Reply in thread' });
  await reply.fill('@Seepass top 3');
  await reply.press('Enter');
  const thread = page.getByRole('complementary', { name: 'Thread' });
  await thread.getByRole('article').filter({ hasText: 'What to fix next' }).last().waitFor();
  await bringUp(message(page, 'need a look'));
  await save(page, 'screens/thread');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Seepass Home' }).click();
  await page.getByRole('heading', { name: 'What to fix next' }).waitFor();
  await save(page, 'screens/home');
}

const inThread = (page: Page): Locator => page.getByRole('complementary', { name: 'Thread' });

/** Asks in the channel for oneself; resolves with the answer. */
async function ask(page: Page, question: string, answer: string | RegExp): Promise<Locator> {
  await write(page, `/seepass ask ${question}`);
  const told = page.getByRole('main').getByRole('article').filter({ hasText: answer }).last();
  await told.waitFor();
  return told;
}

/** A message alone, at the width of a message. */
async function saveMessage(page: Page, told: Locator, name: string): Promise<void> {
  await told.scrollIntoViewIfNeeded();
  await page.mouse.move(0, 0);
  await page.waitForTimeout(300);
  await told.screenshot({ path: join(docs, 'screens', `${name}.png`) });
}

/** What Ask says: an answer, a chart, a why, a clarification, a refusal, and a thread on a phone. */
async function takeAnswers(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, url, { viewport: { width: 1_000, height: 1_400 }, scale: 1.5 });
  const rate = 'error rate on checkout yesterday vs the day before';
  await saveMessage(page, await ask(page, rate, 'error rate on /checkout'), 'ask-answer');
  const days = 'What was our DAU last week vs the week before?';
  await saveMessage(page, await ask(page, days, 'active users a day'), 'ask-chart');
  const why = 'why did errors on checkout rise yesterday?';
  await saveMessage(page, await ask(page, why, /Errors on \/checkout/), 'ask-why');
  await saveMessage(page, await ask(page, 'conversion', 'do you mean?'), 'ask-clarify');
  const mails = 'Show me the email addresses of customers who churned last month.';
  await saveMessage(page, await ask(page, mails, "I don't show"), 'ask-refuse');
  const narrow = await open(browser, url, { viewport: phone, scale: 1.5 });
  await write(narrow, `@Seepass ${rate}`);
  await narrow
    .getByRole('main')
    .getByRole('button', { name: /repl(y|ies)/ })
    .last()
    .click();
  await inThread(narrow).getByText('error rate on /checkout').waitFor();
  const reply = narrow.getByRole('combobox', { name: 'Reply in thread' });
  await reply.fill('and for search?');
  await reply.press('Enter');
  await inThread(narrow).getByText('error rate on /search').waitFor();
  await bringUp(inThread(narrow).getByRole('article').first());
  await save(narrow, 'screens/ask-phone');
}

/** One of every block and element. */
async function takeShowcase(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, url);
  const parts = { words: 'What we know', controls: 'Fill in a form', numbers: 'Errors by day', structure: 'Evidence' };
  for (const [name, words] of Object.entries(parts)) {
    await bringUp(message(page, words));
    await save(page, `screens/showcase-${name}`);
  }
  const dark = await open(browser, url, { colorScheme: 'dark' });
  await bringUp(message(dark, 'Fill in a form'));
  await save(dark, 'screens/dark');
  const narrow = await open(browser, url, { viewport: phone });
  await bringUp(message(narrow, 'Fill in a form'));
  await save(narrow, 'screens/phone');
  await narrow.getByRole('button', { name: 'Channels' }).click();
  await save(narrow, 'screens/phone-sidebar');
  await bringUp(message(page, 'Errors by day'));
  await message(page, 'Errors by day').hover();
  await message(page, 'Errors by day').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Inspect blocks' }).click();
  await page.getByText('Slack takes this as it is.').waitFor();
  await save(page, 'screens/inspector');
  await page.keyboard.press('Escape');
  await bringUp(message(page, 'Fill in a form'));
  await page.getByRole('combobox', { name: 'Find an account' }).click();
  await page.keyboard.type('no');
  await page.getByRole('option', { name: 'Northwind' }).waitFor();
  await save(page, 'screens/select');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Switch person' }).click();
  await save(page, 'screens/people');
  await page.keyboard.press('Escape');
  await page.getByRole('main').getByRole('button', { name: 'Fill in a form' }).click();
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  await page.getByText('Please complete').first().waitFor();
  await save(page, 'screens/form');
}

/** Starts a demo from the source; resolves with its process and its page. */
async function startDemo(): Promise<{ demo: ChildProcess; url: string }> {
  const main = join(root, 'src', 'cli', 'main.ts');
  const folder = await mkdtemp(join(tmpdir(), 'seepass-demo-'));
  const demo = spawn(
    process.execPath,
    ['--import', 'tsx', main, 'demo', '--port', '0', '--json', '--database', join(folder, 'data')],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  demo.once('exit', () => void rm(folder, { recursive: true, force: true }));
  const [line] = await once(demo.stdout.setEncoding('utf8'), 'data');
  return { demo, url: String(JSON.parse(String(line)).url) };
}

if (executablePath === undefined) throw new Error('There is no Chromium: install one, or set CHROMIUM_PATH.');
await mkdir(join(docs, 'screens'), { recursive: true });
await build({ configFile: join(root, 'src/sandbox/page/vite.config.ts'), logLevel: 'warn' });
const [given] = process.argv.slice(2);
const started = given === undefined ? await startDemo() : undefined;
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const showcase = await startShowcase({});
try {
  await takeIncidentLife(browser, join(docs, 'screens'));
  await takeActing(browser, join(docs, 'screens'));
  await takeShowcase(browser, showcase.sandbox.url);
  const url = started?.url ?? given ?? '';
  await takeAnswers(browser, url);
  await takeDemo(browser, url);
} finally {
  await browser.close();
  await showcase.stop();
  started?.demo.kill('SIGINT');
}
