import { benchAcknowledge, describeAcknowledge } from './acknowledge.ts';
import { benchAggregate, describeAggregate } from './aggregate.ts';
import { benchAlert, describeAlert } from './alert.ts';
import { benchAsk, describeAsk } from './ask.ts';
import { benchAudit, describeAudit } from './audit.ts';
import { benchChart, describeChart } from './chart.ts';
import { benchDeliver, describeDeliver } from './deliver.ts';
import { benchDemo, describeDemo } from './demo.ts';
import { benchDetection, describeDetection } from './detection.ts';
import { benchDue, describeDue } from './due.ts';
import { benchHours, describeHours } from './hours.ts';
import { benchImport } from './import.ts';
import { benchJudge, describeJudge } from './judge.ts';
import { benchPostEvents, describePostEvents } from './post-events.ts';
import { benchRunbooks, describeRunbooks } from './runbooks.ts';
import { benchSandbox, describeSandbox } from './sandbox.ts';
import { benchSeries, describeSeries } from './series.ts';
import { benchSignatures, describeSignatures } from './signatures.ts';
import { benchThemes, describeThemes } from './themes.ts';
import { benchWebhooks, describeWebhooks } from './webhooks.ts';

/**
 * Every figure beside its floor of the same run. Name some to run only those: npm run bench -- judge ack
 * SEEPASS_BENCH_DELIVERIES=1000000 is how many webhooks PostgreSQL takes, with the app's memory after each 100,000.
 */
const server = process.env.SEEPASS_BENCH_DATABASE_URL ?? 'postgres://root@127.0.0.1:5432/postgres';
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const benches: Readonly<Record<string, () => Promise<void>>> = {
  demo: async () => say(describeDemo(await benchDemo())),
  chart: async () => say(describeChart(await benchChart())),
  judge: async () => {
    say(describeJudge(benchJudge()));
    say(describeJudge(benchJudge({ days: 180 })));
  },
  series: async () => say(describeSeries(benchSeries())),
  detection: async () => say(describeDetection(benchDetection())),
  hours: async () => {
    const measured = await benchHours(server).catch((error: unknown) => {
      say(`hours: on the embedded database: ${error instanceof Error ? error.message : String(error)}`);
      return benchHours('memory');
    });
    say(describeHours(measured));
  },
  signatures: async () => say(describeSignatures(benchSignatures())),
  ack: async () => {
    say(describeAcknowledge(await benchAcknowledge(server)));
    say(describeAcknowledge(await benchAcknowledge('memory')));
  },
  deliver: async () => say(describeDeliver(await benchDeliver(server))),
  due: async () => say(describeDue(await benchDue(server))),
  alert: async () => say(describeAlert(await benchAlert(server))),
  sandbox: async () => say(describeSandbox(await benchSandbox())),
  themes: async () => say(describeThemes(benchThemes())),
  import: async () => {
    await benchImport(undefined, server);
  },
  events: async () => say(describePostEvents(await benchPostEvents(server))),
  webhooks: async () => {
    const deliveries = Number(process.env.SEEPASS_BENCH_DELIVERIES ?? 20_000);
    say(describeWebhooks(await benchWebhooks(server, deliveries, 1_000), { least: 1_000, most: 200 }));
    say(describeWebhooks(await benchWebhooks('embedded', 5_000, 200), { least: 200, most: 200 }));
  },
  ask: async () => say(describeAsk(await benchAsk(server))),
  audit: async () => {
    say(describeAudit(await benchAudit(server)));
    say(describeAudit(await benchAudit('memory')));
  },
  runbooks: async () => {
    say(describeRunbooks(await benchRunbooks(server)));
    say(describeRunbooks(await benchRunbooks('memory')));
  },
  aggregate: async () => {
    say(describeAggregate(await benchAggregate(server, {})));
    say(describeAggregate(await benchAggregate('memory', { events: 300_000 })));
  },
};

const chosen = process.argv.slice(2);
for (const [name, run] of Object.entries(benches)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  try {
    await run();
  } catch (error) {
    say(`${name}: not measured here: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
