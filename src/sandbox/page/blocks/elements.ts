/** Buttons and menus that act at once. */
import { type IconName, icon } from '../controls/icons.ts';
import { menuButton } from '../controls/menu.ts';
import { h, type Json, record, records, text, wordsOf } from '../dom.ts';
import { withEmoji } from '../text/emoji.ts';
import { confirmed } from './confirm.ts';
import { input } from './inputs.ts';
import { keyOf, type Surface } from './surface.ts';

const ICONS: Readonly<Record<string, IconName>> = { trash: 'trash', pencil: 'edit', refresh: 'refresh' };

/** An interactive element as a control. */
export function element(block: Json, one: Json, surface: Surface): HTMLElement {
  switch (one.type) {
    case 'button':
    case 'workflow_button':
      return button(block, one, surface);
    case 'icon_button':
      return iconButton(block, one, surface);
    case 'feedback_buttons':
      return feedback(block, one, surface);
    case 'overflow':
      return overflow(block, one, surface);
    default:
      return input(block, one, surface, (value) => {
        void confirmed(one, surface.names).then((isSure) => (isSure ? surface.use(block, one, value) : undefined));
      });
  }
}

/** Runs a press once at a time, showing that it is under way. */
function onPress(control: HTMLButtonElement, block: Json, one: Json, surface: Surface): void {
  control.addEventListener('click', () => {
    if (control.getAttribute('aria-busy') === 'true') return;
    void confirmed(one, surface.names).then(async (isSure) => {
      if (!isSure) return;
      control.setAttribute('aria-busy', 'true');
      openLink(one);
      await surface.use(block, one);
      control.removeAttribute('aria-busy');
    });
  });
}

function openLink(one: Json): void {
  // Slack's own link into the Home tab of an app.
  if (/^slack:\/\/app\?.*\btab=home\b/.test(text(one.url))) location.hash = '/home';
  if (/^https?:/i.test(text(one.url))) window.open(text(one.url), '_blank', 'noopener,noreferrer');
}

function button(block: Json, one: Json, surface: Surface): HTMLElement {
  const style = one.style === 'primary' || one.style === 'danger' ? ` ${one.style}` : '';
  const control = h(
    'button',
    {
      class: `button${style}`,
      type: 'button',
      'aria-label': text(one.accessibility_label) || undefined,
      'data-key': keyOf(block, one),
    },
    withEmoji(wordsOf(one.text)),
  );
  onPress(control, block, one, surface);
  return control;
}

function iconButton(block: Json, one: Json, surface: Surface): HTMLElement {
  const label = text(one.accessibility_label) || wordsOf(one.text);
  const control = h(
    'button',
    { class: 'icon-button', type: 'button', 'aria-label': label, title: label, 'data-key': keyOf(block, one) },
    icon(ICONS[text(one.icon)] ?? 'more'),
  );
  const onlyFor = Array.isArray(one.visible_to_user_ids) ? one.visible_to_user_ids : [];
  control.hidden = onlyFor.length > 0 && !onlyFor.includes(surface.names.viewerId);
  onPress(control, block, one, surface);
  return control;
}

function feedback(block: Json, one: Json, surface: Surface): HTMLElement {
  const controls: HTMLElement[] = [];
  const half = (key: 'positive' | 'negative'): HTMLElement => {
    const shown = record(one[`${key}_button`]);
    const label = text(shown.accessibility_label) || wordsOf(shown.text);
    const control = h(
      'button',
      {
        class: `icon-button ${key}`,
        type: 'button',
        'aria-label': label,
        'aria-pressed': String(surface.held(block, one) === key),
        title: label,
        'data-key': `${keyOf(block, one)} ${key}`,
      },
      icon('thumb'),
    );
    control.addEventListener('click', () => {
      surface.hold(block, one, key);
      for (const other of controls) other.setAttribute('aria-pressed', String(other === control));
      void surface.use(block, one, key);
    });
    controls.push(control);
    return control;
  };
  return h('span', { class: 'feedback' }, half('positive'), half('negative'));
}

function overflow(block: Json, one: Json, surface: Surface): HTMLElement {
  const toggle = h(
    'button',
    { class: 'button overflow', type: 'button', 'aria-label': 'More actions', 'data-key': keyOf(block, one) },
    icon('more'),
  );
  const items = () =>
    records(one.options).map((option) => {
      const about = wordsOf(option.description);
      return {
        content: [
          h('span', { class: 'option-words' }, withEmoji(wordsOf(option.text)), about !== '' && h('small', {}, about)),
        ],
        onChoose: () => {
          void confirmed(one, surface.names).then((isSure) => {
            if (!isSure) return;
            openLink(option);
            void surface.use(block, one, text(option.value));
          });
        },
      };
    });
  return menuButton(toggle, 'More actions', items, { align: 'end' });
}
