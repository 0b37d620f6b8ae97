// Opens an embedded folder as it is told, writes numbers into it and says which were committed. Plain JavaScript
// on the compiled program: loaders that translate TypeScript, in it and in the database's thread, would take most
// of the time.

/** @typedef {import('./embedded-process.ts').Order} Order */
/** @typedef {import('./embedded-process.ts').Report} Report */

const [{ openDatabase }, { createLog }] = await Promise.all([
  import(`${process.argv[2]}/src/postgres/database.js`),
  import(`${process.argv[2]}/src/log.js`),
]);
const log = createLog('silent');
/** @type {import('../../src/postgres/database.ts').DatabaseHandle | undefined} */
let handle;

process.on('message', (/** @type {Order} */ order) => {
  obey(order).then(
    (report) => process.send?.(report),
    (error) => process.send?.({ failed: String(error) }),
  );
});

/** @param {Order} order @returns {Promise<Report>} */
async function obey(order) {
  const committed = [];
  const errors = [];
  if (order.do === 'open') {
    handle = await openDatabase({ kind: 'folder', folder: order.folder }, { log });
    await handle?.pool.query('CREATE TABLE IF NOT EXISTS kept (n integer PRIMARY KEY, writer integer NOT NULL)');
  } else if (order.do === 'write') {
    for (let n = order.from; n < order.from + order.count; n += 1) {
      try {
        await handle?.pool.query('INSERT INTO kept VALUES ($1, $2)', [n, process.pid]);
        committed.push(n);
      } catch (error) {
        errors.push(error instanceof Error ? error.message : String(error));
      }
    }
  } else {
    await handle?.close();
  }
  return { committed, errors, address: JSON.stringify(handle?.join) };
}
