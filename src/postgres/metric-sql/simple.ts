import { sql } from 'kysely';
import type { Measure } from '../../core/catalogue/define.ts';
import { getMeasure } from '../../core/catalogue/index.ts';
import type { EventType } from '../../core/records.ts';
import { selectEvents } from '../rollup-sql.ts';
import { countActors, findActorTerms } from './actors.ts';
import { additive, type Term } from './additive.ts';
import { type Asked, type Cut, keysOf, leading, refs } from './asked.ts';
import { COUNTED_ONCE, distinct } from './distinct.ts';
import { exposure } from './exposure.ts';
import type { Family } from './family.ts';
import { percentile } from './percentile.ts';
import type { Scan } from './scan.ts';

/** The measures of a metric that is one measure, or one over another. */
export interface Parts {
  readonly numerator: Measure;
  readonly denominator: Measure | null;
  readonly sample: Measure;
}

/** @throws RangeError for a metric with a method of its own. */
export function partsOf({ metric }: Pick<Asked, 'metric'>): Parts {
  const { of, minimum_sample } = metric;
  if ('method' in of) throw new RangeError(`${metric.id} is not made of measures.`);
  return {
    numerator: getMeasure('measure' in of ? of.measure : of.numerator),
    denominator: 'measure' in of ? null : getMeasure(of.denominator),
    sample: getMeasure(minimum_sample.measure),
  };
}

/** A metric of measures, computed as its numerator's kind of aggregation asks. */
export function simple(asked: Asked, cut: Cut, { numerator, denominator, sample }: Parts): Family {
  const selected = (measure: Measure) => selectEvents(measure.events, asked.failureStatuses);
  const { aggregation } = numerator;
  switch (aggregation.kind) {
    case 'count':
    case 'sum':
      return additive(asked, cut, {
        numerator: term(numerator),
        denominator: denominator && term(denominator),
        sample: { ...term(sample), of: 'events' },
        sampleIsNumerator: sample.id === numerator.id,
      });
    case 'distinct': {
      const actors = findActorTerms(asked, { numerator, denominator, sample });
      if (actors) return withSample(countActors(asked, cut, actors), actors.sample === null ? sample : null);
      return distinct(asked, cut, {
        who: COUNTED_ONCE[aggregation.of],
        numerator: selected(numerator),
        denominator: denominator && selected(denominator),
        sample: { condition: selected(sample), count: sample.aggregation.kind === 'distinct' ? 'once' : 'events' },
      });
    }
    case 'percentile':
      return percentile(asked, cut, selected(numerator), aggregation.p);
    case 'exposure':
      return exposure(asked, cut, selected(numerator));
  }

  /** Adds a sample that is counted in events. */
  function withSample(family: Family, counted: Measure | null): Family {
    if (counted === null) return family;
    const sampled = additive(asked, cut, {
      numerator: term(counted),
      denominator: null,
      sample: { ...term(counted), of: 'events' },
      sampleIsNumerator: true,
    });
    return {
      ...family,
      cells: sql`${family.cells} UNION ALL
        SELECT ${leading(refs(keysOf(asked, cut)))}0, 0, sample FROM (${sampled.cells}) sampled`,
      readsEvents: family.readsEvents || sampled.readsEvents,
    };
  }

  function term(measure: Measure): Term {
    const of = measure.aggregation.kind === 'sum' ? measure.aggregation.of : 'events';
    const condition = ({ metaText }: Pick<Scan, 'metaText'>) =>
      selectEvents(measure.events, asked.failureStatuses, metaText);
    return { condition, of, isCounted: true };
  }
}

/** Types of events that each part needs data of. */
export const typesOfParts = ({ numerator, denominator }: Parts): EventType[][] =>
  [numerator, ...(denominator ? [denominator] : [])].map(({ events }) => [...new Set(events.map(({ type }) => type))]);
