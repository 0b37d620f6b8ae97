import { z } from 'zod';
import { metricQuerySchema } from './metric-query.ts';
import { INTENTS, type ThreadContext } from './reading.ts';

const threadContextSchema = z.strictObject({
  intent: z.enum(INTENTS),
  query: metricQuerySchema,
  listed: z.array(z.strictObject({ dimension: z.string(), value: z.string() })),
});

/** A stored context; undefined where another version wrote what this one does not know. */
export function readThreadContext(value: unknown): ThreadContext | undefined {
  const parsed = threadContextSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
