import type { JsonObject } from '../../core/records.ts';
import { clip } from '../mrkdwn.ts';

/**
 * The blocks our views are made of. Each helper keeps its block inside Slack's limit for it; callers
 * escape what comes from outside before it gets here.
 */

const plain = (text: string, limit: number): JsonObject => ({
  type: 'plain_text',
  text: clip(text, limit),
  emoji: false,
});

// verbatim: Slack must not turn route names and signatures into links or mentions.
const mrkdwn = (text: string, limit: number): JsonObject => ({
  type: 'mrkdwn',
  text: clip(text, limit),
  verbatim: true,
});

/** A headline; plain text, so nothing in it needs escaping. */
export function header(text: string): JsonObject {
  return { type: 'header', text: plain(text, 150) };
}

/** Text of up to 3,000 characters of mrkdwn, with an optional button beside it. */
export function section(text: string, accessory?: JsonObject): JsonObject {
  return { type: 'section', text: mrkdwn(text, 3000), ...(accessory ? { accessory } : {}) };
}

/** Small grey print. */
export function context(text: string): JsonObject {
  return { type: 'context', elements: [mrkdwn(text, 2000)] };
}

export function divider(): JsonObject {
  return { type: 'divider' };
}

/** A row of up to 25 buttons. */
export function actions(elements: JsonObject[]): JsonObject {
  return { type: 'actions', elements };
}

export interface ButtonOptions {
  actionId: string;
  /** Ids only: a value travels through every client that sees the message. */
  value: string;
  /** Read aloud where the label alone does not say what it acts on; after the label, unless it holds it. */
  describedAs?: string;
  style?: 'primary' | 'danger';
  /** Asked before the click counts. */
  confirm?: { title: string; text: string; confirm: string };
}

export function button(label: string, options: ButtonOptions): JsonObject {
  return {
    type: 'button',
    text: plain(label, 75),
    action_id: options.actionId,
    value: options.value,
    ...(options.style ? { style: options.style } : {}),
    ...(options.describedAs ? { accessibility_label: clip(withLabel(label, options.describedAs), 75) } : {}),
    ...(options.confirm
      ? {
          confirm: {
            title: plain(options.confirm.title, 100),
            text: plain(options.confirm.text, 300),
            confirm: plain(options.confirm.confirm, 30),
            deny: plain('Cancel', 30),
          },
        }
      : {}),
  };
}

/** A button that opens an address; Slack tells of the press all the same. */
export const linkButton = (label: string, { actionId, url }: { actionId: string; url: string }): JsonObject => ({
  type: 'button',
  text: plain(label, 75),
  action_id: actionId,
  url,
});

/** Thumbs up and thumbs down, small, under what they are about. */
export function feedbackButtons(options: {
  actionId: string;
  positive: { label: string; value: string; describedAs: string };
  negative: { label: string; value: string; describedAs: string };
}): JsonObject {
  const one = ({ label, value, describedAs }: (typeof options)['positive']): JsonObject => ({
    text: plain(label, 75),
    value,
    accessibility_label: clip(describedAs, 75),
  });
  return {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: options.actionId,
        positive_button: one(options.positive),
        negative_button: one(options.negative),
      },
    ],
  };
}

/** Who speaks to the page says what is written on the button: that has to be in its name (WCAG 2.5.3). */
const withLabel = (label: string, described: string): string =>
  described.toLowerCase().includes(label.toLowerCase()) ? described : `${label}: ${described}`;

/** A modal without a form. `close` only: nothing in it is submitted. */
export function modal(callbackId: string, title: string, blocks: JsonObject[]): JsonObject {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plain(title, 24),
    close: plain('Close', 24),
    blocks,
  };
}
