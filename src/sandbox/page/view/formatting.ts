/** The buttons above the composer: they write Slack's own marks around what is selected. */
import { type IconName, icon } from '../controls/icons.ts';
import { moveByArrows } from '../controls/roving.ts';
import { h } from '../dom.ts';

interface Format {
  label: string;
  icon: IconName;
  key?: string;
  apply(selected: string): string;
}

const around =
  (mark: string) =>
  (selected: string): string =>
    `${mark}${selected}${mark}`;
const eachLine =
  (mark: (index: number) => string) =>
  (selected: string): string =>
    selected
      .split('\n')
      .map((line, index) => `${mark(index)}${line}`)
      .join('\n');

const FORMATS: readonly Format[] = [
  { label: 'Bold', icon: 'bold', key: 'b', apply: around('*') },
  { label: 'Italic', icon: 'italic', key: 'i', apply: around('_') },
  { label: 'Strikethrough', icon: 'strike', apply: around('~') },
  { label: 'Bulleted list', icon: 'bullets', apply: eachLine(() => '• ') },
  { label: 'Numbered list', icon: 'numbers', apply: eachLine((index) => `${index + 1}. `) },
  { label: 'Quote', icon: 'quote', apply: eachLine(() => '> ') },
  { label: 'Code', icon: 'code', key: 'e', apply: around('`') },
  { label: 'Code block', icon: 'codeblock', apply: (selected) => `\`\`\`\n${selected}\n\`\`\`` },
];

function format(box: HTMLTextAreaElement, { apply }: Format): void {
  const { selectionStart: from, selectionEnd: to } = box;
  const selected = box.value.slice(from, to);
  const written = apply(selected);
  const inside = selected === '' ? Math.ceil(written.length / 2) : written.length;
  box.setRangeText(written, from, to, 'end');
  box.setSelectionRange(from + inside, from + inside);
  box.focus();
  box.dispatchEvent(new Event('input'));
}

export function formattingBar(box: HTMLTextAreaElement): HTMLElement {
  const bar = h(
    'div',
    { class: 'formatting', role: 'toolbar', 'aria-label': 'Formatting' },
    ...FORMATS.map((one, index) => {
      const shortcut = one.key === undefined ? '' : ` (Ctrl+${one.key.toUpperCase()})`;
      return h(
        'button',
        {
          class: 'icon-button',
          type: 'button',
          'aria-label': one.label,
          title: `${one.label}${shortcut}`,
          tabindex: index === 0 ? 0 : -1,
          onmousedown: (event) => event.preventDefault(),
          onclick: () => format(box, one),
        },
        icon(one.icon),
      );
    }),
  );
  moveByArrows(bar, '.icon-button', { before: 'ArrowLeft', after: 'ArrowRight' });
  box.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const wanted = FORMATS.find(({ key }) => key === event.key.toLowerCase());
    if (wanted === undefined) return;
    event.preventDefault();
    format(box, wanted);
  });
  return bar;
}
