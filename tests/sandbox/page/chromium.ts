/** Drives the page in a real Chromium; without one the tests say they are skipped. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, TestRunner } from 'vitest';
import { packageRoot } from '../../../src/paths.ts';
import { findChromium } from '../../../tooling/find-chromium.ts';
import { isNewerThanSources } from '../../scenarios/program.ts';

const executablePath = findChromium();
const PATIENCE_MS = 10_000;

export const DESKTOP = { width: 1280, height: 860 };
export const PHONE = { width: 390, height: 844 };

export interface Chromium {
  /** Opens an address in a browser profile of its own, until the test ends; the last one, when opened before all. */
  open(url: string, options?: BrowserContextOptions): Promise<Page>;
}

/** Defines tests that share one browser. */
export function describeInChromium(name: string, define: (browser: Chromium) => void): void {
  if (executablePath === undefined) {
    describe(name, () => {
      it('is SKIPPED: there is no Chromium; set CHROMIUM_PATH to run it', ({ skip }) => {
        process.stderr.write(`\n*** SKIPPED without Chromium: ${name}. Set CHROMIUM_PATH. ***\n\n`);
        skip();
      });
    });
    return;
  }
  describe(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    });
    afterAll(() => browser?.close());
    define({
      async open(url, options = {}) {
        const context = await browser.newContext({ viewport: DESKTOP, reducedMotion: 'reduce', ...options });
        // A page left open would go on drawing what later tests post.
        if (TestRunner.getCurrentTest() !== undefined) onTestFinished(() => context.close());
        context.setDefaultTimeout(PATIENCE_MS);
        const page = await context.newPage();
        await page.goto(url);
        return page;
      },
    });
  });
}

let built: Promise<string> | undefined;

/** The page as its source is now: what `npm run build` left where that is as new, else built once a process. */
export function buildPage(): Promise<string> {
  built ??= findOrBuild();
  return built;
}

async function findOrBuild(): Promise<string> {
  const shipped = join(packageRoot, 'dist', 'page');
  if (isNewerThanSources(join(shipped, 'index.html'))) return shipped;
  // Loaded only where it is needed.
  const { build } = await import('vite');
  const outDir = await mkdtemp(join(tmpdir(), 'seepass-page-'));
  const configFile = join(packageRoot, 'src/sandbox/page/vite.config.ts');
  await build({ configFile, logLevel: 'error', build: { outDir } });
  return outDir;
}

/**
 * axe finds nothing serious or critical in light; in dark, where only colours differ, no contrast too low. Of an open
 * dialog: what lies behind it is out of reach meanwhile.
 */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await findGrave(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findGrave(page, { runOnly: ['color-contrast', 'link-in-text-block'] })).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function findGrave(page: Page, options: RunOptions = {}): Promise<string[]> {
  if (!(await page.evaluate<boolean>("'axe' in window"))) await page.evaluate(axe.source);
  // Without preloading, which fetches every style sheet again for rules that are off or about media.
  const asked = JSON.stringify({ resultTypes: ['violations'], preload: false, ...options });
  const looked = `axe.run(document.querySelector('dialog') ?? document, ${asked})`;
  const { violations } = await page.evaluate<AxeResults>(looked);
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  return grave.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.any[0]?.message ?? ''}`),
  );
}

/** The box people write in, in the channel or in the thread. */
export const composer = (page: Page, name: RegExp | string = /^Message /) => page.getByRole('combobox', { name });

/** The message that contains these words; the last one, where several do. */
export const messageWith = (page: Page, words: string | RegExp) =>
  page.getByRole('main').getByRole('article').filter({ hasText: words }).last();
