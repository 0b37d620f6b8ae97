/** The figures of the checks as facts, so that every sentence about one points at it. */
import { dateFact, measured, name, ratioFact, rounded } from '../../facts/fact.ts';
import { countOf, formatCount, formatDay } from '../../facts/render.ts';
import type { Fact } from '../../records.ts';
import { leadMetricOf } from '../checks/plan.ts';
import type { Flow } from './flows.ts';
import type { Signs } from './signs.ts';

export function factsOfSigns(signs: Signs): Fact[] {
  return [
    ...releaseFacts(signs),
    ...faultFacts(signs),
    ...statusFacts(signs),
    ...segmentFacts(signs),
    ...flowFacts(signs),
    ...signs.marks
      .slice(0, 3)
      .flatMap(({ kind, date, text }, index) => [
        name(`mark.${index + 1}`, `Noted by a person (${kind})`, text),
        dateFact(`mark.${index + 1}.date`, 'When it was noted for', date, formatDay(date)),
      ]),
  ];
}

function releaseFacts({ release, situation }: Signs): Fact[] {
  if (release === null) return [];
  const unit = leadMetricOf(situation).rate === 'latency_p95' ? 'ms' : 'share';
  const { began, elsewhere } = release;
  const rate = (id: string, label: string, value: number | null): Fact[] =>
    value === null ? [] : measured(`check.release.${id}`, label, value, unit);
  return [
    name('check.release', 'Release that is new in the window', release.release),
    ...(began === null ? [] : [dateFact('check.release.began', 'Its first day here', began, formatDay(began))]),
    ...rate('under', 'Under it', release.under),
    ...rate('before', 'Before it, same service', release.before),
    ...rate('others', 'Under other releases meanwhile', release.others),
    ...(release.alone === null
      ? []
      : [
          name('check.release.alone', 'Error that comes under it alone', release.alone.value),
          ...measured('check.release.alone.share', 'Of that error, under it', release.alone.share, 'share'),
          ...measured('check.release.alone.traffic', 'Of the traffic, under it', release.alone.ofTraffic, 'share'),
        ]),
    ...measured('check.release.share', 'Share of the events under it', release.share, 'share'),
    ...(elsewhere && elsewhere.pages > 0 ? pages('check.release.pages', 'Other pages it is on', elsewhere.pages) : []),
    ...(elsewhere && elsewhere.pages > 0
      ? pages('check.release.moved', 'Of these, with more errors than before', elsewhere.moved)
      : []),
  ];
}

function faultFacts({ faults }: Signs): Fact[] {
  if (faults === null) return [];
  return [
    ...faults.kinds.slice(0, 3).flatMap(({ value, count, before, share }, index) => {
      const id = `check.kind.${index + 1}`;
      return [
        name(id, 'Kind of error that is more than before', value),
        ...measured(`${id}.count`, 'How often in the window', count, 'count'),
        ...measured(`${id}.before`, 'How often in the week before', before, 'count'),
        ...measured(`${id}.share`, 'Of what is more than before', share, 'share'),
      ];
    }),
    ...[...faults.families].flatMap(([family, share]) =>
      measured(`check.family.${idOf(family)}`, `Of what is more, errors whose name says ${family}`, share, 'share'),
    ),
  ];
}

/** Families are kebab-case, ids of facts are not. */
export const idOf = (family: string): string => family.replaceAll('-', '_');

function statusFacts({ statuses }: Signs): Fact[] {
  if (statuses === null) return [];
  const { top, requests, ...shares } = statuses;
  const parts = (['refused', 'limited', 'gateway', 'server', 'notFound'] as const).flatMap((group) =>
    shares[group] > 0
      ? measured(`check.status.${group.toLowerCase()}`, 'Of the requests that fail more', shares[group], 'share')
      : [],
  );
  return [
    ...measured('check.status.requests', 'Requests in the window', requests, 'count'),
    ...parts,
    ...(top === null
      ? []
      : [
          name('check.status.top', 'What most of them are answered with', `HTTP ${top.status}`),
          ...measured('check.status.top.count', 'How often in the window', top.count, 'count'),
          ...measured('check.status.top.before', 'How often in the week before', top.before, 'count'),
        ]),
  ];
}

function segmentFacts({ account, platform, endpoint, spread }: Signs): Fact[] {
  return [
    ...(account === null
      ? []
      : [
          ...measured('check.account.share', 'Of what is more, a single account', account.share, 'share'),
          ...measured('check.account.usual', 'Its usual part of the events', account.usual, 'share'),
          ...measured('check.account.count', 'Its events in the window', account.count, 'count'),
          {
            ...{ id: 'check.account.accounts', label: 'Accounts with any', value: account.accounts, unit: 'accounts' },
            text: countOf(account.accounts, 'account'),
          },
        ]),
    ...(platform === null
      ? []
      : [
          name('check.platform', 'Platform most of it is on', platform.value),
          ...measured('check.platform.share', 'Of what is more, on it', platform.share, 'share'),
          ...measured('check.platform.of_all', 'Its part of the views', platform.ofAll, 'share'),
          ...measured('check.platform.rate', 'On it', platform.rate, 'share'),
          ...(platform.others === null ? [] : measured('check.platform.others', 'On others', platform.others, 'share')),
        ]),
    ...(endpoint === null
      ? []
      : [
          name('check.endpoint', 'Endpoint that fails more', endpoint.value),
          ...measured('check.endpoint.share', 'Of the failures that are more', endpoint.share, 'share'),
        ]),
    ...(spread === null
      ? []
      : [
          ...pages('check.spread.same', 'Other pages with more of the same error', spread.sameError),
          ...pages('check.spread.moved', 'Other pages with more errors than before', spread.moved),
          ...pages('check.spread.pages', 'Other pages with errors', spread.pages),
        ]),
  ];
}

function flowFacts({ flows }: Signs): Fact[] {
  const flow = (id: string, label: string, of: Flow | null): Fact[] =>
    of === null
      ? []
      : [
          ...rounded(`check.${id}.now`, `${label}, in the window`, of.now),
          ...rounded(`check.${id}.usual`, `${label}, a week earlier`, of.usual),
          ...ratioFact(`check.${id}.ratio`, `${label}, against a week earlier`, of.now, of.usual),
        ];
  const { latency } = flows;
  return [
    ...flow('views', 'Views', flows.views),
    ...flow('other_views', 'Views of other pages', flows.otherViews),
    ...flow('requests', 'Requests', flows.requests),
    ...flow('actions', 'Actions', flows.actions),
    ...flow('orders', 'Orders', flows.orders),
    ...(latency === null
      ? []
      : [
          ...measured('check.latency.now', 'p95 latency, in the window', latency.now, 'ms'),
          ...measured('check.latency.usual', 'p95 latency, the week before', latency.usual, 'ms'),
          ...ratioFact('check.latency.ratio', 'p95 latency, against the week before', latency.now, latency.usual),
        ]),
  ];
}

const pages = (id: string, label: string, value: number): Fact[] => [
  { id, label, value, unit: 'pages', text: value === 1 ? '1 page' : `${formatCount(value)} pages` },
];
