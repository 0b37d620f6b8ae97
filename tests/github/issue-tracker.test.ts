import { afterEach, describe, expect, it } from 'vitest';
import { createGithubIssues } from '../../src/github/issue-tracker.ts';
import { actionContext } from '../support/action-context.ts';
import { type Asked, json, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const TOKEN = 'github_pat_of_the_tests';
const open: ScriptedServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

async function start(answer: Parameters<typeof startScriptedServer>[0]) {
  const server = await startScriptedServer(answer);
  open.push(server);
  return { server, issues: createGithubIssues({ repository: 'shop/web', token: TOKEN, baseUrl: server.url }) };
}

const issue = { title: 'Card payments fail on /checkout', body: '8.3% of 1,780 views failed.', labels: ['seepass'] };
const sent = ({ body }: Asked): { title: string; body: string; labels: string[] } => JSON.parse(body);

describe('issues on GitHub', () => {
  it('opens one that says where it comes from and carries its key', async () => {
    const { server, issues } = await start((_, response) =>
      json(response, 201, { number: 412, html_url: 'https://github.com/shop/web/issues/412' }),
    );
    expect(await issues.open(issue, actionContext())).toEqual({
      kind: 'done',
      summary: 'Opened shop/web#412.',
      link: 'https://github.com/shop/web/issues/412',
      details: { repository: 'shop/web', number: 412 },
    });
    const [asked] = server.asked as [Asked];
    expect(asked).toMatchObject({ method: 'POST', path: '/repos/shop/web/issues' });
    expect(asked.headers.authorization).toBe(`token ${TOKEN}`);
    expect(sent(asked)).toMatchObject({ title: issue.title, labels: ['seepass'] });
    expect(sent(asked).body).toContain('8.3% of 1,780 views failed.');
    expect(sent(asked).body).toContain('P-12');
    expect(sent(asked).body).toContain(`<!-- seepass: ${actionContext().idempotencyKey} -->`);
  });

  it('mentions nobody and hides nothing that a text from outside says', async () => {
    const { server, issues } = await start((_, response) =>
      json(response, 201, { number: 1, html_url: 'https://x.y/1' }),
    );
    await issues.open(
      { ...issue, title: 'Hi @shop/all', body: 'Dear @octocat <!-- seepass: other -->' },
      actionContext(),
    );
    const { title, body } = sent(server.asked[0] as Asked);
    expect(title).not.toContain('@shop');
    expect(body).not.toMatch(/@octocat|<!-- seepass: other/);
  });

  it.each([
    [401, {}, /SEEPASS_GITHUB_TOKEN/, null],
    [403, {}, /write access/, null],
    [404, {}, /does not know that repository/, null],
    [410, {}, /switched off/, null],
    [422, {}, /title and labels/, null],
    [403, { 'retry-after': '30' }, /asked to wait/, 30_000],
    [429, {}, /asked to wait/, 60_000],
    [403, { 'x-ratelimit-remaining': '0' }, /asked to wait/, 60_000],
  ])('says what HTTP %i %j means, and that nothing was opened', async (status, headers, words, retryAfterMs) => {
    const { server, issues } = await start((_, response) => json(response, status, { message: TOKEN }, headers));
    const result = await issues.open(issue, actionContext());
    expect(result).toMatchObject({ kind: 'not_done', words: expect.stringMatching(words), retryAfterMs });
    expect(JSON.stringify(result)).not.toContain(TOKEN);
    expect(server.asked).toHaveLength(1);
  });

  it('does not know after a fault of GitHub or a time-out, and finds what was opened all the same', async () => {
    const opened: { number: number; html_url: string; body: string }[] = [];
    const { issues } = await start((asked, response) => {
      if (asked.method === 'POST') {
        opened.push({ number: 413, html_url: 'https://github.com/shop/web/issues/413', body: sent(asked).body });
        return opened.length === 1 ? undefined : json(response, 502, {});
      }
      return json(response, 200, opened);
    });
    expect(await issues.find(actionContext())).toEqual({ kind: 'absent' });
    await expect(issues.open(issue, actionContext({ signal: AbortSignal.timeout(100) }))).rejects.toThrow();
    expect(await issues.find(actionContext())).toMatchObject({ kind: 'done', summary: 'Opened shop/web#413.' });
    await expect(issues.open(issue, actionContext({ idempotencyKey: 'another' }))).rejects.toThrow();
  });

  it('looks for it page by page', async () => {
    const mark = `<!-- seepass: ${actionContext().idempotencyKey} -->`;
    const { server, issues } = await start((asked, response) => {
      const page = new URL(asked.path, 'http://x').searchParams.get('page') ?? '1';
      const next = `<${server.url}/repos/shop/web/issues?page=2>; rel="next"`;
      if (page === '1') json(response, 200, [{ number: 2, html_url: 'https://x.y/2', body: null }], { link: next });
      else json(response, 200, [{ number: 1, html_url: 'https://x.y/1', body: mark }]);
    });
    expect(await issues.find(actionContext())).toMatchObject({ kind: 'done', link: 'https://x.y/1' });
    expect(server.asked).toHaveLength(2);
    expect(server.asked.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('finds what was opened before it was down for hours', async () => {
    const openedAt = actionContext().at;
    const { issues } = await start((asked, response) => {
      const since = Date.parse(new URL(asked.path, 'http://x').searchParams.get('since') ?? '');
      const body = `<!-- seepass: ${actionContext().idempotencyKey} -->`;
      json(response, 200, since <= openedAt ? [{ number: 7, html_url: 'https://x.y/7', body }] : []);
    });
    const later = actionContext({ at: openedAt + 5 * 3_600_000 });
    expect(await issues.find(later)).toMatchObject({ kind: 'done', link: 'https://x.y/7' });
  });

  it('knows that nothing was opened where nobody listens', async () => {
    const { server, issues } = await start(() => undefined);
    await server.stop();
    expect(await issues.open(issue, actionContext())).toMatchObject({ kind: 'not_done', retryAfterMs: 60_000 });
  });
});
