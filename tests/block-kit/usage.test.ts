import { describe, expect, it } from 'vitest';
import { measureUse } from '../../src/block-kit/usage.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const long = (length: number) => 'x'.repeat(length);

describe('the use of limits', () => {
  it('counts the whole, then each part with its pointer', () => {
    const blocks = [
      { type: 'header', text: plain('Today') },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: long(1_230) },
        fields: [plain('a'), plain('bc')],
        accessory: { type: 'button', action_id: 'go', text: plain('Go'), value: '17' },
      },
      { type: 'divider' },
    ];
    expect(measureUse({ text: 'fallback', blocks }, 'message')).toEqual([
      { name: 'blocks', pointer: '/blocks', used: 3, limit: 50 },
      { name: 'text of all blocks', pointer: '/blocks', used: 1_240, limit: 13_200 },
      { name: 'message text', pointer: '/text', used: 8, limit: 40_000 },
      { name: 'header text', pointer: '/blocks/0/text/text', used: 5, limit: 150 },
      { name: 'section text', pointer: '/blocks/1/text/text', used: 1_230, limit: 3_000 },
      { name: 'fields', pointer: '/blocks/1/fields', used: 2, limit: 10 },
      { name: 'field text', pointer: '/blocks/1/fields/0/text', used: 1, limit: 2_000 },
      { name: 'field text', pointer: '/blocks/1/fields/1/text', used: 2, limit: 2_000 },
      { name: 'button text', pointer: '/blocks/1/accessory/text/text', used: 2, limit: 75 },
      { name: 'button value', pointer: '/blocks/1/accessory/value', used: 2, limit: 2_000 },
    ]);
  });

  const parts: [name: string, block: object, use: object][] = [
    ['menu options', { type: 'actions', elements: [{ options: [1, 2] }] }, { name: 'options', used: 2, limit: 100 }],
    ['context elements', { type: 'context', elements: [plain('a')] }, { name: 'elements', used: 1, limit: 10 }],
    [
      'table rows',
      {
        type: 'table',
        rows: [
          [1, 2],
          [3, 4],
        ],
      },
      { name: 'rows', used: 2, limit: 100 },
    ],
    [
      'table columns',
      { type: 'data_table', rows: [[1, 2, 3]] },
      { name: 'columns', pointer: '/blocks/0/rows/0', used: 3, limit: 20 },
    ],
    [
      'table cells',
      { type: 'table', rows: [[{ type: 'raw_text', text: 'four' }]] },
      { name: 'text of all table cells', used: 4, limit: 10_000 },
    ],
    ['charts', { type: 'data_visualization', title: 't' }, { name: 'charts', used: 1, limit: 2 }],
    ['Markdown', { type: 'markdown', text: 'abc' }, { name: 'text of all markdown blocks', used: 3, limit: 12_000 }],
    [
      'blocks inside a container',
      { type: 'container', child_blocks: [{ type: 'header', text: plain('In') }] },
      { name: 'header text', pointer: '/blocks/0/child_blocks/0/text/text', used: 2 },
    ],
    [
      'cards of a carousel',
      { type: 'carousel', elements: [{ type: 'card', body: plain('abc') }] },
      { name: 'card body', pointer: '/blocks/0/elements/0/body/text', used: 3, limit: 200 },
    ],
  ];
  it.each(parts)('counts %s', (_name, block, use) => {
    expect(measureUse({ blocks: [block] }, 'message')).toContainEqual(expect.objectContaining(use));
  });

  it('holds a view to a hundred blocks, and to no limit of messages', () => {
    expect(measureUse({ blocks: [{ type: 'divider' }] }, 'modal')).toEqual([
      { name: 'blocks', pointer: '/blocks', used: 1, limit: 100 },
    ]);
  });

  it('is nothing but the count for what are no blocks', () => {
    expect(measureUse({ blocks: 'text' }, 'home')).toEqual([
      { name: 'blocks', pointer: '/blocks', used: 0, limit: 100 },
    ]);
    expect(measureUse({ blocks: [null, 'x', { type: 'song' }] }, 'home')).toHaveLength(1);
  });
});
