import type { JsonObject } from '../core/records.ts';
import type { SlackDeps } from './deps.ts';
import type { Rendered } from './views/notice.ts';

/** What a person typed after the subcommand's name. */
export interface CommandRequest {
  /** Slack user id of the asker. */
  user: string;
  channel: string;
  /** `asker`: nobody else sees the answer. `thread`: everyone in the channel may. */
  audience: 'asker' | 'thread';
  /** Everything after the name, trimmed. */
  text: string;
}

/** One subcommand of `/seepass`: a new file here and a line in index.ts; help is generated from these fields. */
export interface SlackCommand {
  readonly name: string;
  /** Its arguments as people write them, e.g. `[n] [surface pattern] [date]`; empty where there are none. */
  readonly usage: string;
  readonly summary: string;
  /** What to say when it fails, as the start of a sentence: "I could not read the metrics". */
  readonly purpose: string;
  /**
   * Whether words in a conversation are this command, and not a question that only begins like it: "top 5" is, "top
   * pages by errors" is not. After a slash they always are. Left out, they are unless they end with a question mark.
   */
  isMeant?(text: string): boolean;
  /** It leaves entries of its own, which say more than that it was used. */
  readonly auditsItself?: true;
  /** A form that opens instead of an answer after a slash; null where the text says enough. */
  form?(request: CommandRequest, deps: SlackDeps): JsonObject | null;
  /** The answer, which only the asker sees. @throws SeepassError `bad_arguments` that explains. */
  run(request: CommandRequest, deps: SlackDeps): Promise<Rendered>;
}
