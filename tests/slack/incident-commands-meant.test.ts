import { describe, expect, it } from 'vitest';
import { commands } from '../../src/slack/commands/index.ts';
import { findMeantCommand } from '../../src/slack/find-command.ts';

describe('words in a conversation', () => {
  it.each([
    ['ack INC-12', 'ack'],
    ['resolve #12 rolled back', 'resolve'],
    ['snooze /checkout 2h', 'snooze'],
    ['wake PAYMENT_TIMEOUT', 'wake'],
    ['close INC-12 expected', 'close'],
    ['false INC-12 load test', 'false'],
    ['incidents', 'incidents'],
    ['maintenance /checkout* 22:00-23:00 move', 'maintenance'],
    ['ignored lift 3', 'ignored'],
  ])('are a command where they name what it acts on: %s', (words, name) => {
    expect(findMeantCommand(words, commands)?.command.name).toBe(name);
  });

  it.each([
    ['resolve rate last week'],
    ['snooze me tomorrow'],
    ['close rate by page'],
    ['incidents last month on the checkout'],
    ['maintenance costs'],
    ['ignored tickets by page'],
    ['reopen rate'],
    ['rules of the funnel'],
    ['ack INC-12?'],
  ])('are a question where they only begin like one: %s', (words) => {
    expect(findMeantCommand(words, commands)).toBeNull();
  });
});
