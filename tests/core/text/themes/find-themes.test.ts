import { describe, expect, it } from 'vitest';
import { adjustedRandIndex, bestF1 } from '../../../../bench/themes.ts';
import { createRng } from '../../../../src/core/simulate/rng.ts';
import { findThemes } from '../../../../src/core/text/themes/find-themes.ts';
import type { Clustering, FoundTheme, KnownTheme, ThemeTicket } from '../../../../src/core/text/themes/theme.ts';
import { CLUSTERINGS } from '../../../../src/core/text/themes/theme.ts';
import { INTENT_NAMES, writeBurst, writeTickets } from '../../../support/made-up-tickets.ts';

let made = 0;
const ticket = (text: string, more: Partial<ThemeTicket> = {}): ThemeTicket => {
  made += 1;
  return { key: `key ${String(made).padStart(6, '0')}`, ts: made, text, topic: null, theme: null, ...more };
};
const tickets = (...texts: string[]): ThemeTicket[] => texts.map((text) => ticket(text));
const find = (given: readonly ThemeTicket[], known: readonly KnownTheme[] = [], how: Clustering = 'average-link') =>
  findThemes(known, given, how);
const groupsOf = (given: readonly ThemeTicket[], how?: Clustering): string[] => {
  const { assigned } = find(given, [], how);
  return given.map(({ key }) => assigned.get(key) ?? key);
};

const INVOICES = [
  'The invoice PDF opens blank since this morning',
  'invoice pdf is empty, just a blank page',
  'Downloaded our invoice as PDF and it is blank',
  'Blank PDF when I open the invoice for May',
];
const LOGINS = [
  'I cannot log in, the password page reloads',
  'Login page just reloads after my password',
  'password accepted but then the login page again',
];
const OTHERS = [
  'Do you have an office in Lisbon?',
  'The carousel on mobile overlaps the footer',
  'Thinking of upgrading, who can give us a demo',
  'Webhook retries arrive out of order',
];

/** What the store keeps of themes between two runs. */
function remember(themes: readonly FoundTheme[], from: readonly ThemeTicket[]): KnownTheme[] {
  const byKey = new Map(from.map((one) => [one.key, one]));
  return themes.map(({ id, label, terms, exemplars }) => ({
    id,
    label,
    terms,
    tickets: from.filter(({ theme }) => theme === id).length,
    exemplars: exemplars.flatMap((key) => byKey.get(key) ?? []),
  }));
}
const withThemes = (given: readonly ThemeTicket[], assigned: ReadonlyMap<string, string | null>): ThemeTicket[] =>
  given.map((one) => ({ ...one, theme: assigned.get(one.key) ?? null }));

describe('ticket themes', () => {
  it('hold what is about one thing, named by its words, shown by unlike tickets, and leave the rest alone', () => {
    const given = [...tickets(...INVOICES, ...LOGINS), ...tickets(...OTHERS)];
    const { themes, assigned } = find(given);
    expect(themes.map(({ label }) => label)).toEqual(['pdf invoice blank', 'login password page']);
    expect(themes.map(({ terms }) => [...terms].sort())).toEqual([
      ['blank', 'invoice', 'open', 'pdf'],
      ['login', 'page', 'password', 'reloads'],
    ]);
    expect(given.map(({ key }) => assigned.get(key))).toEqual([
      ...INVOICES.map(() => given[0]?.key),
      ...LOGINS.map(() => given[4]?.key),
      ...OTHERS.map(() => null),
    ]);
    for (const { exemplars } of themes) expect(new Set(exemplars).size).toBe(exemplars.length);
  });

  it('recover a burst of 20 among 90 others, and the intents, far better than DBSCAN on words does', () => {
    let [f1, ari] = [0, 0];
    for (let seed = 101; seed <= 105; seed++) {
      const burst = writeBurst(seed);
      const flags = burst.tickets.map(({ intent }) => intent === burst.about);
      f1 += bestF1(groupsOf(burst.tickets.map(({ text }) => ticket(text))), flags) / 5;
      const rng = createRng(seed, 'mixed');
      const mixed = INTENT_NAMES.flatMap((intent) => writeTickets(rng, intent, 10));
      const truth = mixed.map(({ intent }) => intent);
      ari += adjustedRandIndex(groupsOf(mixed.map(({ text }) => ticket(text))), truth) / 5;
    }
    expect(f1).toBeGreaterThan(0.78);
    expect(ari).toBeGreaterThan(0.5);
  });

  it('are mostly not found among tickets that have nothing in common', () => {
    const rng = createRng(1, 'unrelated');
    const unrelated = INTENT_NAMES.flatMap((intent) => writeTickets(rng, intent, 1)).map(({ text }) => ticket(text));
    const inThemes = [...find(unrelated).assigned.values()].filter((theme) => theme !== null);
    expect(inThemes.length).toBeLessThan(unrelated.length / 4);
  });

  it('take the name the source gives to most of their tickets', () => {
    const named = INVOICES.map((text, index) => ticket(text, { topic: index === 3 ? null : 'Invoice download' }));
    expect(find([...named, ...tickets(...OTHERS)]).themes).toMatchObject([{ label: 'Invoice download' }]);
    const quarrel = INVOICES.map((text, index) => ticket(text, { topic: `topic ${index}` }));
    expect(find([...quarrel, ...tickets(...OTHERS)]).themes).toMatchObject([{ label: 'pdf invoice blank' }]);
  });

  it('never name people, ids or what was redacted', () => {
    const given = [
      'Hello,\nPDF blank for invoice INV-1001, write to [email] or [phone]\n\nBest regards\nMarta Silva\nOptics Ltd',
      'Hi Sam,\nblank invoice pdf INV-1002, my mail is [email]\n\nThanks\nMarta Silva',
      'Hey there, the PDF of invoice 20931 is blank. See https://x.example/marta [email] [ip]',
      'invoice pdf blank ([email])\n\nKind regards\nMarta Silva\nTel. [phone]',
    ];
    const [theme] = find([...tickets(...given), ...tickets(...OTHERS)]).themes;
    expect([...(theme?.terms ?? [])].sort()).toEqual(['blank', 'invoice', 'pdf']);
  });
});

describe('themes from day to day', () => {
  const first = tickets(...INVOICES, ...OTHERS);
  const day1 = find(first);
  const known = remember(day1.themes, withThemes(first, day1.assigned));
  const before = withThemes(first, day1.assigned);

  it('keep their id when more is written about them, and new ones get an id of their own', () => {
    const more = tickets('Every invoice pdf I open is blank', 'PDF of the invoice stays blank in Edge', ...LOGINS);
    const { themes, assigned } = find([...before, ...more], known);
    expect(themes.map(({ id }) => id)).toEqual([known[0]?.id, more[2]?.key]);
    expect(more.map(({ key }) => assigned.get(key))).toEqual([
      known[0]?.id,
      known[0]?.id,
      ...LOGINS.map(() => more[2]?.key),
    ]);
  });

  it('are remembered by their exemplars when none of their tickets is among the newest', () => {
    const later = tickets(
      'invoice pdf blank again',
      'the pdf invoice comes out blank',
      'blank page instead of the invoice pdf',
      ...LOGINS,
    );
    const { themes } = find(later, known);
    expect(themes[0]?.id).toBe(known[0]?.id);
    expect(themes.map(({ id }) => id)).toHaveLength(2);
  });

  it('that nobody writes about are left as they are', () => {
    expect(find(tickets(...LOGINS, ...OTHERS), known).themes.map(({ id }) => id)).not.toContain(known[0]?.id);
  });

  it('keep the name under which many tickets were counted', () => {
    const settled = known.map((theme) => ({ ...theme, label: 'an older name', tickets: 12 }));
    expect(find(before, settled).themes).toMatchObject([{ label: 'an older name' }]);
    const young = known.map((theme) => ({ ...theme, label: 'an older name', tickets: 11 }));
    expect(find(before, young).themes).toMatchObject([{ label: 'pdf invoice blank' }]);
    const holding = known.map((theme) => ({ ...theme, label: 'blank invoice', tickets: 4 }));
    expect(find(before, holding).themes).toMatchObject([{ label: 'blank invoice' }]);
  });

  it('that split go on in their larger part, those that merge in the one with more tickets', () => {
    const both = [...INVOICES, ...LOGINS].map((text) => ticket(text, { theme: 'one' }));
    const split = find([...both, ...tickets(...OTHERS)]);
    expect(new Set(both.slice(0, 4).map(({ key }) => split.assigned.get(key)))).toEqual(new Set(['one']));
    expect(new Set(both.slice(4).map(({ key }) => split.assigned.get(key)))).toEqual(new Set([both[4]?.key]));
    const merged = INVOICES.map((text, index) => ticket(text, { theme: index < 3 ? 'b' : 'a' }));
    expect(find([...merged, ...tickets(...OTHERS)]).themes.map(({ id }) => id)).toEqual(['b']);
  });

  it('take in an older ticket that is near enough', () => {
    expect(day1.nearest('my invoice PDF is blank')).toBe(known[0]?.id);
    expect(day1.nearest('zebra crossing')).toBeNull();
    expect(day1.nearest('🙂')).toBeNull();
  });
});

describe.each(CLUSTERINGS)('by %s', (how) => {
  const rng = createRng(4, 'order');
  const mixed = INTENT_NAMES.slice(0, 8).flatMap((intent) => writeTickets(rng, intent, 9));

  it('the same tickets give the same themes, in whatever order they come', () => {
    const given = mixed.map(({ text }, index) => ticket(text, { ts: index % 5 }));
    const once = find(given, [], how);
    const again = find(given.toReversed(), [], how);
    expect(again.themes).toEqual(once.themes);
    expect(new Map([...again.assigned].sort())).toEqual(new Map([...once.assigned].sort()));
    expect(once.themes.length).toBeGreaterThan(1);
  });

  it.each<[name: string, given: ThemeTicket[], themes: number]>([
    ['no ticket', [], 0],
    ['one ticket', tickets('invoice pdf blank'), 0],
    ['two tickets', tickets('invoice pdf blank', 'invoice pdf blank'), 0],
    ['identical tickets', tickets(...Array.from({ length: 30 }, () => 'invoice pdf blank')), 1],
    ['nothing but emoji', tickets('🙂🙂', '🎉', '👍👍👍', '🙂🙂'), 0],
    ['empty texts', tickets('', ' \n ', '[email]', '12345', '-- \n'), 0],
  ])('%s is no trouble', (_name, given, themes) => {
    const found = find(given, [], how);
    expect(found.themes).toHaveLength(themes);
    expect(found.assigned.size).toBe(given.length);
    for (const { label } of found.themes) expect(label).toBe('invoice pdf blank');
  });

  it.each<[language: string, texts: string[], word: RegExp]>([
    [
      'German',
      ['Die Rechnung ist als PDF leer', 'Rechnung PDF leer, nur weiße Seite', 'PDF der Rechnung bleibt leer'],
      /rechnung/,
    ],
    ['Russian', ['Счёт в PDF пустой', 'Пустой PDF вместо счёта', 'PDF счёт открывается пустой'], /пустой/],
    ['Arabic', ['الفاتورة فارغة تماما', 'ملف الفاتورة فارغة اليوم', 'فتحت الفاتورة وهي فارغة'], /الفاتورة/],
    ['Japanese', ['請求書のPDFが空白です', '請求書PDFが空白で開きます', '空白の請求書PDF'], /請求/],
  ])('%s is read like any language', (_language, texts, word) => {
    const given = tickets(...texts, ...texts, 'Where is your office', 'a demo please for ten people');
    const { themes } = find(given, [], how);
    expect(themes).toHaveLength(1);
    expect(themes[0]?.label).toMatch(word);
  });
});

it('texts of 100 kB are read as far as people read, and a thousand tickets take seconds at most', () => {
  const rng = createRng(9, 'long');
  const long = Array.from({ length: 1000 }, (_, index) => {
    const text = writeTickets(rng, rng.pick(INTENT_NAMES), 12)
      .map((one) => one.text)
      .join(' ');
    return ticket(index < 5 ? text.repeat(100_000 / text.length) : text);
  });
  const from = process.cpuUsage();
  expect(find(long).assigned.size).toBe(1000);
  expect(process.cpuUsage(from).user / 1e6).toBeLessThan(6);
});
