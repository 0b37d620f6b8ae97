/** Who answers for what: declared by the workspace, asked when somebody should be told. */
import { z } from 'zod';
import { CAUSE_CATEGORIES, type CauseCategory } from './assess/assessment.ts';
import { createSurfaceMatcher } from './delivery/surface-pattern.ts';
import { configId, configObject, configText, isObject, oneOf, surfaceSchema } from './event-selector.ts';

const person = configText(30).regex(/^[UWS][A-Z0-9]{2,}$/, {
  error: 'must be the id of a person or a user group in Slack, such as U012AB3CD or S012AB3CD',
});
const anywhere = configText(30).regex(/^[UWSCG][A-Z0-9]{2,}$/, {
  error: 'must be the id of a person, a user group or a channel in Slack',
});
const channel = configText(30).regex(/^[CG][A-Z0-9]{2,}$/, {
  error: 'must be the id of a channel in Slack, such as C012AB3CD',
});

export const ownerSchema = configObject({
  id: configId,
  /** Of all that is named, everything has to hold; what names nothing answers for the rest. */
  surface: surfaceSchema.optional(),
  category: oneOf(CAUSE_CATEGORIES).optional(),
  signature: configText(200).optional(),
  owner: person,
  /** Where a group is told. */
  channel: channel.optional(),
  escalate_to: anywhere.optional(),
  /** Minutes until then. */
  after: z
    .int({ error: 'must be whole minutes' })
    .min(1, { error: 'must be at least 1' })
    .max(10_080, { error: 'must be at most a week, 10080' })
    .optional(),
}).refine(({ owner, channel: where }) => !owner?.startsWith('S') || where !== undefined, {
  error: 'is missing: a user group is told in a channel',
  path: ['channel'],
  when: isObject,
});
export type Owner = z.infer<typeof ownerSchema>;

/** What somebody is asked to look at. */
export interface Owned {
  surface: string | null;
  category: CauseCategory | null;
  signature: string | null;
}

/** The first that fits; undefined where nobody answers for it. */
export function findOwner(owners: readonly Owner[], { surface, category, signature }: Owned): Owner | undefined {
  return owners.find(
    (one) =>
      (one.surface === undefined || (surface !== null && createSurfaceMatcher(one.surface)(surface))) &&
      (one.category === undefined || one.category === category) &&
      (one.signature === undefined || one.signature === signature),
  );
}
