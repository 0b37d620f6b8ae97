/** What kinds of fault are more than before: by the errors' own names, and by what requests were answered with. */
import { classifyError, type ErrorFamily } from '../../explain/error-family.ts';
import type { CheckAnswers } from '../checks/check.ts';
import type { Situation } from '../situation.ts';
import { expectedOf, isOff, sharesOfExcess } from './volume.ts';

interface FaultKind {
  value: string;
  family: FaultFamily | null;
  count: number;
  before: number;
  /** Of all errors that are more than before. */
  share: number;
  isNew: boolean;
}

/** An error's name may also point at settings. */
export type FaultFamily = ErrorFamily | 'configuration';

export interface FaultSigns {
  /** Errors more than before, over all kinds. */
  excess: number;
  /** Largest first. */
  kinds: readonly FaultKind[];
  /** Share of what is more, by family (0-1). */
  families: ReadonlyMap<FaultFamily, number>;
}

const SETTINGS =
  /config|feature[ _-]?flag|env(?:ironment)?[ _-]?var|certificate|\btls\b|\bcors\b|not[ _-]?configured|missing[ _-]?(?:setting|variable|secret)|unknown[ _-]?host|\b404\b|route[ _-]?not[ _-]?found/i;

/** Settings first: a missing key of the payment provider is looked up in the settings. */
export function familyOf(signature: string): FaultFamily | null {
  return SETTINGS.test(signature.replaceAll('_', ' ')) || SETTINGS.test(signature)
    ? 'configuration'
    : classifyError(signature);
}

const LISTED = 5;

export function readFaults(answers: CheckAnswers, { windows, signature }: Situation): FaultSigns | null {
  const answer = answers.get('errors-by-signature');
  if (!answer) return null;
  const scale = flowOf(answers, windows.hours);
  const parts = answer.parts.filter(
    ({ value, now }) => value !== null && now.count > 0 && (signature === null || value === signature),
  );
  const more = sharesOfExcess(parts, (part) => expectedOf(part, scale)).filter(
    ({ part, excess }) => excess >= 1 && isOff(part, scale),
  );
  const excess = more.reduce((sum, each) => sum + each.excess, 0);
  const kinds = more.map(({ part, excess: own }): FaultKind => {
    const value = part.value ?? '';
    const share = own / excess;
    const { count } = part.before;
    return { value, family: familyOf(value), count: part.now.count, before: count, share, isNew: count === 0 };
  });
  const families = new Map<FaultFamily, number>();
  for (const { family, share } of kinds) if (family) families.set(family, (families.get(family) ?? 0) + share);
  return { excess, kinds: kinds.slice(0, LISTED), families };
}

/** Events go with traffic: twice the views bring twice the errors of every kind. */
function flowOf(answers: CheckAnswers, hours: { now: number; before: number }) {
  const total = answers.get('rate-by-platform')?.total;
  if (total && total.now.exposure >= 50 && total.before.exposure >= 50)
    return { now: total.now.exposure, before: total.before.exposure };
  return hours;
}

export interface StatusSigns {
  /** Refused and failed requests more than before. */
  excess: number;
  /** Share of them (0-1) by what they were answered with. */
  refused: number;
  limited: number;
  gateway: number;
  server: number;
  notFound: number;
  /** Requests in the window. */
  requests: number;
  /** The status most of them have, its count, and its count in the week before. */
  top: { status: string; count: number; before: number } | null;
}

const GROUPS: readonly (readonly [group: 'refused' | 'limited' | 'gateway' | 'server' | 'notFound', RegExp])[] = [
  ['refused', /^40[13]$/],
  ['limited', /^429$/],
  ['gateway', /^50[234]$/],
  ['server', /^5\d\d$/],
  ['notFound', /^4(?:00|04|05|10|15|22)$/],
];

const FEWEST = 5;

export function readStatuses(answers: CheckAnswers): StatusSigns | null {
  const answer = answers.get('requests-by-status');
  if (!answer || !(answer.total.now.count > 0)) return null;
  const flow = { now: answer.total.now.count, before: Math.max(1, answer.total.before.count) };
  const failing = answer.parts.filter(({ value }) => /^[45]\d\d$/.test(value ?? ''));
  const more = sharesOfExcess(failing, (part) => expectedOf(part, flow)).filter(
    ({ part, excess }) => excess >= FEWEST && isOff(part, flow),
  );
  const excess = more.reduce((sum, each) => sum + each.excess, 0);
  const signs: StatusSigns = {
    ...{ excess, refused: 0, limited: 0, gateway: 0, server: 0, notFound: 0 },
    ...{ requests: answer.total.now.count, top: null },
  };
  for (const { part, excess: own } of more) {
    const group = GROUPS.find(([, pattern]) => pattern.test(part.value ?? ''))?.[0];
    if (group) signs[group] += own / excess;
  }
  const [first] = more;
  if (first)
    signs.top = { status: first.part.value ?? '', count: first.part.now.count, before: first.part.before.count };
  return signs;
}
