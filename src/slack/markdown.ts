/** Text on its way into Slack's `markdown` blocks and streams: standard Markdown, which has escapes of its own. */
import { escapeEntities, oneLine } from './mrkdwn.ts';

/**
 * Escapes text from outside for one line of Markdown: entities, so that nothing mentions anybody, and every mark with a
 * backslash. Addresses are disarmed: a streamed message cannot be told not to unfold them.
 */
export function escapeMarkdown(text: string): string {
  return escapeEntities(oneLine(text))
    .replace(/[\\`*_~[\]()|#]/g, '\\$&')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replaceAll('://', ':\u200b//');
}
