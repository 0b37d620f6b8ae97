/** Lists that float above everything, clipped by nothing: the browser's top layer, placed beside what opened them. */
const MARGIN_PX = 8;
const GAP_PX = 4;

export interface FloatingOptions {
  /** At least as wide as what opened it. */
  matchWidth?: boolean;
  /** Which edge of what opened it the list keeps to. */
  align?: 'start' | 'end';
  prefer?: 'below' | 'above';
}

/** Shows `list` beside `anchor` until it is hidden; follows scrolling, resizing and what the list holds. `list` needs `popover="manual"`. */
export function float(anchor: HTMLElement, list: HTMLElement, options: FloatingOptions = {}): () => void {
  const place = () => {
    const around = anchor.getBoundingClientRect();
    if (options.matchWidth) list.style.minWidth = `${around.width}px`;
    const below = innerHeight - around.bottom - GAP_PX - MARGIN_PX;
    const above = around.top - GAP_PX - MARGIN_PX;
    list.style.maxHeight = '';
    const wanted = list.scrollHeight + 2;
    const isBelow = options.prefer === 'above' ? above < wanted && below > above : below >= wanted || below >= above;
    const height = Math.min(wanted, isBelow ? below : above);
    list.style.maxHeight = `${height}px`;
    list.style.top = `${isBelow ? around.bottom + GAP_PX : around.top - GAP_PX - height}px`;
    const width = list.offsetWidth;
    const left = options.align === 'end' ? around.right - width : around.left;
    list.style.left = `${Math.max(MARGIN_PX, Math.min(left, innerWidth - width - MARGIN_PX))}px`;
  };
  list.showPopover();
  place();
  const contents = new MutationObserver(place);
  contents.observe(list, { childList: true, subtree: true });
  addEventListener('resize', place);
  addEventListener('scroll', place, true);
  return () => {
    contents.disconnect();
    removeEventListener('resize', place);
    removeEventListener('scroll', place, true);
    if (list.isConnected && list.matches(':popover-open')) list.hidePopover();
  };
}
