import { ROLES } from '../core/records.ts';
import type { AskRequest } from '../pipeline/ask/ask-deps.ts';

/** Who may run a command on the database may read all of it: an admin who reads alone. */
export function cliRequest(question: string, asOf: number, threadId: string | null): AskRequest {
  return { question, asOf, asker: { user: null, roles: ROLES }, audience: 'asker', channel: null, threadId };
}
