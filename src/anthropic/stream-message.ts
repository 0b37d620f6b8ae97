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
  // Node 20 loses an abort once the request is garbage: the body then neither ends nor fails, so nothing waits for it.
  const ended = new Promise<'by its reader'>((resolve) => {
    stream.on('text', (_delta, soFar) => {
      if (stream.aborted || reader.text(soFar)) return;
      resolve('by its reader');
      stream.abort();
    });
  });
  const aborted = new Promise<{ error: unknown }>((resolve) => {
    signal.addEventListener('abort', () => resolve({ error: signal.reason }), { once: true });
  });
  const finished = stream.finalMessage().then(
    () => null,
    (error: unknown) => ({ error }),
  );
  const cut = await Promise.race([ended, finished, aborted]);
  const message = stream.currentMessage ?? stream.receivedMessages.at(-1);
  if (message !== undefined) return { message, cut };
  throw cut !== null && typeof cut === 'object' ? cut.error : new Error('The model sent no message.');
}
