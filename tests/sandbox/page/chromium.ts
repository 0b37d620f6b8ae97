/** Drives the page in a real Chromium; without one the tests say they are skipped. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../src/paths.ts';
import { findChromium } from '../../../tooling/find-chromium.ts';

const executablePath = findChromium();
const PATIENCE_MS = 10_000;

export const DESKTOP = { width: 1280, height: 860 };
export const PHONE = { width: 390, height: 844 };

export interface Chromium {
  /** Opens an address in a browser profile of its own, until the test file ends. */
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
        context.setDefaultTimeout(PATIENCE_MS);
        const page = await context.newPage();
        await page.goto(url);
        return page;
      },
    });
  });
}

let built: Promise<string> | undefined;

/** The page as its source is now, built once a process: what `npm run build` left may be of another day. */
export function buildPage(): Promise<string> {
  built ??= (async () => {
    const outDir = await mkdtemp(join(tmpdir(), 'seepass-page-'));
    const configFile = join(packageRoot, 'src/sandbox/page/vite.config.ts');
    await build({ configFile, logLevel: 'error', build: { outDir } });
    return outDir;
  })();
  return built;
}

/** axe finds nothing serious or critical in light; in dark, where only colours differ, no contrast too low. */
export async function expectAccessible(page: Page): Promise<void> {
  expect(await findGrave(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findGrave(page, { runOnly: ['color-contrast', 'link-in-text-block'] })).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
}

async function findGrave(page: Page, options: RunOptions = {}): Promise<string[]> {
  await page.evaluate(axe.source);
  const asked = JSON.stringify({ resultTypes: ['violations'], ...options });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${asked})`);
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
