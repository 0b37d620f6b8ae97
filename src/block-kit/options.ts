/** Checks what an app answers when an external menu asks for its options. */
import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { list, menuOption, optionGroup } from './text-schema.ts';
import { type BlockFault, faultsOf } from './validate.ts';

const offerSchema = z
  .object({
    options: list(menuOption, LIMITS.selectOptions, 0).optional(),
    option_groups: list(optionGroup, LIMITS.optionGroups, 0).optional(),
  })
  .refine((offer) => (offer.options === undefined) !== (offer.option_groups === undefined), {
    error: 'must have one of: options, option_groups',
  });

export type Offer = z.infer<typeof offerSchema>;
export type OfferCheck = { offer: Offer } | { faults: BlockFault[] };

/** The options an app offers, or every fault Slack would refuse them for. */
export function checkOffer(answer: unknown): OfferCheck {
  const parsed = offerSchema.safeParse(answer);
  return parsed.success ? { offer: parsed.data } : { faults: faultsOf(parsed.error) };
}
