/** The JSON behind a message or view, and how much of each of Slack's limits it uses. */
import type { LimitUse, PageInspection } from '../../page-protocol.ts';
import { icon } from '../controls/icons.ts';
import { h } from '../dom.ts';

const NEARLY_FULL = 0.8;
const number = new Intl.NumberFormat('en');

export function drawInspection(inspection: PageInspection, onCopied: (words: string) => void): HTMLElement[] {
  const { payload, uses, faults } = inspection;
  const json = JSON.stringify(payload, null, 2);
  const copy = h(
    'button',
    {
      class: 'button small',
      type: 'button',
      onclick: () => {
        navigator.clipboard.writeText(json).then(
          () => onCopied('Copied.'),
          () => onCopied('The browser did not allow copying.'),
        );
      },
    },
    icon('copy'),
    'Copy',
  );
  const whole = uses.filter(({ pointer }) => pointer === '' || pointer === '/blocks' || pointer === '/text');
  const parts = uses.filter((use) => !whole.includes(use));
  return [
    verdict(faults),
    h('h2', {}, 'Limits'),
    h('ul', { class: 'limits' }, ...whole.map(limit)),
    ...(parts.length === 0
      ? []
      : [
          h(
            'details',
            { class: 'parts', open: parts.some(isNearlyFull) },
            h('summary', {}, `Each part (${parts.length})`),
            h('ul', { class: 'limits' }, ...parts.map(limit)),
          ),
        ]),
    h('div', { class: 'json-head' }, h('h2', {}, 'JSON'), copy),
    h('pre', { class: 'json', tabindex: 0, 'aria-label': 'JSON' }, ...coloured(json)),
  ];
}

function verdict(faults: PageInspection['faults']): HTMLElement {
  if (faults.length === 0) return h('p', { class: 'verdict good' }, icon('check'), 'Slack takes this as it is.');
  return h(
    'div',
    { class: 'verdict bad' },
    icon('warning'),
    h(
      'div',
      {},
      'Slack would refuse this:',
      h('ul', {}, ...faults.map(({ pointer, message }) => h('li', {}, h('code', {}, pointer || '/'), ` ${message}`))),
    ),
  );
}

const isNearlyFull = ({ used, limit }: LimitUse): boolean => used > limit * NEARLY_FULL;

function limit(use: LimitUse): HTMLElement {
  const share = Math.min(100, (use.used / use.limit) * 100);
  const bar = h('span', { class: 'limit-bar', 'aria-hidden': 'true' }, h('span', {}));
  bar.style.setProperty('--share', `${share}%`);
  return h(
    'li',
    { class: isNearlyFull(use) ? 'limit tight' : 'limit', title: use.pointer || 'the whole' },
    h('span', { class: 'limit-name' }, use.name, use.pointer !== '' && h('code', {}, use.pointer)),
    h('span', { class: 'limit-count' }, `${number.format(use.used)} of ${number.format(use.limit)}`),
    bar,
  );
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?/g;

/** Keys, texts and values apart, as spans. */
function coloured(json: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let at = 0;
  for (const found of json.matchAll(TOKEN)) {
    nodes.push(json.slice(at, found.index));
    const [whole, quoted, colon] = found;
    if (quoted === undefined) nodes.push(h('span', { class: 'json-value' }, whole));
    else nodes.push(h('span', { class: colon === undefined ? 'json-text' : 'json-key' }, quoted), colon ?? '');
    at = found.index + whole.length;
  }
  nodes.push(json.slice(at));
  return nodes;
}
