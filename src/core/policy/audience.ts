/**
 * Who reads an answer besides the person who asked, narrowest first: the asker alone (command line, ephemeral, direct
 * message), a private channel's members, everybody in the workspace.
 */
export const AUDIENCES = ['asker', 'private_channel', 'public_channel'] as const;
export type Audience = (typeof AUDIENCES)[number];
