import type { Answer } from '../core/query/answer-body.ts';
import type { AskRequest } from '../pipeline/ask/ask-deps.ts';
import type { SlackDeps } from './deps.ts';

/** A person in a channel, and who reads along: nobody (`asker`), or everybody in the channel (`thread`). */
export interface Reader {
  /** Slack user id. */
  user: string;
  channel: string;
  audience: 'asker' | 'thread';
}

export type AskerPart = Pick<AskRequest, 'asker' | 'audience' | 'channel'>;

/** Their roles, and the audience the channel makes. */
export async function whoAsks(
  { answering, audienceOf }: SlackDeps,
  { user, channel, audience: readers }: Reader,
): Promise<AskerPart> {
  const [roles, audience] = await Promise.all([
    answering.rolesOf(user),
    readers === 'asker' ? readers : audienceOf(channel),
  ]);
  return { asker: { user, roles }, audience, channel };
}

/** Asks a question for a person. @param asked `threadId` names the conversation; null where it stands alone. */
export async function askFor(
  deps: SlackDeps,
  asked: Reader & Pick<AskRequest, 'question' | 'threadId' | 'onReading' | 'listener'>,
): Promise<Answer> {
  const { question, threadId, onReading, listener } = asked;
  const by = await whoAsks(deps, asked);
  return deps.answering.ask({
    ...by,
    question,
    threadId,
    asOf: deps.clock(),
    ...(onReading ? { onReading } : {}),
    ...(listener ? { listener } : {}),
  });
}
