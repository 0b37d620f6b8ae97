/** Words of a command; several in quotes are one. */
export function splitWords(text: string): string[] {
  const words = text.matchAll(/"([^"]+)"|“([^”]+)”|`([^`]+)`|(\S+)/g);
  return [...words].map((match) => (match.slice(1).find((part) => part !== undefined) ?? '').trim()).filter(Boolean);
}
