/** What the page may ask to be done, checked: the server's half of {@link PageDeed}. */
import { z } from 'zod';
import type { PageDeed } from './page-protocol.ts';

const as = z.string();
const value = z.union([z.string(), z.number(), z.array(z.string()), z.null()]).optional();
const values = z.record(z.string(), value);
const onMessage = z.object({ channel: z.string(), ts: z.string() });
const element = {
  on: z.union([onMessage, z.object({ view: z.string() })]),
  blockId: z.string(),
  actionId: z.string(),
  held: values,
};
const text = z.string();

const deedSchema = z.discriminatedUnion('do', [
  z.object({
    as,
    do: z.literal('say'),
    channel: z.string(),
    text,
    thread: z.string().optional(),
    broadcast: z.boolean().optional(),
  }),
  z.object({ as, do: z.literal('use'), ...element, value }),
  z.object({ as, do: z.literal('suggest'), ...element, query: z.string().max(255) }),
  z.object({ as, do: z.literal('submit'), view: z.string(), values }),
  z.object({ as, do: z.literal('close'), view: z.string(), all: z.boolean() }),
  z.object({ as, do: z.literal('open_home'), tab: z.enum(['home', 'messages']).optional() }),
  z.object({ as, do: z.literal('react'), on: onMessage, name: z.string().regex(/^[a-z0-9_+'-]{1,100}$/) }),
  z.object({ as, do: z.literal('edit'), on: onMessage, text }),
  z.object({ as, do: z.literal('delete'), on: onMessage }),
  z.object({ as, do: z.literal('read'), on: onMessage }),
]);

/** @throws ZodError for something the page cannot ask */
export const readDeed = (body: unknown): PageDeed => deedSchema.parse(body);
