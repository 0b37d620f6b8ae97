import { APP, type Workspace } from '../state/workspace.ts';

/** Slack's escaping of the three characters its entities use. */
export const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Up to the punctuation that ends a sentence, or an escaped bracket. */
const LINK = /(?<=^|[\s(]|&lt;)https?:\/\/(?:&amp;|[^\s|<&])*(?:&amp;|[^\s|<&.,;:!?)'"])/g;

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Names by what they stand for, the longest first: "@Maya Okafor" is no "@Maya" and a word. */
function entitiesOf(workspace: Workspace): Map<string, string> {
  const people = [...workspace.people.values()].flatMap((one) =>
    [one.name, one.realName].map((name): [string, string] => [`@${name}`, `<@${one.id}>`]),
  );
  const channels = [...workspace.channels.values()]
    .filter((channel) => channel.kind !== 'im')
    .map((channel): [string, string] => [`#${channel.name}`, `<#${channel.id}|${channel.name}>`]);
  const ranges = ['here', 'channel', 'everyone'].map((range): [string, string] => [`@${range}`, `<!${range}>`]);
  const all: [string, string][] = [[`@${APP.name}`, `<@${APP.userId}>`], ...people, ...channels, ...ranges];
  return new Map(
    all
      .map(([name, shown]): [string, string] => [escapeText(name).toLowerCase(), shown])
      .sort((a, b) => b[0].length - a[0].length),
  );
}

/** What a person typed as Slack sends it: escaped, with @names, #channels and links as entities; code stays as it is. */
export function composeText(typed: string, workspace: Workspace): string {
  const entities = entitiesOf(workspace);
  const names = [...entities.keys()].map(literal).join('|');
  const mention = new RegExp(`(?<=^|[\\s(])(?:${names})(?![\\w-])`, 'gi');
  return escapeText(typed)
    .split(/(```[\s\S]*?```|`[^`\n]+`)/)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part.replace(mention, (name) => entities.get(name.toLowerCase()) ?? name).replace(LINK, '<$&>'),
    )
    .join('');
}
