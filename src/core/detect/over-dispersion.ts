/**
 * A tail whose dispersion is only known to within a factor: its mean over a log-normal of that spread, at the three
 * points of Gauss and Hermite. A plain estimate would call the most restless of many surfaces improbable.
 */
export function overDispersion(uncertainty: number, tailAt: (factor: number) => number): number {
  if (uncertainty <= 0) return tailAt(1);
  const step = Math.exp(Math.sqrt(3) * uncertainty);
  return (tailAt(1 / step) + 4 * tailAt(1) + tailAt(step)) / 6;
}
