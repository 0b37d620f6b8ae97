/** A picture for whoever has none: initials on a colour of their own. */
import { escapeText } from './interactions/compose.ts';
import { APP, type Workspace } from './state/workspace.ts';

/** @returns an SVG, or undefined for somebody nobody knows */
export function drawAvatar(id: string, workspace: Workspace): string | undefined {
  const own: Readonly<Record<string, string>> = { [APP.userId]: APP.name, [APP.teamId]: APP.teamName };
  const name = own[id] ?? workspace.people.get(id)?.realName;
  if (name === undefined) return undefined;
  const initials = name
    .split(' ')
    .map((word) => word.slice(0, 1))
    .join('')
    .slice(0, 2);
  const hue = [...id].reduce((sum, letter) => sum + letter.charCodeAt(0) * 37, 0) % 360;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><rect width="72" height="72" fill="hsl(${hue} 45% 38%)"/>` +
    `<text x="36" y="46" font-family="sans-serif" font-size="28" fill="#fff" text-anchor="middle">${escapeText(initials)}</text></svg>`
  );
}
