import { expect, it } from 'vitest';
import type { EntryKind } from '../../../src/core/incident/incident.ts';
import { isTold } from '../../../src/core/incident/thread.ts';
import { entryOf } from '../../slack/incident-models.ts';

it.each<[string, EntryKind[], EntryKind[]]>([
  [
    'what people do, each time',
    ['acknowledged', 'released', 'acknowledged'],
    ['acknowledged', 'released', 'acknowledged'],
  ],
  ['no easing', ['escalated', 'eased'], ['escalated']],
  [
    'going to and fro once',
    ['recovering', 'worsened', 'recovering', 'worsened', 'recovering', 'resolved'],
    ['recovering', 'worsened', 'resolved'],
  ],
  [
    'it anew where it was reopened',
    ['recovering', 'resolved', 'reopened', 'recovering', 'worsened'],
    ['recovering', 'resolved', 'reopened', 'recovering', 'worsened'],
  ],
])('a thread tells %s', (_name, happened, told) => {
  const entries = happened.map((kind, index) => entryOf({ kind, sequence: index + 1 }));
  expect(entries.filter((entry) => isTold(entry, entries)).map(({ kind }) => kind)).toEqual(told);
});

it('a thread tells of a severity once, however often it is reached', () => {
  const entries = [
    entryOf({ kind: 'opened', sequence: 1, details: { severity: 'medium' } }),
    entryOf({ kind: 'escalated', sequence: 2, details: { severity: 'high' } }),
    entryOf({ kind: 'eased', sequence: 3, details: { severity: 'low' } }),
    entryOf({ kind: 'escalated', sequence: 4, details: { severity: 'medium' } }),
    entryOf({ kind: 'escalated', sequence: 5, details: { severity: 'high' } }),
  ];
  const told = entries.filter((entry) => isTold(entry, entries));
  expect(told.map(({ sequence }) => sequence)).toEqual([1, 2]);
});
