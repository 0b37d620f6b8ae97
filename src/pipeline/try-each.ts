/**
 * Does it for one after the other; what fails keeps none of the others from being done.
 * @throws the first failure, once all were tried.
 */
export async function tryEach<T>(things: Iterable<T>, work: (thing: T) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = [];
  for (const thing of things) {
    try {
      await work(thing);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
