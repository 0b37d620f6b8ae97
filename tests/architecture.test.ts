import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '..');
const bin = (name: string) => join(root, 'node_modules', '.bin', name);

const reportSchema = z.object({
  summary: z.object({
    totalCruised: z.number(),
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string() })) }),
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
  modules: z.array(z.object({ source: z.string() })),
});

/** One forbidden import per rule: the file that is planted and what it imports. */
const forbiddenImports: Record<string, { file: string; imports: string }> = {
  'core-is-pure': { file: 'src/core/planted.ts', imports: 'node:fs' },
  'block-kit-stands-alone': { file: 'src/block-kit/planted.ts', imports: '../core/target.ts' },
  'pipeline-through-ports': { file: 'src/pipeline/planted.ts', imports: '../postgres/target.ts' },
  'sources-and-actions-take-io-as-argument': { file: 'src/actions/planted.ts', imports: '../http/target.ts' },
  'slack-is-an-adapter': { file: 'src/slack/planted.ts', imports: '../postgres/target.ts' },
  'postgres-is-an-adapter': { file: 'src/postgres/planted.ts', imports: '../slack/target.ts' },
  'anthropic-is-an-adapter': { file: 'src/anthropic/planted.ts', imports: '../slack/target.ts' },
  'http-is-an-adapter': { file: 'src/http/planted.ts', imports: '../slack/target.ts' },
  'sandbox-is-an-adapter': { file: 'src/sandbox/planted.ts', imports: '../slack/target.ts' },
  'charts-is-an-adapter': { file: 'src/charts/planted.ts', imports: '../slack/target.ts' },
  'github-is-an-adapter': { file: 'src/github/planted.ts', imports: '../slack/target.ts' },
  'tools-is-an-adapter': { file: 'src/tools/planted.ts', imports: '../slack/target.ts' },
  'documents-is-an-adapter': { file: 'src/documents/planted.ts', imports: '../slack/target.ts' },
  'embeddings-is-an-adapter': { file: 'src/embeddings/planted.ts', imports: '../slack/target.ts' },
  'views-are-pure': { file: 'src/slack/views/planted.ts', imports: '../../pipeline/target.ts' },
  'migrations-import-kysely-only': { file: 'migrations/20990101000000_planted.ts', imports: '../src/core/target.ts' },
  'demo-stays-outside': { file: 'src/pipeline/planted-demo.ts', imports: '../demo/target.ts' },
  'sdk-of-slack': { file: 'src/pipeline/planted-bolt.ts', imports: '@slack/bolt' },
  'sdk-of-postgres': { file: 'src/slack/planted-pg.ts', imports: 'pg' },
  'sdk-of-anthropic': { file: 'src/slack/planted-anthropic.ts', imports: '@anthropic-ai/sdk' },
  'sdk-of-github': { file: 'src/slack/planted-octokit.ts', imports: '@octokit/rest' },
  'sdk-of-demo': { file: 'src/slack/planted-faker.ts', imports: '@faker-js/faker' },
  'sdk-of-sandbox': { file: 'src/slack/planted-ws.ts', imports: 'ws' },
  'sdk-of-charts': { file: 'src/slack/planted-echarts.ts', imports: 'echarts/core' },
  'sdk-of-documents': { file: 'src/slack/planted-unpdf.ts', imports: 'unpdf' },
  'sdk-of-scheduler': { file: 'src/slack/planted-cron.ts', imports: 'node-cron' },
  'no-circles': { file: 'src/core/circle-planted.ts', imports: './circle-target.ts' },
  'no-tests-in-product': { file: 'src/slack/planted-test.ts', imports: '../../tests/target.ts' },
  'declared-dependencies': { file: 'src/slack/planted-dev.ts', imports: 'vitest' },
};

const impureCalls = [
  'Date.now()',
  'new Date()',
  'Math.random()',
  'performance.now()',
  'Temporal.Now.instant()',
  'process.argv',
  'fetch("https://example.com")',
];

const plantedFiles = Object.values(forbiddenImports).map(({ file }) => file);
const impureFile = (call: string) => `src/core/impure-${impureCalls.indexOf(call)}.ts`;
const environmentFile = 'src/pipeline/planted-environment.ts';

let garden: string;
let report: z.infer<typeof reportSchema>;
let linted: { status: number | null; output: string };

function plant(file: string, text: string): void {
  mkdirSync(dirname(join(garden, file)), { recursive: true });
  writeFileSync(join(garden, file), text);
}

/** The repository with violations planted in it, so that one look at all of it sees both. */
beforeAll(() => {
  garden = mkdtempSync(join(tmpdir(), 'seepass-architecture-'));
  for (const file of ['package.json', 'biome.json']) cpSync(join(root, file), join(garden, file));
  for (const folder of ['src', 'migrations', 'tooling'])
    cpSync(join(root, folder), join(garden, folder), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(garden, 'node_modules'), 'dir');
  for (const layer of ['core', 'pipeline', 'postgres', 'slack', 'http', 'demo'])
    plant(`src/${layer}/target.ts`, 'export const target = 1;\n');
  plant('tests/target.ts', 'export const target = 1;\n');
  plant(
    'src/core/circle-target.ts',
    "import { planted } from './circle-planted.ts';\nexport const target = () => planted;\n",
  );
  for (const { file, imports } of Object.values(forbiddenImports))
    plant(file, `import * as target from '${imports}';\nexport const planted = target;\n`);
  for (const call of impureCalls) plant(impureFile(call), `export const impure = ${call};\n`);
  plant(environmentFile, 'export const leak = process.env.HOME;\n');
  execFileSync('git', ['init', '-q', garden]);
  report = cruise();
  linted = lint();
});

afterAll(() => rmSync(garden, { recursive: true, force: true }));

function cruise(): z.infer<typeof reportSchema> {
  const result = spawnSync(
    bin('depcruise'),
    ['--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'src', 'migrations'],
    { cwd: garden, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  return reportSchema.parse(JSON.parse(result.stdout));
}

function lint(): typeof linted {
  const files = [...impureCalls.map(impureFile), environmentFile];
  const { status, stdout, stderr } = spawnSync(
    bin('biome'),
    ['lint', '--colors=off', '--max-diagnostics=none', ...files],
    {
      ...{ cwd: garden, encoding: 'utf8' },
    },
  );
  return { status, output: stdout + stderr };
}

describe('import directions', () => {
  it('hold in the repository, and the whole tree was seen', () => {
    const planted = new Set([...plantedFiles, 'src/core/circle-target.ts']);
    expect(report.summary.violations.filter(({ from }) => !planted.has(from))).toEqual([]);
    const seen = report.modules.map((module) => module.source);
    for (const folder of ['src/core/', 'src/pipeline/', 'src/postgres/', 'src/slack/', 'src/sandbox/', 'migrations/'])
      expect(seen.filter((source) => source.startsWith(folder)).length, folder).toBeGreaterThan(10);
  });

  it('have a planted violation for every rule', () => {
    expect(Object.keys(forbiddenImports).sort()).toEqual(
      report.summary.ruleSetUsed.forbidden.map((rule) => rule.name).sort(),
    );
  });

  it('fail for every planted import', () => {
    const { violations } = report.summary;
    for (const [rule, { file }] of Object.entries(forbiddenImports))
      expect(
        violations.some((violation) => violation.rule.name === rule && violation.from === file),
        `${rule} in ${file}`,
      ).toBe(true);
  });
});

describe('purity of core', () => {
  /** What is said of the file; each of what is said begins with its place. */
  const saidOf = (file: string): string =>
    linted.output
      .split(/^(?=\S+:\d+:\d+ )/m)
      .filter((said) => said.startsWith(`${file}:`))
      .join('');

  it.each(impureCalls)('refuses %s', (call) => {
    expect(saidOf(impureFile(call))).toMatch(/core is pure/);
    expect(linted.status).toBe(1);
  });

  it('lets no file but config.ts read the environment', () => {
    expect(saidOf(environmentFile)).toContain('noProcessEnv');
  });
});
