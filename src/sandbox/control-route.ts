/** Faults on demand over HTTP, for a test in another process: POST /sandbox/control. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Control } from './control.ts';
import { readBody, sendJson } from './http.ts';
import { parseJson } from './json.ts';

export const CONTROL_PATH = '/sandbox/control';

const method = z.string().default('*');
const calls = z.int().min(1).default(1);

const orderSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('rate_limit'), method, calls, retryAfterSeconds: z.int().min(1).default(1) }),
  z.object({ do: z.literal('refuse'), method, calls, error: z.string() }),
  z.object({ do: z.literal('fail'), method, calls }),
  z.object({ do: z.literal('fail_after_accepting'), method, calls }),
  z.object({ do: z.literal('drop_response'), method, calls }),
  z.object({ do: z.literal('slow_response'), method, calls, ms: z.int().min(0).max(60_000) }),
  z.object({ do: z.literal('duplicate_deliveries'), count: z.int().min(1).default(1) }),
  z.object({ do: z.literal('hold_events') }),
  z.object({ do: z.literal('release_events'), order: z.enum(['in_order', 'reversed']).default('in_order') }),
  z.object({ do: z.literal('disconnect_socket'), warn: z.boolean().default(true) }),
  z.object({
    do: z.literal('change_channel'),
    channel: z.string(),
    name: z.string().min(1).exactOptional(),
    isShared: z.boolean().exactOptional(),
    isArchived: z.boolean().exactOptional(),
  }),
  z.object({ do: z.literal('revoke_token') }),
  z.object({ do: z.literal('restore_token') }),
  z.object({ do: z.literal('verify_url') }),
  z.object({ do: z.literal('clear') }),
]);

export type ControlOrder = z.input<typeof orderSchema>;

async function obey(control: Control, order: z.output<typeof orderSchema>): Promise<object> {
  switch (order.do) {
    case 'rate_limit':
      control.rateLimit(order.method, order);
      break;
    case 'refuse':
      control.refuse(order.method, order.error, order);
      break;
    case 'fail':
      control.fail(order.method, order);
      break;
    case 'fail_after_accepting':
      control.failAfterAccepting(order.method, order);
      break;
    case 'drop_response':
      control.dropResponse(order.method, order);
      break;
    case 'slow_response':
      control.slowResponse(order.method, order.ms, order);
      break;
    case 'duplicate_deliveries':
      control.duplicateDeliveries(order.count);
      break;
    case 'hold_events':
      control.holdEvents();
      break;
    case 'release_events':
      control.releaseEvents(order.order);
      break;
    case 'disconnect_socket':
      control.disconnectSocket(order);
      break;
    case 'change_channel': {
      const { do: _, channel, ...change } = order;
      control.changeChannel(channel, change);
      break;
    }
    case 'revoke_token':
      control.revokeToken();
      break;
    case 'restore_token':
      control.restoreToken();
      break;
    case 'verify_url':
      return { ok: await control.verifyUrl() };
    case 'clear':
      control.clear();
  }
  return { ok: true };
}

/** @throws ZodError for an order it does not know */
export async function answerControl(control: Control, request: IncomingMessage, response: ServerResponse) {
  if (request.method !== 'POST') return sendJson(response, 405, { error: 'method_not_allowed' });
  const order = orderSchema.parse(parseJson((await readBody(request)).toString('utf8')));
  sendJson(response, 200, await obey(control, order));
}
