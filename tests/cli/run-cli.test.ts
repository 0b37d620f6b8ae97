import { expect, it } from 'vitest';
import { seepassHere } from './here.ts';

it.each<[string, string[], RegExp]>([
  ['an unknown command, and names the nearest', ['tpo'], /unknown command 'tpo'[\s\S]*Did you mean top\?/],
  ['an unknown option', ['top', '--limits', '3'], /unknown option '--limits'[\s\S]*Did you mean --limit\?/],
  ['a day that does not exist', ['top', '--date', '2026-02-30'], /It must be a date such as 2026-01-29\./],
  ['a number that is none', ['top', '--limit', 'ten'], /It must be a whole number of at least 1\./],
  ['a number out of range', ['demo', '--port', '70000'], /at least 0 and at most 65535\./],
  ['a profile nobody knows', ['findings', '--profile', 'strict'], /Allowed choices are/],
  ['--date beside --from', ['run', '--date', '2026-01-29', '--from', '2026-01-01'], /^seepass: --date stands alone\./],
  ['--from without --to', ['run', '--from', '2026-01-01'], /^seepass: --from and --to go together\. Add --to\.\n$/],
  ['a range that ends before it starts', ['run', '--from', '2026-01-02', '--to', '2026-01-01'], /Swap them\.\n$/],
])('refuses %s, with exit code 2 and nothing on stdout', async (_, args, words) => {
  const { code, stdout, stderr } = await seepassHere(args);
  expect(stderr).toMatch(words);
  expect([code, stdout]).toEqual([2, '']);
});

it('lists every fault of the environment at once, with exit code 2, and shows no value', async () => {
  const settings = { SEEPASS_TIMEZONE: 'Mars/Olympus', SLACK_BOT_TOKEN: 'not-a-bot-token' };
  const { code, stdout, stderr } = await seepassHere(['top'], settings);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^seepass: The environment has 2 faults:\n {2}SEEPASS_TIMEZONE .*\n {2}SLACK_BOT_TOKEN /);
  expect(stderr).not.toContain('not-a-bot-token');
});

it('says that a database is down in one line, with exit code 1, and never its password', async () => {
  const { code, stdout, stderr } = await seepassHere(['top', '--database', 'postgres://me:secret@127.0.0.1:1/none']);
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^seepass: The database .*127\.0\.0\.1:1.* nothing listens there\. Start the server.*\n$/);
  expect(stderr).not.toContain('secret');
});

it('shows help with a faulty environment, on stdout, with exit code 0', async () => {
  const { code, stdout } = await seepassHere(['help', 'top'], { SEEPASS_TIMEZONE: 'Mars/Olympus' });
  expect(code).toBe(0);
  expect(stdout).toContain('--surface <pattern>');
});
