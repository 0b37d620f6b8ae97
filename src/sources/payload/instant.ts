/**
 * A moment as tools write it, in what the contract takes: epoch seconds, micro- and nanoseconds become milliseconds,
 * told apart by their size; access-log dates become ISO-8601. Everything else stays for the contract to judge.
 */
export function instantFrom(sent: unknown): unknown {
  if (typeof sent === 'number') return millisecondsOf(sent);
  if (typeof sent !== 'string') return sent ?? undefined;
  const text = sent.trim();
  if (/^\d{9,19}(?:\.\d{1,9})?$/.test(text)) return millisecondsOf(Number(text));
  return accessLogDate(text) ?? text;
}

/** Seconds until the year 5138 are under 1e11, milliseconds from 1973 on over it, and so on. */
function millisecondsOf(epoch: number): number {
  const size = Math.abs(epoch);
  if (size < 1e11) return Math.floor(epoch * 1000);
  if (size < 1e14) return epoch;
  return Math.floor(size < 1e17 ? epoch / 1e3 : epoch / 1e6);
}

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** `10/Oct/2026:13:55:36 -0700` */
function accessLogDate(text: string): string | undefined {
  const part = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ?([+-]\d{4})$/.exec(text);
  const at = part === null ? -1 : MONTHS.indexOf(part[2] ?? '?');
  if (part === null || at < 0 || at % 3 !== 0) return undefined;
  return `${part[3]}-${String(at / 3 + 1).padStart(2, '0')}-${part[1]}T${part[4]}${part[5]}`;
}
