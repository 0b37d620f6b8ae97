import type { JsonObject } from '../../core/records.ts';
import { clip } from '../mrkdwn.ts';
import { context, modal, section } from './elements.ts';

/** A message as our views make them: blocks, and the text that stands in for them. */
export interface Rendered {
  text: string;
  blocks: JsonObject[];
  /** The same without the newest blocks, for a workspace that refuses them. */
  simpler?: () => Rendered;
}

/** A short message of our own words; anything quoted in it is escaped already. */
export function buildNotice(text: string): Rendered {
  return { text: clip(text, 3000), blocks: [section(text)] };
}

/**
 * What a person reads when something of ours failed: what did not work, that nothing is lost, what to do,
 * and the reference under which the log has the rest. Never a stack.
 */
export function buildErrorNotice(failure: { what: string; why: string | null; ref: string }): Rendered {
  const why = failure.why ? ` (${failure.why})` : '';
  const text = `${failure.what} just now${why}. Nothing is lost; please try again. Ref ${failure.ref}.`;
  return { text, blocks: [section(text)] };
}

/** The light view that opens at once, while the figures are read. */
export function buildLoadingModal(callbackId: string, title: string): JsonObject {
  return modal(callbackId, title, [context('Reading the figures …')]);
}

/** Takes the loading view's place when the figures could not be read. */
export function buildNoticeModal(callbackId: string, title: string, notice: Rendered): JsonObject {
  return modal(callbackId, title, notice.blocks);
}
