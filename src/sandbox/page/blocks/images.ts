import { h, type Json, record, text, wordsOf } from '../dom.ts';

/** A file's private link is for the app and its token; people see the same file at its permalink. */
const shown = (url: string): string =>
  url.startsWith(`${location.origin}/files-pri/`) ? url.replace('/files-pri/', '/files/') : url;

const sourceOf = (image: Json): string => {
  const file = record(image.slack_file);
  return shown(text(image.image_url) || text(file.url)) || `/files/${text(file.id)}/image`;
};

/** An image that cannot be loaded shows its words instead of a torn page. */
export function picture(source: string, alt: string, className: string): HTMLElement {
  const image = h('img', { class: className, src: source, alt, loading: 'lazy' });
  image.addEventListener('error', () => {
    image.replaceWith(
      h('span', { class: `${className} missing-image`, role: 'img', 'aria-label': alt, title: alt }, alt),
    );
  });
  return image;
}

export const thumbnail = (one: Json, className = 'thumb'): HTMLElement =>
  picture(sourceOf(one), text(one.alt_text), className);

export function image(block: Json): HTMLElement {
  const title = wordsOf(block.title);
  return h(
    'figure',
    { class: 'image' },
    title !== '' && h('figcaption', {}, title),
    picture(sourceOf(block), text(block.alt_text), 'full'),
  );
}

/** The video block as a link with its picture: the page embeds no other site. */
export function video(block: Json): HTMLElement {
  const title = wordsOf(block.title);
  return h(
    'figure',
    { class: 'image' },
    h('figcaption', {}, h('a', { href: text(block.video_url), target: '_blank', rel: 'noreferrer noopener' }, title)),
    picture(text(block.thumbnail_url), text(block.alt_text), 'full'),
  );
}
