/** Arrow keys, Home and End move the focus among the controls of a list. */
export function moveByArrows(
  root: HTMLElement,
  selector: string,
  keys: { before: string; after: string } = { before: 'ArrowUp', after: 'ArrowDown' },
): void {
  root.addEventListener('keydown', (event) => {
    const all = [...root.querySelectorAll<HTMLElement>(selector)];
    const at = all.findIndex((one) => one.matches(':focus'));
    if (at < 0) return;
    const next = {
      [keys.before]: all[(at - 1 + all.length) % all.length],
      [keys.after]: all[(at + 1) % all.length],
      Home: all[0],
      End: all.at(-1),
    }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  });
}
