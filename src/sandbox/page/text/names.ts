import type { PageWorkspace } from '../../page-protocol.ts';

/** Names of people and channels, for mentions. */
export interface Names {
  person(id: string): string;
  channel(id: string): string;
  /** Whoever is looking, and their IANA zone. */
  viewerId: string;
  timezone: string;
}

export const namesOf = (workspace: PageWorkspace): Names => ({
  person: (id) =>
    id === workspace.app.userId
      ? workspace.app.name
      : (workspace.people.find((person) => person.id === id)?.realName ?? 'Somebody'),
  channel: (id) => workspace.channels.find((channel) => channel.id === id)?.name ?? 'private channel',
  viewerId: workspace.viewer.id,
  timezone: workspace.viewer.timezone,
});
