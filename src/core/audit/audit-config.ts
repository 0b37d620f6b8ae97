/** `audit` of the workspace config: see docs/audit.md. */
import { z } from 'zod';
import { configObject } from '../event-selector.ts';
import { KEEP_AT_LEAST_DAYS, KEEP_AT_MOST_DAYS } from './audit-class.ts';

const FAULT = { error: `must be whole days, ${KEEP_AT_LEAST_DAYS} to ${KEEP_AT_MOST_DAYS}` };
const days = z.int(FAULT).min(KEEP_AT_LEAST_DAYS, FAULT).max(KEEP_AT_MOST_DAYS, FAULT).optional();

export const auditSchema = configObject({
  keep_days: configObject({ questions: days, access: days, changes: days }).optional(),
});
