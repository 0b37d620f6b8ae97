/** Makes one piece of work of what is asked for in the same breath. */

interface Asked<Item, Result> {
  item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * A function of one item that waits for a turn of the event loop, and then does at once what was asked for meanwhile.
 * Where that fails each is done alone, so that none fails for another's sake.
 * @param doAll its results by item.
 */
export function gather<Item, Result>(
  doAll: (items: readonly Item[]) => Promise<ReadonlyMap<Item, Result>>,
): (item: Item) => Promise<Result> {
  let waiting: Asked<Item, Result>[] = [];

  const settle = async (asked: readonly Asked<Item, Result>[]): Promise<void> => {
    const results = await doAll(asked.map(({ item }) => item));
    for (const { item, resolve, reject } of asked) {
      const result = results.get(item);
      if (result === undefined) reject(new RangeError('what was asked for has no result'));
      else resolve(result);
    }
  };
  const flush = async (): Promise<void> => {
    const asked = waiting;
    waiting = [];
    try {
      await settle(asked);
    } catch (error) {
      if (asked.length === 1) asked[0]?.reject(error);
      else for (const one of asked) await settle([one]).catch(one.reject);
    }
  };

  return (item) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(() => void flush());
      waiting.push({ item, resolve, reject });
    });
}
