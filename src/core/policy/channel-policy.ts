/** Which channels Seepass may post to by itself. */

export interface PolicedChannel {
  id: string;
  /** Without the leading #; null where it has none. */
  name: string | null;
  /** Shared with another company, or about to be. */
  isShared: boolean;
  /** A person's own messages with Seepass. */
  isDirect: boolean;
}

export type Forbidden = 'shared' | 'not_listed';

/**
 * Why a channel may not be posted to; null where it may.
 * @param listed ids or names; empty for every channel but those shared with another company, which have to be listed.
 */
export function channelForbidden(
  { id, name, isShared, isDirect }: PolicedChannel,
  listed: readonly string[],
): Forbidden | null {
  if (isDirect) return null;
  const names = listed.map((one) => one.replace(/^#/, '').toLowerCase());
  if (names.includes(id.toLowerCase()) || (name !== null && names.includes(name.toLowerCase()))) return null;
  if (isShared) return 'shared';
  return names.length > 0 ? 'not_listed' : null;
}
