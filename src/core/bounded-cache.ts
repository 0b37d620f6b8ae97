/**
 * Remembers the results of a pure function of text, at most `2 * generation` of them. Two generations of
 * a Map: what was used lately survives, the rest is dropped whole (cheaper than an exact LRU).
 */
export function memoise<T extends string | object | null>(
  compute: (text: string) => T,
  generation = 20_000,
  longestKey = 300,
): (text: string) => T {
  let young = new Map<string, T>();
  let old = new Map<string, T>();
  return (text) => {
    if (text.length > longestKey) return compute(text);
    const known = young.get(text);
    if (known !== undefined) return known;
    const earlier = old.get(text);
    const value = earlier === undefined ? compute(text) : earlier;
    if (young.size >= generation) {
      old = young;
      young = new Map();
    }
    young.set(text, value);
    return value;
  };
}
