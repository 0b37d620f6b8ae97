import { userInfo } from 'node:os';

/** Who runs this command, for the audit log. Whoever may run it on the database may do anything to it. */
export const cliActor = (): string => `cli:${userInfo().username}`;
