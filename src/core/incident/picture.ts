/** What an incident's message shows of its leader, from hour to hour. */
import type { HourlyFinding } from '../detect/hours/hourly-finding.ts';
import type { HourFigures, IncidentPicture } from './incident.ts';
import { countedIn, type PageHour } from './page-hour.ts';

/** An hour this much farther from normal than the one before it, or nearer, is a trend. */
const TREND = 1.15;

/** Whom it hit is read later, where it is told. */
export function firstPicture(finding: HourlyFinding, page: PageHour | undefined): IncidentPicture {
  const latest = figuresOf(finding);
  return {
    latest,
    peak: latest,
    trend: 'steady',
    ...evidence(finding, page),
    accounts: null,
    users: null,
    cause: null,
  };
}

export function nextPicture(
  picture: IncidentPicture,
  finding: HourlyFinding,
  page: PageHour | undefined,
): IncidentPicture {
  const latest = figuresOf(finding);
  const known = evidence(finding, page);
  return {
    ...picture,
    latest,
    peak: distance(latest) > distance(picture.peak) ? latest : picture.peak,
    trend: trendOf(picture.latest, latest),
    count: known.count,
    signature: known.signature ?? picture.signature,
    release: known.release ?? picture.release,
  };
}

function evidence(
  { metric, current }: HourlyFinding,
  page: PageHour | undefined,
): Pick<IncidentPicture, 'count' | 'signature' | 'release'> {
  const count = countedIn(metric, current, page);
  // Missing traffic is no error, and says nothing about releases.
  if (page === undefined || metric === 'traffic') return { count, signature: null, release: null };
  const { name, share, firstSeen } = page.release ?? { name: '', share: 0, firstSeen: null };
  return { count, signature: page.signature, release: firstSeen === null ? null : { name, share, firstSeen } };
}

const figuresOf = ({ hour, current, expected, lower, upper }: HourlyFinding): HourFigures => ({
  hour,
  current,
  expected,
  lower,
  upper,
});

const distance = ({ current, expected }: HourFigures): number => Math.abs(current - expected);

function trendOf(before: HourFigures, now: HourFigures): IncidentPicture['trend'] {
  if (distance(now) > distance(before) * TREND) return 'rising';
  return distance(now) * TREND < distance(before) ? 'falling' : 'steady';
}
