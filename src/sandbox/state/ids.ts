/** Deterministic ids and message times: the same steps give the same ids in every run. */
export interface Ids {
  /** `prefix` and a number, ten characters like Slack's. */
  next(prefix: string): string;
  /** A message time `seconds.micros`, later than every one before it. */
  timestamp(): string;
}

export function createIds(clock: () => number): Ids {
  const counts = new Map<string, number>();
  let latest = 0;
  return {
    next(prefix) {
      const count = (counts.get(prefix) ?? 0) + 1;
      counts.set(prefix, count);
      return `${prefix}${count
        .toString(36)
        .toUpperCase()
        .padStart(10 - prefix.length, '0')}`;
    },
    timestamp() {
      latest = Math.max(Math.round(clock() * 1000), latest + 1);
      const seconds = Math.floor(latest / 1_000_000);
      return `${seconds}.${String(latest - seconds * 1_000_000).padStart(6, '0')}`;
    },
  };
}

/** A readable id for something named, e.g. `U0MAYA0000`. */
export function namedId(prefix: string, name: string, taken: { has(id: string): boolean }): string {
  const letters = name.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const stem = `${prefix}0${letters}`.slice(0, 9);
  for (let turn = 0; ; turn += 1) {
    const id = turn === 0 ? stem.padEnd(9, '0') : `${stem.slice(0, 7)}${String(turn).padStart(2, '0')}`;
    if (!taken.has(id)) return id;
  }
}
