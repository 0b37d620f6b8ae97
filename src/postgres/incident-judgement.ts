/** What people's deeds say of an incident, as conditions on a row of `incidents`; what only the clock saw says nothing. */
import { sql } from 'kysely';

/** Somebody took it on, or ended it as solved. */
export const wasUseful = sql<boolean>`(incidents.state = 'resolved'
  AND (incidents.acknowledged_at IS NOT NULL OR incidents.ended_by <> 'system'))`;

/** Somebody closed it as a false alarm. */
export const wasFalse = sql<boolean>`coalesce(incidents.closure = 'false', false)`;
