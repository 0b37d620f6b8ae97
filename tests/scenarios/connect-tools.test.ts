/** The lines of the README's "Connect your tools", run as they stand, but for the port: what they send is told the next morning. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { demoSecrets } from '../../src/cli/demo.ts';
import { readSourceStates } from '../../src/pipeline/source-states.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import { textOf } from '../slack/world.ts';
import { describeOnOneTarget } from './targets.ts';
import { CHANNEL, openScenario, sandboxSettings, startApp } from './workspace.ts';

const run = promisify(execFile);
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const block = /## Connect your tools\n[\s\S]*?```sh\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
const LINES = block.split('\n').filter((line) => line.includes('curl'));
const DAY = 86_400_000;
/** Most of it are processes of curl and openssl. */
const TIMEOUT_MS = 180_000;
const SECRETS = Object.fromEntries(
  Object.entries(demoSecrets()).map(([name, [secret]]) => [`SEEPASS_WEBHOOK_SECRET_${name}`, secret?.reveal() ?? '']),
);

describeOnOneTarget('the lines of the README', (kind) => {
  it(
    'are one a source, and what they bring stands in the next digest and in answers',
    async () => {
      let later = 0;
      const clock = () => Date.now() + later;
      const sandbox = await startSandbox({ clock });
      onTestFinished(() => sandbox.stop());
      const target = await kind.make();
      onTestFinished(() => target.drop());
      const opened = await openScenario(target.database, clock);
      onTestFinished(() => opened.close());
      const settings = sandboxSettings(sandbox, { ...SECRETS, SEEPASS_INGEST_TOKEN: 'seepass-demo-token' });
      const app = await startApp(settings, opened, clock);
      onTestFinished(() => app.stop());

      expect(LINES).toHaveLength(6);
      const answers: unknown[] = [];
      for (const line of LINES) {
        const { stdout } = await run('bash', ['-c', line.replaceAll('http://127.0.0.1:4701', app.httpUrl)]);
        answers.push(JSON.parse(stdout));
      }
      expect(answers.slice(0, 5)).toEqual(Array(5).fill({ status: 'stored' }));
      expect(answers[5]).toMatchObject({ stored: 1, rejected: 0 });
      const stored = async () => {
        const { rows } = await opened.handle.pool.query(
          'SELECT source, type, surface FROM events ORDER BY source, type',
        );
        return rows.map(({ source, type, surface }) => `${source} ${type} ${surface}`);
      };
      await expect
        .poll(stored, { timeout: 30_000 })
        .toEqual([
          'api_log request /api/payments/:id',
          'app tool_call /assistant',
          'helpscout ticket /checkout',
          'intercom ticket /checkout',
          'posthog pageview /checkout',
          'sentry error /api/orders/:id',
        ]);
      const states = await readSourceStates(opened.stores, clock(), 'UTC');
      expect(states.map(({ source, silent }) => `${source} ${silent}`)).toEqual(
        ['api_log', 'app', 'helpscout', 'intercom', 'posthog', 'sentry'].map((source) => `${source} false`),
      );

      later = DAY;
      await app.runDigest(clock());
      const digest = await sandbox.until(() => sandbox.messages(CHANNEL)[0]);
      const told = textOf(digest.blocks);
      expect(told).toContain('all 6 sources fresh');
      expect(told).toContain('HTTP_503 POST /api/payments/:id on /api/payments/:id: 1 error');
      expect(told).toContain('PaymentError: card declined on /api/orders/:id: 1 error');

      await sandbox.as('maya').slash(CHANNEL, '/seepass ask how many tickets were there yesterday on /checkout?');
      const answer = await sandbox.until(() => sandbox.messages(CHANNEL, { as: 'maya' })[1]);
      expect(answer.text).toContain('2 tickets on /checkout yesterday');
    },
    TIMEOUT_MS,
  );
});
