import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OpenStores } from '../../src/open-stores.ts';
import { SETTINGS } from '../scenarios/product.ts';
import { quickestTarget, type Target } from '../scenarios/targets.ts';
import { openScenario } from '../scenarios/workspace.ts';
import { type Outcome, seepassHere } from './here.ts';

let target: Target;
let opened: OpenStores;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seepass-themes-'));
  target = await quickestTarget.make();
  // Held open, so that each command joins it and need not start it.
  opened = await openScenario(target.database);
});
afterAll(async () => {
  await opened.close();
  await target.drop();
  await rm(folder, { recursive: true });
});

const seepass = (...args: string[]): Promise<Outcome> =>
  seepassHere([...args, '--database', target.database], SETTINGS);

it('themes says what to do while none was found', async () => {
  const stdout = 'No theme was found yet. Import tickets, then run: seepass run\n';
  expect(await seepass('themes')).toEqual({ code: 0, stdout, stderr: '' });
  expect(JSON.parse((await seepass('themes', '--json')).stdout)).toEqual([]);
});

it('lists what three days of imported tickets are about, with their trend and examples', async () => {
  const texts: [day: number, text: string][] = [
    [1, 'The invoice PDF opens blank since this morning'],
    [1, 'invoice pdf is empty, just a blank page'],
    [2, 'Downloaded our invoice as PDF and it is blank'],
    [24, 'Blank PDF when I open the invoice for May, mail me at jo@corp.example'],
    [24, 'I cannot log in, the password page reloads'],
    [24, 'Login page just reloads after my password'],
    [25, 'password accepted but then the login page again'],
    [25, 'Do you have an office in Lisbon?'],
    [25, 'The carousel on mobile overlaps the footer'],
  ];
  const lines = texts.map(([day, text], index) =>
    JSON.stringify({
      ts: `2026-01-${String(day).padStart(2, '0')}T10:00:00Z`,
      source: 'intercom',
      type: 'ticket',
      surface: '/help',
      id: `conv-${index}`,
      meta: { text },
    }),
  );
  const file = join(folder, 'tickets.jsonl');
  await writeFile(file, `${lines.join('\n')}\n`);
  expect(await seepass('import', file)).toMatchObject({ code: 0 });
  expect(await seepass('run')).toMatchObject({ code: 0 });

  const { stdout } = await seepass('themes');
  expect(stdout).toMatch(
    /^invoice pdf blank: 4 tickets, 1 this week against 1.2 a week before, too few to tell a trend\n {3}> /,
  );
  expect(stdout).toMatch(/\nlogin password page: 3 tickets, new this week\n {3}> /);
  expect(stdout).toMatch(/\n2 themes from Mon 29 Dec to Sun 25 Jan, Europe\/Berlin\n$/);
  expect(stdout).not.toContain('jo@corp.example');

  const rows = JSON.parse((await seepass('themes', '--from', '2026-01-24', '--to', '2026-01-25', '--json')).stdout);
  expect(rows).toEqual([
    {
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      label: 'login password page',
      terms: expect.arrayContaining(['login', 'password']),
      first_seen: '2026-01-24',
      last_seen: '2026-01-25',
      days: [
        { date: '2026-01-24', tickets: 2 },
        { date: '2026-01-25', tickets: 1 },
      ],
      count: 3,
      trend: { direction: 'new', this_week: 3, before: 0 },
      representatives: expect.arrayContaining([{ id: 'conv-4', date: '2026-01-24', text: texts[4]?.[1], url: null }]),
    },
    expect.objectContaining({ label: 'invoice pdf blank', count: 1, first_seen: '2026-01-01' }),
  ]);
  expect(await seepass('themes', '--from', '2026-01-24')).toMatchObject({ code: 2 });
});
