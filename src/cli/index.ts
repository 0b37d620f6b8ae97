import type { Subcommand } from './subcommand.ts';

/** What help says of a subcommand, and how to load it: all of them together would take every start half a second. */
interface ListedSubcommand {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Subcommand>;
}

/** In the order help shows them. */
export const subcommands: readonly ListedSubcommand[] = [
  {
    name: 'demo',
    summary: 'look around: a local Slack workspace with the app, and a made-up product to judge',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  {
    name: 'start',
    summary: 'run the Slack app: digests on schedule, /seepass, and POST /v1/events',
    load: async () => (await import('./start.ts')).startCommand,
  },
  {
    name: 'import',
    summary: 'store events from a file: JSONL, CSV with a header or a JSON array, .gz too',
    load: async () => (await import('./import.ts')).importCommand,
  },
  {
    name: 'backfill',
    summary: 'read what a tool holds since a day: helpscout, intercom, sentry or posthog',
    load: async () => (await import('./backfill.ts')).backfillCommand,
  },
  {
    name: 'run',
    summary: 'aggregate, detect and rank: the last complete day, or the days you name',
    load: async () => (await import('./run.ts')).runCommand,
  },
  {
    name: 'top',
    summary: 'what to fix next: the ranked priorities of a judged day',
    load: async () => (await import('./top.ts')).topCommand,
  },
  {
    name: 'ask',
    summary: 'ask in plain words: "error rate on checkout last week vs the week before"',
    load: async () => (await import('./ask.ts')).askCommand,
  },
  {
    name: 'findings',
    summary: 'what each rule says, day by day, with its evidence',
    load: async () => (await import('./findings.ts')).findingsCommand,
  },
  {
    name: 'themes',
    summary: 'what tickets are about: themes, how many, where they are going, examples',
    load: async () => (await import('./themes.ts')).themesCommand,
  },
  {
    name: 'docs',
    summary: 'runbooks: add Markdown, text or PDF, list, stats, stale ones, remove one',
    load: async () => (await import('./docs.ts')).docsCommand,
  },
  {
    name: 'detect',
    summary: 'judge a series of your own: CSV with timestamp,value or timestamp,count,total',
    load: async () => (await import('./detect.ts')).detectCommand,
  },
  {
    name: 'backtest',
    summary: 'judge past days again and hold the verdicts against what truly happened',
    load: async () => (await import('./backtest.ts')).backtestCommand,
  },
  {
    name: 'drill',
    summary: 'plant incidents in a copy of the last three weeks and see how many are found',
    load: async () => (await import('./drill.ts')).drillCommand,
  },
  {
    name: 'signatures',
    summary: 'the known error signatures: list, show, merge two that are one fault, unmerge',
    load: async () => (await import('./signatures.ts')).signaturesCommand,
  },
  {
    name: 'deliveries',
    summary: 'what tools sent: how much waits, what could not be read and why, and another try',
    load: async () => (await import('./deliveries.ts')).deliveriesCommand,
  },
  {
    name: 'config',
    summary:
      'what the workspace declares: apply a file of reconciliations, funnels and maintenance, or show what holds',
    load: async () => (await import('./config.ts')).configCommand,
  },
  {
    name: 'surfaces',
    summary: 'the pages that are told apart: suggest rules for those that are too many',
    load: async () => (await import('./surfaces.ts')).surfacesCommand,
  },
  {
    name: 'identity',
    summary: 'of the people and accounts of each tool, how many are known in the others',
    load: async () => (await import('./identity.ts')).identityCommand,
  },
  {
    name: 'audit',
    summary: 'who asked, saw, decided and changed what: list, export as JSONL, verify, seal',
    load: async () => (await import('./audit.ts')).auditCommand,
  },
  {
    name: 'seed',
    summary: 'make up a believable product: events with planted incidents, and the truth about them',
    load: async () => (await import('./seed.ts')).seedCommand,
  },
  {
    name: 'migrate',
    summary: "bring the database to this version's schema (every command does it on its own)",
    load: async () => (await import('./migrate.ts')).migrateCommand,
  },
  {
    name: 'doctor',
    summary: 'check the settings, the database, Slack, the clock and the model key, and say what to do',
    load: async () => (await import('./doctor.ts')).doctorCommand,
  },
];
