const STRING = /\s*"((?:[^"\\]|\\.)*)"\s*,?/y;

/**
 * The strings of a list in a JSON text that is still being written, as far as each is finished.
 * @param key the list's name, the first in its object; anything else before it gives nothing.
 */
export function finishedStrings(json: string, key: string): string[] {
  const [opening] = new RegExp(`^\\s*\\{\\s*"${key}"\\s*:\\s*\\[`).exec(json) ?? [];
  if (opening === undefined) return [];
  const found: string[] = [];
  STRING.lastIndex = opening.length;
  for (let match = STRING.exec(json); match !== null; match = STRING.exec(json)) {
    const text = parsed(`"${match[1]}"`);
    if (text === undefined) break;
    found.push(text);
  }
  return found;
}

function parsed(literal: string): string | undefined {
  try {
    return String(JSON.parse(literal));
  } catch {
    return undefined;
  }
}
