import { describe, expect, it } from 'vitest';
import { BLOCK_SCHEMAS } from '../../src/block-kit/block-schema.ts';
import { BLOCK_SURFACES, LIMITS, type Surface } from '../../src/block-kit/limits.ts';
import { checkMessage } from '../../src/block-kit/message.ts';
import { validateBlocks } from '../../src/block-kit/validate.ts';
import { validateView } from '../../src/block-kit/view.ts';

const text = (length: number) => 'x'.repeat(length);
const plain = (length: number) => ({ type: 'plain_text', text: text(length) });
const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: text(length) });
const many = <Item>(count: number, item: (index: number) => Item) => Array.from({ length: count }, (_, i) => item(i));
const button = (over: object = {}) => ({ type: 'button', text: plain(3), action_id: 'go', ...over });
const option = (index: number, over: object = {}) => ({ text: plain(3), value: `v${index}`, ...over });
const select = (over: object) => ({ type: 'actions', elements: [{ type: 'static_select', action_id: 's', ...over }] });
const cell = (length: number) => ({ type: 'raw_text', text: text(length) });
const image = (over: object = {}) => ({ type: 'image', image_url: 'https://a.example/i.png', alt_text: 'a', ...over });
const chart = (over: object = {}, chartOver: object = {}) => ({
  type: 'data_visualization',
  title: 'Errors',
  chart: {
    type: 'line',
    series: [{ name: 'errors', data: [{ label: 'Mon', value: 1 }] }],
    axis_config: { categories: ['Mon'] },
    ...chartOver,
  },
  ...over,
});
const longChart = (points: number) =>
  chart(
    {},
    {
      series: [{ name: 'errors', data: many(points, (i) => ({ label: `d${i}`, value: i })) }],
      axis_config: { categories: many(points, (i) => `d${i}`) },
    },
  );
const wideChart = (count: number) =>
  chart({}, { series: many(count, (i) => ({ name: `s${i}`, data: [{ label: 'Mon', value: i }] })) });

/** name, surface, a block exactly at the limit, the block just over it, where the fault points */
const limits: [string, Surface, object, object, string][] = [
  ['header text', 'message', { type: 'header', text: plain(150) }, { type: 'header', text: plain(151) }, '/text/text'],
  [
    'section text',
    'message',
    { type: 'section', text: mrkdwn(3000) },
    { type: 'section', text: mrkdwn(3001) },
    '/text/text',
  ],
  [
    'section fields',
    'message',
    { type: 'section', fields: many(10, () => mrkdwn(1)) },
    { type: 'section', fields: many(11, () => mrkdwn(1)) },
    '/fields',
  ],
  [
    'a section field',
    'message',
    { type: 'section', fields: [mrkdwn(2000)] },
    { type: 'section', fields: [mrkdwn(2001)] },
    '/fields/0/text',
  ],
  ['markdown', 'message', { type: 'markdown', text: text(12_000) }, { type: 'markdown', text: text(12_001) }, '/text'],
  [
    'actions elements',
    'message',
    { type: 'actions', elements: many(25, (i) => button({ action_id: `a${i}` })) },
    { type: 'actions', elements: many(26, (i) => button({ action_id: `a${i}` })) },
    '/elements',
  ],
  [
    'button text',
    'message',
    { type: 'actions', elements: [button({ text: plain(75) })] },
    { type: 'actions', elements: [button({ text: plain(76) })] },
    '/elements/0/text/text',
  ],
  [
    'button value',
    'message',
    { type: 'actions', elements: [button({ value: text(2000) })] },
    { type: 'actions', elements: [button({ value: text(2001) })] },
    '/elements/0/value',
  ],
  [
    'action_id',
    'message',
    { type: 'actions', elements: [button({ action_id: text(255) })] },
    { type: 'actions', elements: [button({ action_id: text(256) })] },
    '/elements/0/action_id',
  ],
  [
    'block_id',
    'message',
    { type: 'divider', block_id: text(255) },
    { type: 'divider', block_id: text(256) },
    '/block_id',
  ],
  [
    'context elements',
    'message',
    { type: 'context', elements: many(10, () => mrkdwn(1)) },
    { type: 'context', elements: many(11, () => mrkdwn(1)) },
    '/elements',
  ],
  [
    'context_actions elements',
    'message',
    {
      type: 'context_actions',
      elements: many(5, (i) => ({ type: 'icon_button', icon: 'trash', text: plain(1), action_id: `i${i}` })),
    },
    {
      type: 'context_actions',
      elements: many(6, (i) => ({ type: 'icon_button', icon: 'trash', text: plain(1), action_id: `i${i}` })),
    },
    '/elements',
  ],
  [
    'table rows',
    'message',
    { type: 'table', rows: many(100, () => [cell(1)]) },
    { type: 'table', rows: many(101, () => [cell(1)]) },
    '/rows',
  ],
  [
    'table columns',
    'message',
    { type: 'table', rows: [many(20, () => cell(1))] },
    { type: 'table', rows: [many(21, () => cell(1))] },
    '/rows/0',
  ],
  [
    'data_table page size',
    'message',
    { type: 'data_table', caption: 'c', rows: [[cell(1)]], page_size: 100 },
    { type: 'data_table', caption: 'c', rows: [[cell(1)]], page_size: 101 },
    '/page_size',
  ],
  [
    'data_table caption',
    'message',
    { type: 'data_table', caption: 'c', rows: [[cell(1)]] },
    { type: 'data_table', rows: [[cell(1)]] },
    '/caption',
  ],
  ['chart title', 'message', chart({ title: text(50) }), chart({ title: text(51) }), '/title'],
  [
    'chart series name',
    'message',
    chart({}, { series: [{ name: text(20), data: [{ label: 'Mon', value: 1 }] }] }),
    chart({}, { series: [{ name: text(21), data: [{ label: 'Mon', value: 1 }] }] }),
    '/chart/series/0/name',
  ],
  ['chart points', 'message', longChart(20), longChart(21), '/chart/series/0/data'],
  ['chart series', 'message', wideChart(6), wideChart(7), '/chart/series'],
  ['chart categories', 'message', chart(), chart({}, { axis_config: { categories: ['Tue'] } }), '/chart/series/0/data'],
  ['card title', 'message', { type: 'card', title: mrkdwn(150) }, { type: 'card', title: mrkdwn(151) }, '/title/text'],
  ['card body', 'message', { type: 'card', body: mrkdwn(200) }, { type: 'card', body: mrkdwn(201) }, '/body/text'],
  [
    'carousel cards',
    'message',
    { type: 'carousel', elements: many(10, () => ({ type: 'card' })) },
    { type: 'carousel', elements: many(11, () => ({ type: 'card' })) },
    '/elements',
  ],
  [
    'container children',
    'message',
    { type: 'container', title: plain(1), child_blocks: many(10, () => ({ type: 'divider' })) },
    { type: 'container', title: plain(1), child_blocks: many(11, () => ({ type: 'divider' })) },
    '/child_blocks',
  ],
  ['image alt text', 'message', image({ alt_text: text(2000) }), image({ alt_text: text(2001) }), '/alt_text'],
  [
    'an image without alt text',
    'message',
    image(),
    { type: 'image', image_url: 'https://a.example/i.png' },
    '/alt_text',
  ],
  [
    'input label',
    'modal',
    { type: 'input', label: plain(2000), element: { type: 'plain_text_input' } },
    { type: 'input', label: plain(2001), element: { type: 'plain_text_input' } },
    '/label/text',
  ],
  [
    'select options',
    'message',
    select({ options: many(100, (i) => option(i)) }),
    select({ options: many(101, (i) => option(i)) }),
    '/elements/0/options',
  ],
  [
    'option text',
    'message',
    select({ options: [option(1, { text: plain(75) })] }),
    select({ options: [option(1, { text: plain(76) })] }),
    '/elements/0/options/0/text/text',
  ],
  [
    'option value',
    'message',
    select({ options: [option(1, { value: text(150) })] }),
    select({ options: [option(1, { value: text(151) })] }),
    '/elements/0/options/0/value',
  ],
  [
    'overflow options',
    'message',
    { type: 'actions', elements: [{ type: 'overflow', options: many(5, (i) => option(i)) }] },
    { type: 'actions', elements: [{ type: 'overflow', options: many(6, (i) => option(i)) }] },
    '/elements/0/options',
  ],
];

describe('a block at its limit is taken, and one step over it is refused at the exact place', () => {
  it.each(limits)('%s', (_name, surface, atLimit, over, pointer) => {
    expect(validateBlocks([atLimit], surface)).toEqual([]);
    expect(validateBlocks([{ type: 'divider' }, over], surface).map((fault) => fault.pointer)).toContain(
      `/blocks/1${pointer}`,
    );
  });

  it.each(['message', 'modal', 'home'] as const)('blocks in a %s', (surface) => {
    const dividers = (count: number) => many(count, () => ({ type: 'divider' }));
    expect(validateBlocks(dividers(LIMITS.blocksPer[surface]), surface)).toEqual([]);
    expect(validateBlocks(dividers(LIMITS.blocksPer[surface] + 1), surface)).toEqual([
      { pointer: '/blocks', message: `no more than ${LIMITS.blocksPer[surface]} items allowed` },
    ]);
  });
});

describe('what Slack refuses in a blocks array', () => {
  const refused: [string, unknown, Surface, string, RegExp][] = [
    ['something that is no array', { type: 'divider' }, 'message', '/blocks', /must be an array/],
    ['a block that is no object', ['divider'], 'message', '/blocks/0', /must be an object/],
    ['an unknown block type', [{ type: 'marquee' }], 'message', '/blocks/0/type', /unsupported type: marquee/],
    [
      'a property Slack does not know',
      [{ type: 'divider', colour: 'red' }],
      'message',
      '/blocks/0',
      /additional property: colour/,
    ],
    ['a string where a text object belongs', [{ type: 'section', text: 'hi' }], 'message', '/blocks/0/text', /./],
    ['mrkdwn in a header', [{ type: 'header', text: mrkdwn(3) }], 'message', '/blocks/0/text/type', /./],
    ['an empty text', [{ type: 'section', text: mrkdwn(0) }], 'message', '/blocks/0/text/text', /more than 0/],
    ['a section with neither text nor fields', [{ type: 'section' }], 'message', '/blocks/0', /text, fields/],
    [
      'an element its block cannot hold',
      [{ type: 'context', elements: [button()] }],
      'message',
      '/blocks/0/elements/0/type',
      /unsupported/,
    ],
    [
      'a repeated block_id',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      'message',
      '/blocks/1/block_id',
      /already exists/,
    ],
    [
      'a repeated action_id in one block',
      [{ type: 'actions', elements: [button(), button()] }],
      'message',
      '/blocks/0/elements/1/action_id',
      /already exists/,
    ],
    ['a third chart', [chart(), chart(), chart()], 'message', '/blocks', /no more than 2/],
    ['a second table', many(2, () => ({ type: 'table', rows: [[cell(1)]] })), 'message', '/blocks', /only_one_table/],
    [
      'a table of over 10,000 characters',
      [{ type: 'table', rows: many(11, () => [cell(1000)]) }],
      'message',
      '/blocks',
      /10000 characters/,
    ],
    ['an alert in a message', [{ type: 'alert', text: plain(2) }], 'message', '/blocks/0/type', /not available/],
    ['a chart on the Home tab', [chart()], 'home', '/blocks/0/type', /not available/],
    [
      'a ragged data_table',
      [{ type: 'data_table', caption: 'c', rows: [[cell(1)], [cell(1), cell(1)]] }],
      'message',
      '/blocks/0/rows',
      /same number/,
    ],
  ];
  it.each(refused)('%s', (_name, blocks, surface, pointer, message) => {
    const faults = validateBlocks(blocks, surface);
    expect(faults.map((fault) => fault.pointer)).toContain(pointer);
    expect(faults.map((fault) => fault.message).join('\n')).toMatch(message);
  });

  it('knows a surface for every block type it has a schema for', () => {
    expect(Object.keys(BLOCK_SURFACES).sort()).toEqual(Object.keys(BLOCK_SCHEMAS).sort());
  });
});

describe('what Slack refuses in a message', () => {
  const section = (length: number) => ({ type: 'section', text: mrkdwn(length) });
  it.each([
    ['nothing to say', {}, 'no_text'],
    ['only blanks to say', { text: ' \n\t' }, 'no_text'],
    ['an empty text and no blocks', { text: '', blocks: [] }, 'no_text'],
    ['40,001 characters', { text: text(40_001) }, 'msg_too_long'],
    [
      '13,201 characters of blocks',
      { text: 'x', blocks: [...many(4, () => section(3000)), section(1201)] },
      'msg_blocks_too_long',
    ],
    ['a faulty block', { text: 'x', blocks: [{ type: 'section' }] }, 'invalid_blocks'],
    ['metadata without an event type', { text: 'x', metadata: { event_payload: {} } }, 'invalid_metadata_format'],
  ])('%s', (_name, draft, error) => {
    expect(checkMessage(draft)).toMatchObject({ error });
  });

  it.each([
    ['40,000 characters', { text: text(40_000) }],
    ['13,200 characters of blocks', { text: 'x', blocks: [...many(4, () => section(3000)), section(1200)] }],
    ['blocks without text', { blocks: [section(3)] }],
    ['metadata', { text: 'x', metadata: { event_type: 'digest', event_payload: { key: 'a' } } }],
  ])('but %s is taken', (_name, draft) => {
    expect(checkMessage(draft)).toBeNull();
  });
});

describe('what Slack refuses in a view', () => {
  const modal = (over: object = {}) => ({ type: 'modal', title: plain(24), blocks: [{ type: 'divider' }], ...over });
  it('takes a modal at its limits', () => {
    expect(validateView(modal({ private_metadata: text(3000), callback_id: text(255), close: plain(24) }))).toEqual([]);
    expect(validateView({ type: 'home', blocks: [] })).toEqual([]);
  });
  it.each([
    ['a title of 25 characters', modal({ title: plain(25) }), '/title/text'],
    ['a missing title', { type: 'modal', blocks: [] }, '/title'],
    ['private metadata of 3,001 characters', modal({ private_metadata: text(3001) }), '/private_metadata'],
    [
      'an input without a submit button',
      modal({ blocks: [{ type: 'input', label: plain(1), element: { type: 'plain_text_input' } }] }),
      '/submit',
    ],
    ['a faulty block', modal({ blocks: [{ type: 'header', text: plain(151) }] }), '/blocks/0/text/text'],
  ])('%s', (_name, view, pointer) => {
    expect(validateView(view).map((fault) => fault.pointer)).toContain(pointer);
  });
});
