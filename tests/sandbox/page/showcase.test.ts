import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Running } from '../bolt-app.ts';
import { buildPage, composer, DESKTOP, describeInChromium, expectAccessible, messageWith, PHONE } from './chromium.ts';
import { SHOWCASE_CHANNEL, startShowcase } from './showcase-app.ts';

describeInChromium('the page, with one of every block', (browser) => {
  let running: Running;
  let page: Page;

  beforeAll(async () => {
    running = await startShowcase({ pageFolder: await buildPage() });
    page = await browser.open(running.sandbox.url);
    await messageWith(page, 'Fill in a form').waitFor();
  });
  afterAll(() => running?.stop());

  const main = () => page.getByRole('main');
  const dialog = () => page.getByRole('dialog');
  const menu = (name: string) => main().getByRole('combobox', { name });

  it('draws every block it is sent', async () => {
    expect(await page.locator('.unknown').count()).toBe(0);
    for (const words of ['What we know', 'Errors by day', 'Accounts that saw errors', 'Evidence', 'Read 42 tickets'])
      expect(await page.getByText(words).first().isVisible(), words).toBe(true);
    await expectAccessible(page);
  });

  it('presses a button', async () => {
    await main().getByRole('button', { name: 'Approve' }).click();
    await messageWith(page, 'approve heard 1').waitFor();
  });

  it('asks before what cannot be undone, and takes no for an answer', async () => {
    await main().getByRole('button', { name: 'Roll back', exact: true }).click();
    await dialog().getByText('42 tickets').waitFor();
    await expectAccessible(page);
    await dialog().getByRole('button', { name: 'Leave it' }).click();
    await dialog().waitFor({ state: 'detached' });
    await main().getByRole('button', { name: 'Roll back', exact: true }).click();
    await dialog().getByRole('button', { name: 'Roll back' }).click();
    await messageWith(page, 'roll_back heard').waitFor();
  });

  it('picks from a menu by typing', async () => {
    await menu('Severity').click();
    await expectAccessible(page);
    await page.keyboard.type('med');
    await page.keyboard.press('Enter');
    await messageWith(page, 'severity heard medium').waitFor();
    expect(await menu('Severity').inputValue()).toBe('◐ Medium');
  });

  it('asks the app for the options of an external menu', async () => {
    await menu('Find an account').click();
    await page.getByText('Type 2 letters to search').waitFor();
    await page.keyboard.type('nor');
    await page.getByRole('option', { name: 'Northwind' }).waitFor();
    const options = page.getByRole('listbox', { name: 'Find an account' });
    expect(await options.evaluate((list) => list.scrollHeight - list.clientHeight)).toBeLessThanOrEqual(0);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await messageWith(page, 'account heard Northgate').waitFor();
  });

  it('picks several, and takes one out again', async () => {
    await page.getByRole('button', { name: 'Remove /checkout' }).click();
    await menu('Choose some').click();
    await page.getByRole('option', { name: '/search' }).click();
    await page.getByRole('option', { name: '/billing' }).click();
    await page.keyboard.press('Escape');
    await messageWith(page, 'surfaces heard search+billing').waitFor();
  });

  it('chooses from an overflow menu with the keyboard', async () => {
    await main().locator('.overflow').press('Enter');
    await page.getByRole('menuitem', { name: 'Snooze until Monday' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await messageWith(page, 'more heard dismiss').waitFor();
  });

  it('sorts and turns the pages of a data table', async () => {
    const table = page.locator('.data-table');
    await table.getByRole('button', { name: 'Errors' }).click();
    await table.getByRole('button', { name: 'Errors' }).click();
    expect(await table.getByRole('rowheader').allTextContents()).toEqual(['Globex', 'Northwind', 'Contoso']);
    await table.getByRole('button', { name: 'Next' }).click();
    expect(await table.getByRole('rowheader').allTextContents()).toEqual(['Initech']);
  });

  it('keeps what was typed in a form whose input is wrong, says what is wrong, and sends it once it is right', async () => {
    await main().getByRole('button', { name: 'Fill in a form' }).click();
    const what = dialog().getByRole('textbox', { name: 'What happened' });
    await what.waitFor();
    expect(await what.evaluate((field) => field.matches(':focus'))).toBe(true);
    await dialog().getByRole('button', { name: 'Report', exact: true }).click();
    await dialog().getByText('Please complete this required field.').nth(1).waitFor();
    await expectAccessible(page);
    await what.fill('nothing');
    await dialog().getByRole('textbox', { name: 'Accounts hit' }).fill('3');
    await dialog()
      .getByLabel('Screenshots')
      .setInputFiles({ name: 'screen.png', mimeType: 'image/png', buffer: Buffer.from('x') });
    await dialog().getByText('screen.png').waitFor();
    await dialog().getByRole('button', { name: 'Report', exact: true }).click();
    await dialog().getByText('Something must have happened.').waitFor();
    expect(await what.inputValue()).toBe('nothing');
    await what.fill('Checkout fails');
    await what.press('Enter');
    await dialog().waitFor({ state: 'detached' });
    await running.sandbox.until(
      () => running.sandbox.messages('support').at(-1)?.text === 'Reported: Checkout fails screen.png',
    );
    await page.getByRole('button', { name: 'support unread' }).waitFor();
  });

  it('pushes a modal over another, and goes back', async () => {
    await main().getByRole('button', { name: 'Fill in a form' }).click();
    await dialog().getByRole('textbox', { name: 'What happened' }).fill('Half written');
    await dialog().getByRole('button', { name: 'What is an incident?' }).click();
    await dialog().getByText('outside normal').waitFor();
    await expectAccessible(page);
    await dialog().getByRole('button', { name: 'Back' }).click();
    expect(await dialog().getByRole('textbox', { name: 'What happened' }).inputValue()).toBe('Half written');
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('shows an ephemeral message to its reader alone, until it is dismissed', async () => {
    await composer(page).fill('/seepass');
    await composer(page).press('Enter');
    const answer = messageWith(page, 'Only you read this.');
    await answer.getByText('Only visible to you').waitFor();
    await answer.hover();
    await answer.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Dismiss message' }).click();
    await answer.waitFor({ state: 'detached' });
  });

  it('completes people, channels and emoji, and edits the last message with Up', async () => {
    await composer(page).pressSequentially('Thanks @jon');
    await page.getByRole('option', { name: /Jonas Weber/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('in #sup');
    await page.keyboard.press('Tab');
    await page.keyboard.type(':tad');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const said = messageWith(page, 'Thanks @Jonas Weber in #support');
    await said.getByText('🎉').waitFor();
    await composer(page).press('ArrowUp');
    await page.getByRole('textbox', { name: 'Edit message' }).fill('Thanks all');
    await page.keyboard.press('Enter');
    await messageWith(page, 'Thanks all').getByText('(edited)').waitFor();
  });

  it('breaks the line with Shift and Enter', async () => {
    await composer(page).fill('one');
    await composer(page).press('Shift+Enter');
    expect(await composer(page).inputValue()).toBe('one\n');
    await composer(page).fill('');
  });

  it('reacts, and takes it back', async () => {
    const message = messageWith(page, 'Thanks all');
    await message.hover();
    await message.getByRole('button', { name: 'React with eyes' }).click();
    const reaction = message.getByRole('button', { name: 'eyes: 1, You' });
    await reaction.click();
    await reaction.waitFor({ state: 'detached' });
  });

  it('opens the thread of a message from the keyboard, and Escape closes it', async () => {
    await page.getByRole('log', { name: 'Messages', exact: true }).focus();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('t');
    await composer(page, 'Reply in thread').fill('On it');
    await page.keyboard.press('Enter');
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('1 reply').waitFor();
    await page.keyboard.press('Escape');
    await thread.waitFor({ state: 'hidden' });
  });

  it('shows the JSON behind a message, and how much of Slack’s limits it uses', async () => {
    const message = messageWith(page, 'Errors by day');
    await message.hover();
    await message.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Inspect blocks' }).click();
    const inspector = page.getByRole('complementary', { name: 'Block inspector' });
    await inspector.getByText('Slack takes this as it is.').waitFor();
    await inspector.getByText('3 of 50', { exact: true }).first().waitFor();
    expect(await inspector.getByLabel('JSON').textContent()).toContain('"data_visualization"');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await inspector.waitFor({ state: 'hidden' });
  });

  it('becomes somebody else, who sees their own place in the workspace', async () => {
    await page.getByRole('button', { name: 'Switch person' }).click();
    await expectAccessible(page);
    await page.getByRole('menuitemradio', { name: /Priya Nair/ }).click();
    await page.getByRole('button', { name: /You are Priya Nair/ }).waitFor();
    running.sandbox.as('jonas').say('eng-oncall', 'Is anybody there, @Priya Nair?');
    await page.getByRole('button', { name: 'eng-oncall 1 unread for you' }).click();
    await messageWith(page, 'Is anybody there').waitFor();
    await page.getByRole('separator', { name: 'New messages' }).waitFor();
    await page.getByRole('button', { name: 'eng-oncall', exact: true }).waitFor();
  });

  it('jumps to a channel with Ctrl+K', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Jump to' }).fill('product');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'product-health' }).waitFor();
  });

  it('says in a notice when something cannot be done', async () => {
    await running.app.stop();
    await main().getByRole('button', { name: 'Approve' }).click();
    await page.getByText('We had some trouble connecting').waitFor();
    await expectAccessible(page);
    await running.app.start();
  });

  it('follows the system’s colours, and a toggle overrides them', async () => {
    const dark = await browser.open(running.sandbox.url, { colorScheme: 'dark' });
    const ground = () => dark.evaluate("getComputedStyle(document.querySelector('main')).backgroundColor");
    await dark.getByRole('button', { name: 'Colours: like the system' }).waitFor();
    expect(await ground()).toBe('rgb(26, 29, 33)');
    await dark.getByRole('button', { name: 'Colours: like the system' }).click();
    expect(await ground()).toBe('rgb(255, 255, 255)');
    await dark.reload();
    await dark.getByRole('button', { name: 'Colours: light' }).waitFor();
    expect(await ground()).toBe('rgb(255, 255, 255)');
  });

  it('fits 390 pixels, modals too', async () => {
    const phone = await browser.open(running.sandbox.url, { viewport: PHONE, hasTouch: true });
    await messageWith(phone, 'Fill in a form').waitFor();
    const overflow = () => phone.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectAccessible(phone);
    await phone.getByRole('button', { name: 'Fill in a form' }).tap();
    await phone.getByRole('dialog').getByText('What happened').waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
    await expectAccessible(phone);
    await phone.keyboard.press('Escape');
  });

  it('draws a few dozen of thousands of messages, and the rest as somebody scrolls', async () => {
    for (let count = 1; count <= 2_000; count += 1) running.sandbox.as('sam').say('support', `Message ${count}`);
    const long = await browser.open(`${running.sandbox.url}#/${running.sandbox.ids.channels.support}`, {
      viewport: DESKTOP,
    });
    await messageWith(long, 'Message 2000').waitFor();
    const list = long.getByRole('log', { name: 'Messages' });
    const drawn = () => list.getByRole('article').count();
    expect(await drawn()).toBeLessThanOrEqual(150);
    const readUpTo = (words: string) =>
      expect
        .poll(
          async () => {
            await list.evaluate((element) => element.scrollTo(0, 0));
            return list.getByText(words, { exact: true }).count();
          },
          { timeout: 10_000, interval: 10 },
        )
        .toBe(1);
    await readUpTo('Message 1700');
    expect(await drawn()).toBeLessThanOrEqual(150);
    await composer(long).fill('Enough');
    await composer(long).press('Enter');
    await messageWith(long, 'Enough').waitFor();
  });

  it('is found at the channel its address names', async () => {
    const id = running.sandbox.ids.channels[SHOWCASE_CHANNEL];
    const linked = await browser.open(`${running.sandbox.url}archives/${id}/p1`);
    await linked.getByRole('heading', { name: SHOWCASE_CHANNEL }).waitFor();
  });
});
