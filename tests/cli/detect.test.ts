import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Outcome, seepassHere } from './here.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-detect-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function detect(content: string | Buffer, ...options: string[]): Promise<Outcome> {
  files += 1;
  const path = join(folder, `series-${files}.csv`);
  await writeFile(path, content);
  return seepassHere(['detect', path, ...options]);
}

const verdictSchema = z.strictObject({
  timestamp: z.string(),
  flagged: z.boolean(),
  score: z.number().min(0).max(1),
  expected: z.number(),
  lower: z.number(),
  upper: z.number(),
  reason: z.string(),
});

function verdictsOf({ code, stdout, stderr }: Outcome): z.infer<typeof verdictSchema>[] {
  expect([code, stderr]).toEqual([0, '']);
  return z.array(verdictSchema).parse(JSON.parse(stdout));
}

/** Ten crashes in 1,000 sessions an hour, 60 at hour 500. */
const lines = Array.from({ length: 700 }, (_, hour) => {
  const timestamp = new Date(Date.UTC(2026, 0, 5) + hour * 3_600_000).toISOString().replace('.000Z', 'Z');
  return `${timestamp},${hour >= 500 && hour < 504 ? 60 : 8 + ((hour * 7) % 5)},1000`;
});
const crashes = ['timestamp,count,total', ...lines, ''].join('\n');

describe('detect', () => {
  it('prints the verdict of every point as one JSON array', async () => {
    const verdicts = verdictsOf(await detect(crashes, '--json'));
    expect(verdicts).toHaveLength(700);
    const flagged = verdicts.filter((verdict) => verdict.flagged);
    expect(flagged.map(({ timestamp }) => timestamp)).toEqual(['2026-01-25T20:00:00Z']);
    expect(flagged[0]?.reason).toMatch(/^High: 60 in 1000, expected \d+–\d+ at 20:00\.$/);
    expect(verdicts.every(({ flagged: flag, score }) => flag === score >= 0.5)).toBe(true);
  });

  it('prints a line an episode, and what was judged, for people', async () => {
    const { code, stdout } = await detect(crashes);
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^first point +last out of line +what was seen first$/),
      expect.stringMatching(/^2026-01-25 20:00 +2026-01-25 23:00 +High: 60 in 1000, expected \d+–\d+ at 20:00\.$/),
      '1 episode in 652 judged points, after 48 points of learning (UTC).',
      '',
    ]);
  });

  it('tells the time by the zone it is given', async () => {
    const { stdout } = await detect(crashes, '--timezone', 'Asia/Tokyo');
    expect(stdout).toMatch(/^2026-01-26 05:00 .* at 05:00\.$/m);
    expect(stdout).toContain('(Asia/Tokyo)');
  });

  it('judges a prefix of a file as it judges the whole', async () => {
    const whole = verdictsOf(await detect(crashes, '--json'));
    const prefix = verdictsOf(await detect(crashes.split('\n').slice(0, 503).join('\n'), '--json'));
    expect(prefix).toEqual(whole.slice(0, 502));
  });

  it('skips what cannot be read, sorts, judges repeated times, and counts each on stderr', async () => {
    const extra = ['2026-01-06T00:00:00Z,nan,1000', 'x,1,1', '2026-01-06T00:00:00Z,9,1000', '2026-01-07T01:00:00Z,5,3'];
    const { code, stdout, stderr } = await detect(`${crashes}${extra.join('\n')}\n`, '--json');
    expect(code).toBe(0);
    expect(stderr.split('\n')).toEqual([
      '3 rows skipped; line 702: "nan" is no number.',
      '1 row out of order: sorted by time.',
      '1 row of the time of another row: each is judged as one more.',
      '',
    ]);
    const verdicts = z.array(verdictSchema).parse(JSON.parse(stdout));
    expect(verdicts).toHaveLength(701);
    expect(verdicts.map(({ timestamp }) => timestamp)).toEqual(verdicts.map(({ timestamp }) => timestamp).toSorted());
  });

  it('says that one point is too few', async () => {
    const { code, stdout } = await detect('timestamp,value\n2026-01-05,3\n');
    expect([code, stdout]).toEqual([0, 'Too early to tell: all 1 point went into learning what is normal (UTC).\n']);
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['an empty file', '', /is empty\. Check the export that wrote it\.$/],
    [
      'a header without rows',
      'timestamp,value\n',
      /can be judged\. It has a header and no rows\. A series has the columns/,
    ],
    ['no header', '2026-01-05,3\n2026-01-06,4\n', /CSV with a header\..* among them timestamp/],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), /Unpack or export it as/],
    ['prose', 'Dear customer,\nwe regret', /CSV with a header\./],
    [
      'other columns',
      'timestamp,price\n2026-01-05,3\n',
      /First reason, line 2: it has neither a value, nor a count and a total\./,
    ],
    ['nothing but faults', 'timestamp,value\n2026-01-05,-\n', /First reason, line 2: "-" is no number\./],
  ])('refuses %s in one line that names the fix, with exit code 2', async (_, content, words) => {
    const { code, stdout, stderr } = await detect(content, '--json');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^seepass: [^\n]+\n$/);
    expect(stderr.trim()).toMatch(words);
  });

  it('refuses a file that is not there, and a zone nobody knows', async () => {
    expect((await seepassHere(['detect', join(folder, 'none.csv')])).code).toBe(2);
    const { code, stderr } = await detect(crashes, '--timezone', 'Mars/Olympus');
    expect([code, stderr]).toEqual([2, expect.stringContaining('It must be an IANA time zone such as Europe/Berlin.')]);
  });
});
