/**
 * Import directions (see README, "Where things are"). Each rule's comment names the right place.
 * tests/architecture.test.ts plants one violation per rule and requires it to fail.
 */
const adapters = [
  'slack',
  'postgres',
  'anthropic',
  'http',
  'sandbox',
  'charts',
  'github',
  'documents',
  'tools',
  'embeddings',
];

const sdkHomes = [
  { sdk: '@slack/(bolt|web-api|socket-mode)', home: 'slack' },
  { sdk: '(pg|pg-copy-streams|@electric-sql/.*)', home: 'postgres' },
  { sdk: '@anthropic-ai/.*', home: 'anthropic' },
  { sdk: '@octokit/.*', home: 'github' },
  { sdk: '@faker-js/faker', home: 'demo' },
  { sdk: 'ws', home: 'sandbox' },
  { sdk: '(echarts|zrender|@resvg/.*)', home: 'charts' },
  { sdk: '(unpdf|mdast-util-.*)', home: 'documents' },
  { sdk: 'node-cron', home: 'scheduler.ts' },
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'core-is-pure',
      severity: 'error',
      comment:
        'core imports core and a short list of pure packages. I/O belongs in an adapter; clocks, ids and hashes are arguments.',
      from: { path: '^src/core/' },
      to: {
        pathNot: [
          '^src/core/',
          '(^|/)node_modules/(zod|simple-statistics|temporal-polyfill|temporal-spec|fastest-levenshtein)(/|$)',
        ],
      },
    },
    {
      name: 'block-kit-stands-alone',
      severity: 'error',
      comment:
        "block-kit holds Slack's limits and types, shared by slack and sandbox: it imports only @slack/types and zod.",
      from: { path: '^src/block-kit/' },
      to: { pathNot: ['^src/block-kit/', '(^|/)node_modules/(@slack/types|zod)(/|$)'] },
    },
    {
      name: 'pipeline-through-ports',
      severity: 'error',
      comment:
        'pipeline orchestrates through ports.ts: it imports core, pipeline and errors. Let app.ts inject the adapter.',
      from: { path: '^src/pipeline/' },
      to: { pathNot: ['^src/(core|pipeline)/', '^src/errors\\.ts$', '(^|/)node_modules/zod(/|$)'] },
    },
    {
      name: 'sources-and-actions-take-io-as-argument',
      severity: 'error',
      comment: 'a source or an action type imports core and errors; what it reads or calls is handed to it.',
      from: { path: '^src/(sources|actions)/' },
      to: { path: '^src/', pathNot: ['^src/(core|sources|actions)/', '^src/errors\\.ts$'] },
    },
    ...adapters.map((adapter) => ({
      name: `${adapter}-is-an-adapter`,
      severity: 'error',
      comment:
        'an adapter imports core, pipeline, block-kit and errors, never another adapter, the command line or the composition root.',
      from: { path: `^src/${adapter}/` },
      to: { path: '^src/', pathNot: [`^src/(core|pipeline|block-kit|${adapter})/`, '^src/errors\\.ts$'] },
    })),
    {
      name: 'views-are-pure',
      severity: 'error',
      comment:
        'slack/views turn records into blocks: no SDK, no node modules, no pipeline. Work belongs in a listener.',
      from: { path: '^src/slack/views/' },
      to: {
        pathNot: [
          '^src/slack/(views/|(assessment-|incident-|home-|subscription-|proposal-)?ids\\.ts|mrkdwn\\.ts|markdown\\.ts|answer-value\\.ts)',
          '^src/(core|block-kit)/',
          '(^|/)node_modules/@slack/types(/|$)',
        ],
      },
    },
    {
      name: 'migrations-import-kysely-only',
      severity: 'error',
      comment: 'a migration is frozen in time: it imports Kysely and nothing of ours.',
      from: { path: '^migrations/\\d' },
      to: { pathNot: ['(^|/)node_modules/kysely(/|$)'] },
    },
    {
      name: 'demo-stays-outside',
      severity: 'error',
      comment: 'fake data is for the demo and tests: only the command line may import it.',
      from: { path: '^src/', pathNot: ['^src/(demo|cli)/', '^src/demo'] },
      to: { path: '^src/demo/' },
    },
    ...sdkHomes.map(({ sdk, home }) => ({
      name: `sdk-of-${home.replace('.ts', '')}`,
      severity: 'error',
      comment: `this package is imported in src/${home} only; elsewhere use what that folder exports.`,
      from: { path: '^src/', pathNot: `^src/${home.replace('.', '\\.')}` },
      to: { path: `(^|/)node_modules/(@types/)?${sdk}(/|$)` },
    })),
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'two files that import each other are one file, or hide a third.',
      from: { path: '^(src|migrations)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-tests-in-product',
      severity: 'error',
      comment: 'the product never imports its tests or benchmarks.',
      from: { path: '^(src|migrations)/' },
      to: { path: '^(tests|bench)/' },
    },
    {
      name: 'declared-dependencies',
      severity: 'error',
      comment: 'what the product imports is in package.json under dependencies.',
      from: { path: '^(src|migrations)/', pathNot: ['^src/sandbox/page/', '-from-source\\.mjs$'] },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'npm-dev'] },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    extraExtensionsToScan: [],
  },
};
