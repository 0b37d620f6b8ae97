import * as spine from './20261121000000_spine.ts';

/** Append-only, applied in the order of their names. */
export const migrations = {
  '20261121000000_spine': spine,
};
