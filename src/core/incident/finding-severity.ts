/** How bad a finding is, with what is known of its page's hour. */
import type { HourlyFinding } from '../detect/hours/hourly-finding.ts';
import type { Severity } from '../records.ts';
import { countedIn, type PageHour } from './page-hour.ts';
import { excessOf, harmOfHour, isWorse, severityOfHour } from './severity.ts';

export const severityOfFinding = (finding: HourlyFinding, page: PageHour | undefined): Severity =>
  severityOfHour(finding.metric, finding, exposureOf(finding, page));

/** The most severe first, then those with most beyond normal, then the worst, then by page. */
export function byWorth(
  findings: readonly HourlyFinding[],
  page: (surface: string) => PageHour | undefined,
): HourlyFinding[] {
  const weighed = findings.map((finding) => {
    const { metric } = finding;
    const exposure = exposureOf(finding, page(finding.surface));
    return {
      finding,
      severity: severityOfHour(metric, finding, exposure),
      excess: excessOf(metric, finding, exposure) ?? 0,
      harm: harmOfHour(metric, finding, exposure),
    };
  });
  weighed.sort((a, b) => {
    if (a.severity !== b.severity) return isWorse(a.severity, b.severity) ? -1 : 1;
    return b.excess - a.excess || b.harm - a.harm || (a.finding.surface < b.finding.surface ? -1 : 1);
  });
  return weighed.map(({ finding }) => finding);
}

const exposureOf = (finding: HourlyFinding, page: PageHour | undefined): number | null =>
  countedIn(finding.metric, finding.current, page)?.exposure ?? null;
