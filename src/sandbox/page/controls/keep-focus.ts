/** Redraws a part of the page and puts the focus, and the caret, back on the control that had it. */
export function keepingFocus(root: HTMLElement, redraw: () => void): void {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !root.contains(active)) {
    redraw();
    return;
  }
  const key = active.closest<HTMLElement>('[data-key]')?.dataset.key;
  const isText =
    active instanceof HTMLTextAreaElement || (active instanceof HTMLInputElement && active.type === 'text');
  const caret = isText ? ([active.selectionStart, active.selectionEnd] as const) : undefined;
  redraw();
  if (active.isConnected || key === undefined) return;
  const holder = [...root.querySelectorAll<HTMLElement>('[data-key]')].find((one) => one.dataset.key === key);
  const target = holder?.matches('button, input, textarea')
    ? holder
    : holder?.querySelector<HTMLElement>('button, input, textarea');
  target?.focus({ preventScroll: true });
  if (caret !== undefined && (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) {
    target.setSelectionRange(...caret);
  }
}
