import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import type { Log } from '../pipeline/ports.ts';
import { createBoltLogger } from './bolt-logger.ts';

/** Where Slack's Request URLs point in HTTP mode. */
const SLACK_ENDPOINT = '/slack/events';

/** Takes one request; answers 404 to anything that is not for Slack. */
export type SlackListener = (request: IncomingMessage, response: ServerResponse) => void;

/** Signed HTTP: the receiver checks Slack's signature and age; our own server owns the port. */
export function createHttpReceiver(options: { signingSecret: string; log: Log }): {
  receiver: HTTPReceiver;
  listener: SlackListener;
} {
  const { log } = options;
  const receiver = new HTTPReceiver({
    signingSecret: options.signingSecret,
    endpoints: [SLACK_ENDPOINT],
    logger: createBoltLogger(log),
    processEventErrorHandler: async ({ error }) => {
      log.error({ err: error }, 'a delivery from Slack could not be handled');
      return true;
    },
  });
  return {
    receiver,
    listener: (request, response) => {
      try {
        receiver.requestListener(request, response);
      } catch {
        // Bolt throws for a path or method that is not its own.
        response.writeHead(404, { 'content-type': 'text/plain' }).end(STATUS_CODES[404]);
      }
    },
  };
}
