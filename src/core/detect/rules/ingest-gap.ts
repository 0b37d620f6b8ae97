import { type NotingRule, plainFinding } from '../rule.ts';

/** The entity of findings about the whole workspace. */
const EVERYWHERE = '*';

/** A kind of event is missing everywhere while others go on: broken tracking, named as such. */
export const ingestGap: NotingRule = {
  kind: 'note',
  id: 'ingest-gap',
  summary: 'A kind of event stopped arriving everywhere while others went on: nothing is judged by it that day.',
  entityTypes: ['surface'],
  profiles: ['default'],
  note: (day) =>
    day.gaps.map((gap) =>
      plainFinding(
        day,
        'ingest-gap',
        { entity_type: 'surface', entity_key: EVERYWHERE },
        gap.measure,
        { observed: gap.observed, expected: gap.expected, speaking: gap.speaking, partial: gap.partial },
        { current: gap.observed, expected: gap.expected },
      ),
    ),
};
