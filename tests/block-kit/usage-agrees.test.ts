import { describe, expect, it } from 'vitest';
import type { Surface } from '../../src/block-kit/limits.ts';
import { measureUse } from '../../src/block-kit/usage.ts';
import { isRecord, validateBlocks } from '../../src/block-kit/validate.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value), value });
const button = {
  type: 'button',
  action_id: 'go',
  text: plain('Go'),
  value: '1',
  url: 'https://x.test/',
  confirm: { text: plain('Sure?') },
};
const select = { type: 'static_select', action_id: 'pick', placeholder: plain('Pick'), options: [option('a')] };
const groups = { label: plain('Group'), options: [option('a')] };
const rich = { type: 'rich_text', elements: [] };
const cell = { type: 'raw_text', text: 'a' };
const card = { type: 'card', title: plain('T'), subtitle: plain('S'), body: plain('B'), actions: [button] };
const mrkdwnCard = { ...card, title: mrkdwn('T'), subtitle: mrkdwn('S'), body: mrkdwn('B') };
function mrkdwn(text: string) {
  return { type: 'mrkdwn', text };
}

/** One good block a kind, holding every part that is measured. */
const samples: [name: string, block: Record<string, unknown>, surface: Surface][] = [
  ['actions', { type: 'actions', elements: [button] }, 'message'],
  ['a menu', { type: 'actions', elements: [select] }, 'message'],
  [
    'a menu in groups',
    { type: 'actions', elements: [{ ...select, options: undefined, option_groups: [groups] }] },
    'message',
  ],
  ['an overflow menu', { type: 'actions', elements: [{ type: 'overflow', options: [option('a')] }] }, 'message'],
  ['radio buttons', { type: 'actions', elements: [{ type: 'radio_buttons', options: [option('a')] }] }, 'message'],
  [
    'checkboxes',
    { type: 'section', text: mrkdwn('t'), accessory: { type: 'checkboxes', options: [option('a')] } },
    'modal',
  ],
  ['an alert', { type: 'alert', text: plain('Careful') }, 'modal'],
  ['a card', mrkdwnCard, 'message'],
  ['a carousel', { type: 'carousel', elements: [mrkdwnCard] }, 'message'],
  ['a container', { type: 'container', title: plain('T'), child_blocks: [{ type: 'divider' }] }, 'message'],
  ['a context', { type: 'context', elements: [plain('a')] }, 'message'],
  [
    'context actions',
    { type: 'context_actions', elements: [{ type: 'icon_button', action_id: 'i', icon: 'trash', text: plain('x') }] },
    'message',
  ],
  ['a data table', { type: 'data_table', caption: 'Cap', rows: [[cell]] }, 'message'],
  [
    'a line chart',
    {
      type: 'data_visualization',
      title: 'Chart',
      chart: {
        type: 'line',
        series: [{ name: 's', data: [{ label: 'a', value: 1 }] }],
        axis_config: { categories: ['a'] },
      },
    },
    'message',
  ],
  [
    'a pie chart',
    { type: 'data_visualization', title: 'Chart', chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] } },
    'message',
  ],
  ['a header', { type: 'header', text: plain('Head') }, 'message'],
  ['an image', { type: 'image', image_url: 'https://x.test/a.png', alt_text: 'alt', title: plain('T') }, 'message'],
  ['an input', { type: 'input', label: plain('Label'), element: select }, 'modal'],
  ['Markdown', { type: 'markdown', text: 'text' }, 'message'],
  ['a plan', { type: 'plan', title: 'Plan', tasks: [{ task_id: '1', title: 'T', status: 'complete' }] }, 'message'],
  ['a section', { type: 'section', text: mrkdwn('text'), fields: [plain('f')], accessory: button }, 'message'],
  ['a table', { type: 'table', rows: [[cell]] }, 'message'],
  ['rich text', rich, 'message'],
];

/** A copy of a value with what stands at a pointer made so long. */
function stretch(value: unknown, steps: readonly string[], length: number): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) {
    if (Array.isArray(value)) return Array.from({ length }, () => value[0]);
    return String(value).padEnd(length, 'x');
  }
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === step ? stretch(item, rest, length) : item));
  return isRecord(value) ? { ...value, [step]: stretch(value[step], rest, length) } : value;
}

describe('every limit the inspector measures', () => {
  it.each(samples)('is the one Slack refuses, in %s', (_name, sample, surface) => {
    const blocks = [JSON.parse(JSON.stringify(sample))];
    expect(validateBlocks(blocks, surface)).toEqual([]);
    for (const { name, pointer, limit } of measureUse({ blocks }, surface)) {
      if (pointer === '/blocks') continue;
      const refused = (length: number) => {
        const stretched = stretch({ blocks }, pointer.slice(1).split('/'), length);
        const faults = validateBlocks(isRecord(stretched) ? stretched.blocks : undefined, surface);
        return faults.some((fault) => fault.pointer === pointer && /than|allowed/.test(fault.message));
      };
      expect([name, pointer, refused(limit), refused(limit + 1)]).toEqual([name, pointer, false, true]);
    }
  });
});
