import { describe, expect, it } from 'vitest';
import { checkOffer } from '../../src/block-kit/options.ts';

const option = (text: string) => ({ text: { type: 'plain_text', text }, value: text });
const group = { label: { type: 'plain_text', text: 'Group' }, options: [option('a')] };

describe('what an app offers in an external menu', () => {
  it.each([
    ['options', { options: [option('a')] }],
    ['no options', { options: [] }],
    ['groups', { option_groups: [group] }],
  ])('may be %s', (_name, offer) => {
    expect(checkOffer(offer)).toEqual({ offer });
  });

  it.each([
    ['nothing', {}, '', 'must have one of: options, option_groups'],
    ['both kinds', { options: [], option_groups: [] }, '', 'must have one of: options, option_groups'],
    ['101 options', { options: Array(101).fill(option('a')) }, '/options', 'no more than 100 items allowed'],
    [
      'an option of 76 characters',
      { options: [option('x'.repeat(76))] },
      '/options/0/text/text',
      'must be less than 76 characters',
    ],
    [
      'a group without options',
      { option_groups: [{ ...group, options: [] }] },
      '/option_groups/0/options',
      'no fewer than 1 items allowed',
    ],
  ])('may not be %s', (_name, offer, pointer, message) => {
    expect(checkOffer(offer)).toEqual({ faults: [{ pointer, message }] });
  });
});
