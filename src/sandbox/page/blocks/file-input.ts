import type { ElementValue, PageFile } from '../../page-protocol.ts';
import { icon } from '../controls/icons.ts';
import { h, type Json, text } from '../dom.ts';
import { keyOf, type Surface } from './surface.ts';

const DEFAULT_MOST = 10;

/** Names of files that were put in, for when the input is drawn again. */
const names = new Map<string, string>();

/** Where files are put in: chosen, dropped, and taken out again. */
export function fileInput(
  block: Json,
  element: Json,
  surface: Surface,
  change: (value: ElementValue) => void,
): HTMLElement {
  const most = Number(element.max_files ?? DEFAULT_MOST);
  const types = Array.isArray(element.filetypes) ? element.filetypes.map((type) => `.${text(type)}`) : [];
  const held = surface.held(block, element);
  let files: PageFile[] = (typeof held === 'object' && held !== null ? held : []).map((id) => ({
    id,
    name: names.get(id) ?? id,
  }));
  const list = h('ul', { class: 'chosen-files' });
  const picker = h('input', {
    type: 'file',
    class: 'visually-hidden',
    'aria-label': 'Choose files',
    multiple: most > 1,
    accept: types.length > 0 ? types.join(',') : undefined,
  });

  const draw = () => {
    list.replaceChildren(
      ...files.map((file) =>
        h(
          'li',
          {},
          icon('file'),
          h('span', {}, file.name),
          h(
            'button',
            { class: 'icon-button', type: 'button', 'aria-label': `Remove ${file.name}`, onclick: () => remove(file) },
            icon('close'),
          ),
        ),
      ),
    );
  };
  const settle = () => {
    draw();
    change(files.map((file) => file.id));
  };
  const remove = (file: PageFile) => {
    files = files.filter((other) => other !== file);
    settle();
    picker.focus();
  };
  const add = async (chosen: Iterable<File>) => {
    zone.setAttribute('aria-busy', 'true');
    for (const file of [...chosen].slice(0, most - files.length)) {
      const uploaded = await surface.upload(file);
      if (uploaded === undefined) continue;
      names.set(uploaded.id, uploaded.name);
      files.push(uploaded);
    }
    zone.removeAttribute('aria-busy');
    picker.value = '';
    settle();
  };

  picker.addEventListener('change', () => void add(picker.files ?? []));
  const zone = h(
    'label',
    { class: 'drop-zone' },
    picker,
    h('span', { class: 'button' }, 'Choose files'),
    h('span', {}, types.length > 0 ? `or drop them here: ${types.join(', ')}` : 'or drop them here'),
  );
  zone.addEventListener('dragover', (event) => event.preventDefault());
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    void add(event.dataTransfer?.files ?? []);
  });
  draw();
  return h('div', { class: 'file-input', 'data-key': keyOf(block, element) }, zone, list);
}
