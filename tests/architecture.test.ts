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

function cruise(folder: string): z.infer<typeof reportSchema> {
  const result = spawnSync(
    bin('depcruise'),
    ['--config', join(root, '.dependency-cruiser.mjs'), '--output-type', 'json', 'src', 'migrations'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  return reportSchema.parse(JSON.parse(result.stdout));
}

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

let planted: string;
let plantedReport: z.infer<typeof reportSchema>;

function write(file: string, text: string): void {
  mkdirSync(dirname(join(planted, file)), { recursive: true });
  writeFileSync(join(planted, file), text);
}

beforeAll(() => {
  planted = mkdtempSync(join(tmpdir(), 'seepass-architecture-'));
  for (const file of ['package.json', 'biome.json']) cpSync(join(root, file), join(planted, file));
  cpSync(join(root, 'tooling'), join(planted, 'tooling'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(planted, 'node_modules'), 'dir');
  for (const layer of ['core', 'pipeline', 'postgres', 'slack', 'http', 'demo'])
    write(`src/${layer}/target.ts`, 'export const target = 1;\n');
  write('tests/target.ts', 'export const target = 1;\n');
  write(
    'src/core/circle-target.ts',
    "import { planted } from './circle-planted.ts';\nexport const target = () => planted;\n",
  );
  for (const { file, imports } of Object.values(forbiddenImports))
    write(file, `import * as target from '${imports}';\nexport const planted = target;\n`);
  impureCalls.forEach((call, n) => {
    write(`src/core/impure-${n}.ts`, `export const impure = ${call};\n`);
  });
  write('src/pipeline/environment.ts', 'export const leak = process.env.HOME;\n');
  execFileSync('git', ['init', '-q', planted]);
  plantedReport = cruise(planted);
});

afterAll(() => rmSync(planted, { recursive: true, force: true }));

describe('import directions', () => {
  it('hold in the repository, and the whole tree was seen', () => {
    const report = cruise(root);
    expect(report.summary.violations).toEqual([]);
    const seen = report.modules.map((module) => module.source);
    for (const folder of ['src/core/', 'src/pipeline/', 'src/postgres/', 'src/slack/', 'src/sandbox/', 'migrations/'])
      expect(seen.filter((source) => source.startsWith(folder)).length, folder).toBeGreaterThan(1);
    expect(report.summary.totalCruised).toBeGreaterThan(100);
  });

  it('have a planted violation for every rule', () => {
    expect(Object.keys(forbiddenImports).sort()).toEqual(
      plantedReport.summary.ruleSetUsed.forbidden.map((rule) => rule.name).sort(),
    );
  });

  it('fail for every planted import', () => {
    const { violations } = plantedReport.summary;
    for (const [rule, { file }] of Object.entries(forbiddenImports))
      expect(
        violations.some((violation) => violation.rule.name === rule && violation.from === file),
        `${rule} in ${file}`,
      ).toBe(true);
  });
});

describe('purity of core', () => {
  const lint = (file: string) =>
    spawnSync(bin('biome'), ['lint', '--colors=off', file], { cwd: planted, encoding: 'utf8' });

  it.each(impureCalls.map((call, n) => [call, n] as const))('refuses %s', (_call, n) => {
    const result = lint(`src/core/impure-${n}.ts`);
    expect(result.stdout + result.stderr).toMatch(/core is pure/);
    expect(result.status).toBe(1);
  });

  it('lets no file but config.ts read the environment', () => {
    expect(lint('src/pipeline/environment.ts').status).toBe(1);
  });
});
