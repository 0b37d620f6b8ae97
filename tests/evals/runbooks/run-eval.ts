/**
 * `npm run eval:runbooks [part|all] [database]`: prints the shares, and what went wrong in one part. With
 * SEEPASS_EMBEDDINGS_URL and SEEPASS_EMBEDDINGS_MODEL sections are found by meaning, too.
 */
import { loadConfig } from '../../../src/config.ts';
import { createEmbedder } from '../../../src/embedding-use.ts';
import { openDatabase, parseDatabaseTarget } from '../../../src/postgres/database.ts';
import { migrateToLatest } from '../../../src/postgres/migrate.ts';
import { makeEmbedded } from '../../support/database-pool.ts';
import { silentLog } from '../../support/silent-log.ts';
import { PARTS, readCases } from './cases.ts';
import { loadRunbooks } from './load.ts';
import { type Measured, measure } from './measure.ts';

const [wanted = 'tune', database] = process.argv.slice(2);
const parts = PARTS.filter((one) => wanted === 'all' || one === wanted);
if (parts.length === 0) throw new Error(`Name the part: all, ${PARTS.join(', ')}.`);
const { handle, drop } =
  database === undefined
    ? await makeEmbedded()
    : await openDatabase(parseDatabaseTarget(database), { log: silentLog }).then((opened) => ({
        handle: opened,
        drop: () => opened.close(),
      }));
await migrateToLatest(handle);
const { search, titles } = await loadRunbooks(handle, createEmbedder(loadConfig()));

const share = (count: number, of: number): string => `${count} of ${of} (${((100 * count) / of).toFixed(1)}%)`;
const print = (line: string) => process.stdout.write(`${line}\n`);
type Counts = Omit<Measured, 'wrong' | 'found'>;
function printShares(name: string, { covered, inTopThree, first, cited, uncovered, falselyCited }: Counts): void {
  print(
    `${name}: the section among the three shown ${share(inTopThree, covered)}, first ${share(first, covered)}, quoted ${share(cited, covered)}; ` +
      `quoted on uncovered questions ${share(falselyCited, uncovered)}`,
  );
}

const all: Counts = { covered: 0, inTopThree: 0, first: 0, cited: 0, uncovered: 0, falselyCited: 0 };
for (const part of parts) {
  const measured = await measure(search, await readCases(part), titles);
  // What went wrong is looked at part by part, so that nobody reads a hold-out's by the way.
  if (wanted !== 'all')
    for (const one of measured.wrong)
      print(`${one.id} ${one.question}\n   wanted ${one.wanted}\n   found  ${one.found}`);
  printShares(part, measured);
  for (const key of Object.keys(all) as (keyof Counts)[]) all[key] += measured[key];
}
if (parts.length > 1) printShares('all', all);
await drop();
