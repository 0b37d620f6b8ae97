/** Light, dark, or whichever the system is; remembered. */
import { type IconName, icon } from '../controls/icons.ts';
import { h } from '../dom.ts';

const KEY = 'seepass-sandbox-theme';
const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const ICONS: Readonly<Record<Theme, IconName>> = { system: 'system', light: 'sun', dark: 'moon' };
const WORDS: Readonly<Record<Theme, string>> = { system: 'like the system', light: 'light', dark: 'dark' };

const stored = (): Theme => THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system';

export function applyTheme(theme: Theme = stored()): void {
  document.documentElement.dataset.theme = theme;
}

/** Steps through the themes. */
export function themeButton(): HTMLButtonElement {
  const button = h('button', { class: 'icon-button theme', type: 'button' });
  const draw = (theme: Theme) => {
    const words = `Colours: ${WORDS[theme]}`;
    button.replaceChildren(icon(ICONS[theme]));
    button.setAttribute('aria-label', words);
    button.title = words;
  };
  button.addEventListener('click', () => {
    const next = THEMES[(THEMES.indexOf(stored()) + 1) % THEMES.length] ?? 'system';
    localStorage.setItem(KEY, next);
    applyTheme(next);
    draw(next);
  });
  draw(stored());
  return button;
}
