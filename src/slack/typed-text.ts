import { unescapeEntities } from './mrkdwn.ts';

/**
 * What a person typed, without Slack's markup: mentions go, channels and links keep their labels, and code, bold,
 * italics and strikes lose their marks. A star in `/checkout*` stays.
 */
export function typedText(text: string): string {
  const plain = text
    .replace(/<#[A-Z0-9]+(?:\|([^>]*))?>/g, (_, name: string | undefined) => (name ? ` #${name} ` : ' '))
    .replace(/<[@!][^>|]*(?:\|[^>]*)?>/g, ' ')
    .replace(/<(?:mailto:|tel:)?([^<>|]+)\|([^>]*)>/g, '$2')
    .replace(/<((?:https?|mailto|tel):[^<>]*)>/g, '$1')
    .replace(/```/g, ' ')
    .replace(/`/g, '')
    .replace(/(^|[\s(])([*_~])(\S|\S[^\n]*?\S)\2(?=$|[\s).,;:!?])/g, '$1$3');
  return unescapeEntities(plain).replace(/\s+/g, ' ').trim();
}

/** The people a message names, by id. */
export const mentionsIn = (text: string): string[] =>
  [...text.matchAll(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g)].flatMap(([, id]) => id ?? []);
