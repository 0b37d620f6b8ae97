import pg from 'pg';

const INT8 = 20;
const DATE = 1082;
const INT8_ARRAY = 1016;
const DATE_ARRAY = 1182;

/** @throws RangeError when the value cannot be held exactly: a wrong number is worse than none. */
function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`The database returned an integer beyond 2^53: ${text}`);
  return value;
}

/** One-dimensional arrays of items that are never quoted, as `{1,NULL,3}`. */
function parseArray<T>(text: string, parseItem: (item: string) => T): (T | null)[] {
  const inner = text.slice(1, -1);
  return inner === '' ? [] : inner.split(',').map((item) => (item === 'NULL' ? null : parseItem(item)));
}

const parsers = new Map<number, (text: string) => unknown>([
  [INT8, parseInt8],
  [DATE, (text) => text],
  [INT8_ARRAY, (text) => parseArray(text, parseInt8)],
  [DATE_ARRAY, (text) => parseArray(text, (item) => item)],
]);

/** Given to each pool, never set globally: bigint as a number, date as `YYYY-MM-DD`, timestamptz as a Date. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    (format === 'binary' ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format),
};
