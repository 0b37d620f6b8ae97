/** Issues on GitHub through its official client. It opens issues, and looks whether one of ours is there; nothing else. */
import { Octokit } from '@octokit/rest';
import type { IssueTracker, NewIssue } from '../core/action-io.ts';
import type { ActionContext, ActionResult } from '../core/actions.ts';

export interface GithubOptions {
  /** `owner/name`. */
  repository: string;
  token: string;
  /** `https://api.github.com`, or an own server's `/api/v3`. */
  baseUrl: string;
}

const LONGEST_TITLE = 250;
const LONGEST_BODY = 60_000;
const RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;
/** Our clock and GitHub's may differ: so much earlier an issue of ours may seem to be. */
const CLOCK_MS = 600_000;

/** What GitHub says where it did nothing, in words and with what to do. */
const REFUSALS: Readonly<Record<number, string>> = {
  401: 'GitHub refused the token: check SEEPASS_GITHUB_TOKEN.',
  403: 'The token may not open issues there: it needs write access to issues.',
  404: 'GitHub does not know that repository, or the token may not see it.',
  410: 'Issues are switched off in that repository.',
  422: 'GitHub did not take the issue as it is: check its title and labels.',
};

/** Where one repository’s issues are opened, with a token that may do just that. */
export function createGithubIssues({ repository, token, baseUrl }: GithubOptions): IssueTracker {
  const [owner = '', repo = ''] = repository.split('/');
  const silent = { debug() {}, info() {}, warn() {}, error() {} };
  const octokit = new Octokit({ auth: token, baseUrl, userAgent: 'Seepass', log: silent });

  return {
    repository,

    async open(issue, context) {
      try {
        const { data } = await octokit.rest.issues.create({
          ...{ owner, repo, title: plain(issue.title).slice(0, LONGEST_TITLE), body: bodyOf(issue, context) },
          labels: [...issue.labels],
          request: { signal: context.signal },
        });
        return opened(repository, data.number, data.html_url);
      } catch (error) {
        return notDone(error, repository);
      }
    },

    async find(context) {
      const issues = octokit.paginate.iterator(octokit.rest.issues.listForRepo, {
        ...{ owner, repo, state: 'all', sort: 'created', direction: 'desc', per_page: 100 },
        since: new Date(context.queuedAt - CLOCK_MS).toISOString(),
        request: { signal: context.signal },
      });
      const mark = markOf(context);
      for await (const { data } of issues) {
        const ours = data.find(({ body }) => body?.includes(mark));
        if (ours) return opened(repository, ours.number, ours.html_url);
      }
      return { kind: 'absent' };
    },
  };
}

function opened(repository: string, number: number, url: string): Extract<ActionResult, { kind: 'done' }> {
  return {
    kind: 'done',
    summary: `Opened ${repository}#${number}.`,
    link: url.startsWith('https://') || url.startsWith('http://') ? url : null,
    details: { repository, number },
  };
}

/** Throws where nobody knows whether the issue is there. */
function notDone(error: unknown, repository: string): ActionResult {
  const status = Number(property(error, 'status'));
  const response = property(error, 'response');
  if (response === undefined) {
    const code = property(property(property(error, 'cause'), 'cause'), 'code');
    if (code !== 'ECONNREFUSED' && code !== 'ENOTFOUND' && code !== 'EAI_AGAIN') throw error;
    return { kind: 'not_done', words: 'GitHub could not be reached.', retryAfterMs: RETRY_MS };
  }
  const wait = waitOf(status, property(response, 'headers'));
  if (wait !== null)
    return {
      kind: 'not_done',
      words: `GitHub asked to wait before opening issues in ${repository}.`,
      retryAfterMs: wait,
    };
  if (status >= 500 || !(status >= 400)) throw error;
  const words = REFUSALS[status] ?? `GitHub refused it with HTTP ${status}.`;
  return { kind: 'not_done', words: `${words} (${repository})`, retryAfterMs: null };
}

/** How long it asks to wait, in milliseconds; null where it does not. */
function waitOf(status: number, headers: unknown): number | null {
  if (status !== 429 && status !== 403) return null;
  const seconds = Number(property(headers, 'retry-after'));
  if (Number.isFinite(seconds) && seconds > 0) return Math.min(seconds * 1_000, LONGEST_RETRY_MS);
  return status === 429 || property(headers, 'x-ratelimit-remaining') === '0' ? RETRY_MS : null;
}

/** The text, where it comes from, and the key it is found by. */
function bodyOf({ body }: NewIssue, context: ActionContext): string {
  const from = `Opened by Seepass for ${context.proposal}, which somebody approved in Slack.`;
  return `${plain(body).slice(0, LONGEST_BODY)}\n\n---\n${from}\n${markOf(context)}`;
}

const markOf = ({ idempotencyKey }: ActionContext): string => `<!-- seepass: ${idempotencyKey} -->`;

/** Nobody on GitHub is mentioned by a name that happens to stand in a text, and no other comment hides in it. */
const plain = (text: string): string => text.replace(/@(?=[\w-])/g, '@\u200b').replaceAll('<!--', '<\\!--');

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
