/**
 * Matches surface names and error signatures against a pattern in which `*` stands for any characters,
 * none included. Case does not matter; without a `*` the whole name must be equal.
 */
export function createSurfaceMatcher(pattern: string): (name: string) => boolean {
  const pieces = pattern.toLowerCase().split('*');
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  return (name) => {
    const text = name.toLowerCase();
    if (last === undefined) return text === first;
    if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let from = first.length;
    // Leftmost matches are enough: taking a later one never helps a piece that follows.
    for (const piece of rest) {
      const at = text.indexOf(piece, from);
      if (at === -1 || at + piece.length > end) return false;
      from = at + piece.length;
    }
    return true;
  };
}
