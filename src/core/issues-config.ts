/** Where issues are opened, and what they are labelled with. */
import { z } from 'zod';
import { configObject, configText } from './event-selector.ts';

export const issuesSchema = configObject({
  repository: configText(140).regex(/^[A-Za-z0-9][A-Za-z0-9-]*\/[A-Za-z0-9._-]+$/, {
    error: 'must be a repository such as shop/web',
  }),
  labels: z
    .array(configText(50), { error: 'must be a list' })
    .max(10, { error: 'must have at most 10 entries' })
    .optional(),
});
export type IssuesConfig = z.infer<typeof issuesSchema>;
