import { icon } from '../controls/icons.ts';
import { h } from '../dom.ts';

const MOST = 10;

export interface Attachments {
  /** Chooses files. */
  button: HTMLElement;
  /** What will be sent, each with a way to take it out again. */
  shown: HTMLElement;
  list(): readonly File[];
  add(files: Iterable<File>): void;
  clear(): void;
}

/** Files about to be shared. */
export function attachments(onChange: () => void): Attachments {
  let files: File[] = [];
  const shown = h('ul', { class: 'chosen-files', hidden: true });
  const picker = h('input', { type: 'file', multiple: true, hidden: true, 'aria-label': 'Files to share' });
  const draw = () => {
    shown.hidden = files.length === 0;
    shown.replaceChildren(
      ...files.map((file) =>
        h(
          'li',
          {},
          icon('file'),
          h('span', {}, file.name),
          h(
            'button',
            {
              class: 'icon-button',
              type: 'button',
              'aria-label': `Remove ${file.name}`,
              onclick: () => {
                files = files.filter((other) => other !== file);
                draw();
              },
            },
            icon('close'),
          ),
        ),
      ),
    );
    onChange();
  };
  const add = (more: Iterable<File>) => {
    files = [...files, ...more].slice(0, MOST);
    draw();
  };
  picker.addEventListener('change', () => {
    add(picker.files ?? []);
    picker.value = '';
  });
  const button = h(
    'button',
    {
      class: 'icon-button attach',
      type: 'button',
      'aria-label': 'Attach files',
      title: 'Attach files',
      onclick: () => picker.click(),
    },
    icon('plus'),
    picker,
  );
  return {
    button,
    shown,
    list: () => files,
    add,
    clear() {
      files = [];
      draw();
    },
  };
}
