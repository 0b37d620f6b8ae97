import type { Names } from './names.ts';

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** A message's text as somebody would type it, to be changed: names instead of ids, links bare. */
export const typedOf = (text: string, names: Names): string =>
  unescaped(
    text.replace(/<([^<>]+)>/g, (whole, body: string) => {
      const [target = '', label] = body.split('|');
      if (target.startsWith('@')) return `@${names.person(target.slice(1))}`;
      if (target.startsWith('#')) return `#${label ?? names.channel(target.slice(1))}`;
      return target.startsWith('!') ? whole : target;
    }),
  );
