import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commands } from '../../../src/slack/commands/index.ts';
import { CHANNEL, somePriorities, startWorld, type World } from '../../slack/world.ts';
import { describeOnOneDatabase } from '../../support/database.ts';
import { buildPage, composer, describeInChromium, expectAccessible, messageWith, PHONE } from './chromium.ts';

/** What the demo's composer suggests. */
const suggestions = commands.map(({ name, usage, summary }) => ({
  command: `/seepass ${name}`,
  hint: usage,
  description: summary,
}));

describeOnOneDatabase('the page', (open) => {
  describeInChromium('with Seepass in it', (browser) => {
    let world: World;
    let page: Page;

    beforeAll(async () => {
      const [database, pageFolder] = await Promise.all([open(), buildPage()]);
      world = await startWorld(database, { sandbox: { pageFolder, commands: suggestions } });
      await world.judge(somePriorities(7));
      await world.postDigest();
      page = await browser.open(`${world.sandbox.url}#/${world.sandbox.ids.channels[CHANNEL]}`);
    });
    afterAll(() => world?.stop());

    it('shows the digest from its beginning', async () => {
      const digest = messageWith(page, 'need a look');
      await digest.getByRole('heading', { name: /Seepass · Friday 30 January/ }).waitFor();
      expect(await digest.getByRole('button', { name: 'Details' }).count()).toBeGreaterThan(2);
      await expect.poll(() => digest.getByRole('heading').first().isVisible()).toBe(true);
      await expectAccessible(page);
    });

    it('opens Details in a modal, and Escape closes it again', async () => {
      await page.getByRole('button', { name: 'Details' }).first().click();
      const modal = page.getByRole('dialog');
      await modal.getByText('What people write').waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await modal.waitFor({ state: 'detached' });
    });

    it('completes /seepass help, and shows the answer to the asker alone', async () => {
      await composer(page).pressSequentially('/seepass he');
      await page.getByRole('option', { name: /\/seepass help/ }).waitFor();
      await page.keyboard.press('Enter');
      expect(await composer(page).inputValue()).toBe('/seepass help ');
      await page.keyboard.press('Enter');
      const answer = messageWith(page, '/seepass top');
      await answer.getByText('Only visible to you').waitFor();
      await expectAccessible(page);
      const other = await browser.open(world.sandbox.url);
      await messageWith(other, 'need a look').waitFor();
      await other.evaluate(`localStorage.setItem('seepass-sandbox-as', '${world.sandbox.as('sam').id}')`);
      await other.reload();
      await messageWith(other, 'need a look').waitFor();
      expect(await other.getByText('Only visible to you').count()).toBe(0);
    });

    it('brings the last command back with Up', async () => {
      await composer(page).press('ArrowUp');
      expect(await composer(page).inputValue()).toBe('/seepass help');
      await composer(page).press('ArrowDown');
      expect(await composer(page).inputValue()).toBe('');
    });

    it('takes a question in the digest’s thread, and shows the answer there', async () => {
      await messageWith(page, 'need a look').hover();
      await page.getByRole('button', { name: 'Reply in thread' }).first().click();
      const thread = page.getByRole('complementary', { name: 'Thread' });
      await composer(page, 'Reply in thread').fill('@Seepass top 3');
      await page.keyboard.press('Enter');
      await thread.getByText('Seepass top 3').waitFor();
      await thread.getByRole('article').filter({ hasText: 'What to fix next' }).last().waitFor();
      await expectAccessible(page);
      await page.keyboard.press('Escape');
      await thread.waitFor({ state: 'hidden' });
      await messageWith(page, 'need a look')
        .getByRole('button', { name: /repl(y|ies)/ })
        .waitFor();
    });

    it('asks before it approves, and shows on the digest who did', async () => {
      await page.getByRole('button', { name: 'Approve' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Approve' }).click();
      await messageWith(page, 'Approved by').getByText('@Maya Okafor').waitFor();
    });

    it('shows the App Home', async () => {
      await page.getByRole('button', { name: 'Seepass Home' }).click();
      await page.getByRole('heading', { name: 'What to fix next' }).waitFor();
      await expectAccessible(page);
      await page.getByRole('button', { name: 'Messages', exact: true }).click();
      await composer(page, 'Message Seepass').waitFor();
    });

    it('fits a phone', async () => {
      const phone = await browser.open(world.sandbox.url, { viewport: PHONE, hasTouch: true });
      await messageWith(phone, 'need a look').waitFor();
      const overflow = await phone.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect(overflow).toBeLessThanOrEqual(0);
      await expectAccessible(phone);
      await phone.getByRole('button', { name: 'Channels' }).click();
      await phone.getByRole('button', { name: /^support/ }).click();
      await phone.getByRole('heading', { name: 'support' }).waitFor();
    });
  });
});
