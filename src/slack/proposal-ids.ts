/** What the buttons of a proposal carry: which one, and the version that was looked at. */

export interface PressedProposal {
  id: string;
  version: number;
}

export const encodeProposal = ({ id, version }: PressedProposal): string => `${id}/${version}`;

/** Undefined where the value is not one of ours. */
export function decodeProposal(value: string): PressedProposal | undefined {
  const [, id, version] = /^([0-9a-f-]{36})\/(\d{1,6})$/i.exec(value) ?? [];
  return id === undefined ? undefined : { id, version: Number(version) };
}
