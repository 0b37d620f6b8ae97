import { describe, expect, it } from 'vitest';
import { validateBlocks } from '../../../src/block-kit/validate.ts';
import { composeText } from '../../../src/sandbox/interactions/compose.ts';
import { richTextOf } from '../../../src/sandbox/interactions/rich-text.ts';
import { DEFAULT_CHANNELS, DEFAULT_PEOPLE } from '../../../src/sandbox/state/roster.ts';
import { Workspace } from '../../../src/sandbox/state/workspace.ts';

const workspace = new Workspace({ people: DEFAULT_PEOPLE, channels: DEFAULT_CHANNELS, clock: () => 0 });
const id = (name: string) => workspace.findPerson(name)?.id;
const place = (name: string) => workspace.findChannel(name)?.id;

describe('what a person types is sent', () => {
  const table: [typed: string, sent: string][] = [
    ['a <b> & c', 'a &lt;b&gt; &amp; c'],
    ['@Seepass why?', '<@U0SEEPASS0> why?'],
    ['@seepass', '<@U0SEEPASS0>'],
    ['hello @maya, and @Jonas Weber!', `hello <@${id('maya')}>, and <@${id('jonas')}>!`],
    ['(@sam)', `(<@${id('sam')}>)`],
    ['@samantha and me@maya', '@samantha and me@maya'],
    ['@here and @channel', '<!here> and <!channel>'],
    ['in #product-health, not #product', `in <#${place('product-health')}|product-health>, not #product`],
    ['see https://x.test/a?b=1&c=2.', 'see <https://x.test/a?b=1&amp;c=2>.'],
    ['see https://x.test/?a=<b>', 'see <https://x.test/?a=>&lt;b&gt;'],
    ['<https://x.test/a&>', '&lt;<https://x.test/a&amp;>&gt;'],
    ['`@maya` and ```#support```', '`@maya` and ```#support```'],
    ['"@maya"', '"@maya"'],
  ];
  it.each(table)('%s', (typed, sent) => {
    expect(composeText(typed, workspace)).toBe(sent);
  });
});

const text = (value: string, style?: object) => ({ type: 'text', text: value, ...(style ? { style } : {}) });
const section = (...elements: object[]) => ({ type: 'rich_text_section', elements });

describe('the rich text beside it', () => {
  const table: [name: string, sent: string, elements: object[]][] = [
    ['plain words', 'a &lt;b&gt;', [section(text('a <b>'))]],
    [
      'styles, one inside another',
      '*bold _both_* ~gone~ `code`',
      [
        section(
          text('bold ', { bold: true }),
          text('both', { bold: true, italic: true }),
          text(' '),
          text('gone', { strike: true }),
          text(' '),
          text('code', { code: true }),
        ),
      ],
    ],
    ['no style inside words', 'snake_case_name 2*3*4', [section(text('snake_case_name 2*3*4'))]],
    [
      'mentions, links and emoji',
      '<@U1> <#C1|general> <!here> <https://x.test/?a=1&amp;b> :tada: 10:30:45',
      [
        section(
          { type: 'user', user_id: 'U1' },
          text(' '),
          { type: 'channel', channel_id: 'C1' },
          text(' '),
          { type: 'broadcast', range: 'here' },
          text(' '),
          { type: 'link', url: 'https://x.test/?a=1&b' },
          text(' '),
          { type: 'emoji', name: 'tada' },
          text(' 10:30:45'),
        ),
      ],
    ],
    [
      'lists and quotes',
      'so:\n- one\n- two\n1. first\n&gt; said\n&gt; again\nend',
      [
        section(text('so:')),
        {
          type: 'rich_text_list',
          style: 'bullet',
          indent: 0,
          border: 0,
          elements: [section(text('one')), section(text('two'))],
        },
        { type: 'rich_text_list', style: 'ordered', indent: 0, border: 0, elements: [section(text('first'))] },
        { type: 'rich_text_quote', elements: [text('said\nagain')] },
        section(text('end')),
      ],
    ],
    [
      'code blocks, where nothing else counts',
      'run\n```\n*a* &lt;b&gt;\n```\nthen',
      [
        section(text('run')),
        { type: 'rich_text_preformatted', border: 0, elements: [text('*a* <b>')] },
        section(text('then')),
      ],
    ],
  ];
  it.each(table)('has %s', (_name, sent, elements) => {
    const block = richTextOf(sent);
    expect(block).toEqual({ type: 'rich_text', elements });
    expect(validateBlocks([block], 'message')).toEqual([]);
  });
});
