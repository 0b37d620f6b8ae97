import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../../src/sandbox/sandbox.ts';
import { clientOf } from '../clients.ts';
import { buildPage, composer, describeInChromium, messageWith } from './chromium.ts';

const EVIL = '<img src=x onerror=alert(1)><script>alert(1)</script>"\'><b>bold</b>';
const plain = (text: string) => ({ type: 'plain_text', text });

describeInChromium('what people are used to', (browser) => {
  let sandbox: Sandbox;
  let page: Page;
  const alerts: string[] = [];
  const errors: string[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({ pageFolder: await buildPage() });
    sandbox.as('jonas').say('#support', 'a question');
    page = await browser.open(sandbox.url);
    page.on('dialog', (dialog) => {
      alerts.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('pageerror', (error) => errors.push(error.message));
    await composer(page).waitFor();
  });
  afterAll(() => sandbox?.stop());

  const go = (name: string) => page.getByRole('navigation').getByRole('button', { name }).first().click();
  const post = (text: string, over: object = {}) =>
    clientOf(sandbox).apiCall('chat.postMessage', { channel: sandbox.ids.channels.support, text, ...over });

  it('goes back and forward between channels', async () => {
    await go('support');
    await composer(page, 'Message #support').waitFor();
    await go('eng-oncall');
    await composer(page, 'Message #eng-oncall').waitFor();
    await page.goBack();
    await composer(page, 'Message #support').waitFor();
    await page.goBack();
    await composer(page, 'Message #product-health').waitFor();
    await page.goForward();
    await composer(page, 'Message #support').waitFor();
  });

  it('keeps the words that could not be sent, and says why in words', async () => {
    const tooLong = 'word '.repeat(2_500);
    await composer(page).fill(tooLong);
    await composer(page).press('Enter');
    await page.getByText('12,000 characters at most').waitFor();
    expect(await composer(page).inputValue()).toBe(tooLong.trim());
    await composer(page).fill('');
  });

  it('sends 12,000 characters', async () => {
    await composer(page).fill('ab '.repeat(4_000));
    await composer(page).press('Enter');
    await sandbox.until(() => sandbox.messages('support').at(-1)?.text.length === 11_999);
  });

  it('breaks lines where people did', async () => {
    const box = composer(page);
    await box.fill('first line');
    await box.press('Shift+Enter');
    await box.pressSequentially('second line');
    await box.press('Enter');
    const sent = messageWith(page, 'second line');
    expect(await sent.getByText('first line').innerText()).toContain('first line\nsecond line');
    const height = await sent.getByText('first line').evaluate((element) => element.getBoundingClientRect().height);
    expect(height).toBeGreaterThan(40);
    await sandbox.as('jonas').reply(sandbox.as('jonas').say('#support', 'my own question'), 'my own answer');
    await messageWith(page, 'my own question').getByRole('button', { name: '1 reply' }).click();
    const thread = page.getByRole('complementary', { name: 'Thread' });
    await thread.getByText('my own answer').waitFor();
    expect(await thread.getByText('Jonas Weber').count()).toBe(2);
    await page.keyboard.press('Escape');
  });

  it('answers in a thread and in the channel at once', async () => {
    const asked = messageWith(page, 'a question');
    await asked.hover();
    await asked.getByRole('button', { name: 'Reply in thread' }).click();
    await page.getByRole('checkbox', { name: 'Also send to #support' }).check();
    await composer(page, 'Reply in thread').fill('an answer for all');
    await composer(page, 'Reply in thread').press('Enter');
    const shown = messageWith(page, 'an answer for all');
    await shown.getByText('replied to a thread').waitFor();
    expect(await page.getByRole('checkbox', { name: 'Also send to #support' }).isChecked()).toBe(false);
    await page.keyboard.press('Escape');
    await shown.getByRole('button', { name: 'replied to a thread' }).click();
    await page.getByRole('complementary', { name: 'Thread' }).getByText('an answer for all').waitFor();
    await page.keyboard.press('Escape');
  });

  it('shows dates that are none as the app worded them', async () => {
    await post('x <!date^99999999999999999^{date} at {time}|long ago> <!date^noon^{time}|at noon> end', { blocks: [] });
    await messageWith(page, 'long ago at noon end').waitFor();
  });

  it('tells of an answer that came below what is in view, and leads there', async () => {
    const list = page.getByRole('log', { name: 'Messages' });
    await list.evaluate((element) => {
      const scrolled = new Promise((resolve) => element.addEventListener('scroll', resolve, { once: true }));
      element.scrollTo(0, 0);
      return scrolled.then(() => undefined);
    });
    await post('far below');
    await page.getByRole('button', { name: '1 new message' }).click();
    await messageWith(page, 'far below').waitFor();
    expect(await messageWith(page, 'far below').isVisible()).toBe(true);
    const left = () => list.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
    expect(await left()).toBeLessThan(2);
    await page.getByRole('button', { name: 'new message' }).waitFor({ state: 'hidden' });
  });

  it('shows hostile words as words, wherever they stand', async () => {
    const cell = { type: 'raw_text', text: EVIL };
    await post(EVIL);
    await post(`<javascript:alert(1)|click> <https://x.test/${'"'}onmouseover=alert(1)|${EVIL.replace(/[<>]/g, '')}>`);
    await post('blocks', {
      blocks: [
        { type: 'header', text: plain(EVIL) },
        { type: 'section', text: plain(EVIL), fields: [{ type: 'mrkdwn', text: EVIL }] },
        { type: 'markdown', text: `# ${EVIL}\n[click](javascript:alert(1)) \`${EVIL}\`` },
        { type: 'image', image_url: 'https://x.invalid/a.png', alt_text: EVIL, title: plain(EVIL) },
        { type: 'table', rows: [[cell], [cell]] },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'evil', text: plain(EVIL.slice(0, 75)), accessibility_label: EVIL }],
        },
        { type: 'context', elements: [{ type: 'mrkdwn', text: EVIL }] },
      ],
    });
    sandbox.as('maya').share('#support', [{ name: `${EVIL}.html`, content: Buffer.from(EVIL) }], EVIL);
    await page.getByRole('main').locator('.file').last().waitFor();
    const drawn = page.getByRole('main').getByRole('article');
    expect(await drawn.locator('script, b, [onerror], [onmouseover], [href^="javascript"]').count()).toBe(0);
    expect([alerts, errors]).toEqual([[], []]);
  });

  it('says when the workspace is gone', async () => {
    await sandbox.stop();
    await page.getByText('The workspace does not answer').waitFor();
  });
});
