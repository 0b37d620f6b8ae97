import type { Role } from '../core/records.ts';

/** Who declares something, and where. */
export interface Declarer {
  actor: string;
  role: Role;
  channel: string | null;
}
