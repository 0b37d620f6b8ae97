import { z } from 'zod';
import type { IssueTracker } from '../core/action-io.ts';
import { defineAction } from '../core/actions.ts';
import { shownText } from '../core/shown-text.ts';

const parametersSchema = z.strictObject({
  title: z.string().trim().min(1).max(200),
  /** Markdown, figures included. */
  body: z.string().max(20_000),
  labels: z.array(z.string().trim().min(1).max(50)).max(10),
});

/** Opens an issue for whoever has to look at it. Found again by its key where a try broke off. */
export const openIssue = (tracker: IssueTracker) =>
  defineAction({
    id: 'open-issue',
    title: 'Open an issue',
    risk: 'low',
    idempotent: false,
    timeoutMs: 20_000,
    parameters: parametersSchema,
    fields: [
      { name: 'title', label: 'Title', kind: 'line' },
      { name: 'body', label: 'Text', kind: 'text', hint: 'Markdown' },
    ],
    preview: ({ title, body, labels }) => [
      [`Opens an issue in ${tracker.repository}: "${title}"`],
      ...(body.trim() === '' ? [] : [[`It says: ${shownText(body)}`]]),
      ...(labels.length === 0 ? [] : [[`Labels: ${labels.join(', ')}`]]),
    ],
    execute: (issue, context) => tracker.open(issue, context),
    reconcile: (_, context) => tracker.find(context),
  });
