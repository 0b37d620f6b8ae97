/** E-mail addresses as keys that people are known by in several tools; never stored, see `Event.email`. */

const ADDRESS = /^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]{1,255}$/;

/** The address without case and outer blanks; undefined for what is none, whatever it is. */
export function readEmail(sent: unknown): string | undefined {
  if (typeof sent !== 'string' || sent.length > 400) return undefined;
  const address = sent.trim().toLowerCase();
  return ADDRESS.test(address) ? address : undefined;
}
