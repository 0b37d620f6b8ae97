/** Reads a truth file, the public format of `seed --truth` and of whoever labels incidents by hand. */
import { z } from 'zod';
import { ENTITY_TYPES } from '../records.ts';
import { isDate } from '../window.ts';

const day = z.string().refine(isDate, 'must be a date such as 2026-01-29');
const entry = z
  .object({
    id: z.string(),
    kind: z.string().default('incident'),
    entity_type: z.enum(ENTITY_TYPES),
    entity_key: z.string().min(1),
    metric: z.string().default('*'),
    start: day,
    end: day,
    material: z.boolean().default(true),
    also: z.array(z.string()).optional(),
    members: z.array(z.object({ entity_type: z.enum(ENTITY_TYPES), entity_key: z.string() })).optional(),
  })
  .refine(({ start, end }) => start < end, 'start must be before end, which is not included');

/** `incidents` and `decoys`, each entry checked; further keys are left alone. */
export const truthSchema = z.object({ incidents: z.array(entry), decoys: z.array(entry).default([]) });
