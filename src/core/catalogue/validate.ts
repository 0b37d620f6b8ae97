import type { Dimension, Measure, Metric } from './define.ts';

export interface Catalogue {
  readonly measures: readonly Measure[];
  readonly metrics: readonly Metric[];
  readonly dimensions: readonly Dimension[];
}

/**
 * What must hold between descriptors: ids are unique, every id that is named exists, and no two things people
 * can say mean different metrics or dimensions.
 * @returns one line per fault; none when the catalogue is sound.
 */
export function findCatalogueFaults({ measures, metrics, dimensions }: Catalogue): string[] {
  const known = {
    measure: new Set(measures.map(({ id }) => id)),
    dimension: new Set(dimensions.map(({ id }) => id)),
  };
  return [
    ...findRepeats('measure', measures),
    ...findRepeats('metric', metrics),
    ...findRepeats('dimension', dimensions),
    ...findAmbiguousWords('metric', metrics),
    ...findAmbiguousWords('dimension', dimensions),
    ...metrics.flatMap((metric) => [
      ...namedMeasures(metric)
        .filter((name) => !known.measure.has(name))
        .map((name) => `metric ${metric.id} names the measure ${name}, which is not in measures.ts`),
      ...metric.dimensions
        .filter((name) => !known.dimension.has(name))
        .map((name) => `metric ${metric.id} allows the dimension ${name}, which is not in dimensions.ts`),
      ...metric.numerator_dimensions
        .filter((name) => !metric.dimensions.includes(name) || !('numerator' in metric.of))
        .map((name) => `metric ${metric.id} cuts its numerator by ${name}, which it does not allow`),
    ]),
    ...measures
      .filter(({ events }) => events.some(({ type, failed }) => failed && type !== 'request'))
      .map(({ id }) => `measure ${id} asks for failed events that are not requests`),
  ];
}

/** @throws RangeError that lists every fault with its place: nothing is asked of a catalogue that contradicts itself. */
export function requireSound(catalogue: Catalogue): void {
  const faults = findCatalogueFaults(catalogue);
  if (faults.length > 0) throw new RangeError(`The catalogue contradicts itself:\n${faults.join('\n')}`);
}

function namedMeasures({ of, minimum_sample }: Metric): string[] {
  const computed = 'method' in of ? [] : 'measure' in of ? [of.measure] : [of.numerator, of.denominator];
  return [...computed, minimum_sample.measure];
}

function findRepeats(what: string, entries: readonly { id: string }[]): string[] {
  const ids = entries.map(({ id }) => id);
  return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two ${what}s are called ${id}`);
}

/** A word that two entries claim would make a question's meaning depend on their order. */
function findAmbiguousWords(
  what: string,
  entries: readonly { id: string; label: string; synonyms: readonly string[] }[],
): string[] {
  const owners = new Map<string, Set<string>>();
  for (const { id, label, synonyms } of entries) {
    for (const word of [id.replaceAll('_', ' '), label, ...synonyms]) {
      const key = word.toLowerCase();
      owners.set(key, (owners.get(key) ?? new Set()).add(id));
    }
  }
  return [...owners]
    .filter(([, ids]) => ids.size > 1)
    .map(([word, ids]) => `"${word}" means more than one ${what}: ${[...ids].join(', ')}`);
}
