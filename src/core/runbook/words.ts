/**
 * Text as single lower-case words: what is stored for the search and what is looked for are cut alike, so that
 * `DB_POOL_TIMEOUT`, "db pool timeout" and `/db/pool` meet, and no database's own idea of a path or a host comes in.
 */
export function plainWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]s\b|['’]/g, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/** A word without its most common English endings: enough to tell "crashing" from "crash" in a word list. */
export function stemOf(word: string): string {
  const short = word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, '') : word.replace(/(?<=\w{3})s$/, '');
  const undoubled = short.length > 3 && short !== word ? short.replace(/([bdgmnprt])\1$/, '$1') : short;
  return undoubled.replace(/(?<=\w{3})[ey]$/, '');
}
