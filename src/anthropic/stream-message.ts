import type Anthropic from '@anthropic-ai/sdk';

/** Whoever reads a message while it is written. */
export interface StreamReader {
  /** The call is made: within the budget, before anything came back. */
  started(): void;
  /** All of the answer's text so far, whenever there is more. @returns false to end it there. */
  text(soFar: string): boolean;
}

/** As much of a message as came. */
export interface StreamedMessage {
  message: Anthropic.Message;
  /** What ended it before its end: the reader, or an error. */
  cut: 'by its reader' | { error: unknown } | null;
}

/** @throws whatever the SDK throws where nothing of a message came. */
export async function streamMessage(
  client: Anthropic,
  params: Anthropic.MessageCreateParamsNonStreaming,
  signal: AbortSignal,
  reader: StreamReader,
): Promise<StreamedMessage> {
  const stream = client.messages.stream(params, { signal });
  let isEnded = false;
  stream.on('text', (_delta, soFar) => {
    if (isEnded || reader.text(soFar)) return;
    isEnded = true;
    stream.abort();
  });
  try {
    return { message: await stream.finalMessage(), cut: isEnded ? 'by its reader' : null };
  } catch (error) {
    const message = stream.currentMessage;
    if (message === undefined) throw error;
    return { message, cut: isEnded ? 'by its reader' : { error } };
  }
}
