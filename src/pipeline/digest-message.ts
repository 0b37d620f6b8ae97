/** What a digest is in the outbox: its kind there, and how it becomes a message. */
import type { DigestModel } from '../core/delivery/digest-model.ts';
import type { OutgoingMessage } from './ports.ts';

export const DIGEST_KIND = 'digest';

/** Turns a digest into a message; the views live with the platform. */
export type DigestRenderer = (model: DigestModel) => OutgoingMessage;
