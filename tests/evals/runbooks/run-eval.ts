/** `npm run eval:runbooks [part] [database]`: prints the shares and what went wrong. */
import { openDatabase, parseDatabaseTarget } from '../../../src/postgres/database.ts';
import { migrateToLatest } from '../../../src/postgres/migrate.ts';
import { makeEmbedded } from '../../support/database-pool.ts';
import { silentLog } from '../../support/silent-log.ts';
import { PARTS, readCases } from './cases.ts';
import { loadRunbooks } from './load.ts';
import { measure } from './measure.ts';

const [wanted = 'tune', database] = process.argv.slice(2);
const part = PARTS.find((one) => one === wanted);
if (part === undefined) throw new Error(`Name the part: ${PARTS.join(', ')}.`);
const { handle, drop } =
  database === undefined
    ? await makeEmbedded()
    : await openDatabase(parseDatabaseTarget(database), { log: silentLog }).then((opened) => ({
        handle: opened,
        drop: () => opened.close(),
      }));
await migrateToLatest(handle);
const { search, titles } = await loadRunbooks(handle);
const { wrong, covered, inTopThree, first, cited, uncovered, falselyCited } = await measure(
  search,
  await readCases(part),
  titles,
);
const share = (count: number, of: number): string => `${count} of ${of} (${((100 * count) / of).toFixed(1)}%)`;
process.stdout.write(
  [
    ...wrong.map((one) => `${one.id} ${one.question}\n   wanted ${one.wanted}\n   found  ${one.found}`),
    `${part}: the section among the three shown ${share(inTopThree, covered)}, first ${share(first, covered)}, cited ${share(cited, covered)}`,
    `${part}: cited on uncovered questions ${share(falselyCited, uncovered)}`,
    '',
  ].join('\n'),
);
await drop();
